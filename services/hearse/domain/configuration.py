"""The configuration as the rules read it. The figures are ours, to be set by the city."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from contracts.hearse.configuration import Clocks, Planning

GROUPS: dict[str, type[Planning | Clocks]] = {"planning": Planning, "clocks": Clocks}


@dataclass(frozen=True, slots=True)
class Configuration:
    """All groups as of one moment; `versions` by the name of the group."""

    planning: Planning = field(default_factory=Planning)
    clocks: Clocks = field(default_factory=Clocks)
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 1))

    @property
    def hold(self) -> timedelta:
        """A held slot is free again."""
        return timedelta(minutes=self.planning.hold_minutes)

    @property
    def horizon(self) -> timedelta:
        """How far ahead slots are looked for."""
        return timedelta(days=self.planning.horizon_days)
