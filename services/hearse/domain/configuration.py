"""The configuration as the rules read it. The figures are ours, to be set by the city."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from contracts.hearse.configuration import Clocks, Papers, Planning
from contracts.problems import require_version

Group = Planning | Clocks | Papers
GROUPS: dict[str, type[Group]] = {"planning": Planning, "clocks": Clocks, "papers": Papers}


@dataclass(frozen=True, slots=True)
class Configuration:
    """All groups as of one moment; `versions` by the name of the group."""

    planning: Planning = field(default_factory=Planning)
    clocks: Clocks = field(default_factory=Clocks)
    papers: Papers = field(default_factory=Papers)
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 1))

    def changed(self, name: str, group: Group, seen: int | None) -> Configuration:
        """With `group` in the place of the one of that name; the same again is the same configuration. Raises
        StaleVersion."""
        version = self.versions[name]
        require_version(version, seen)
        if group == getattr(self, name):
            return self
        changes: dict[str, Any] = {name: group, "versions": {**self.versions, name: version + 1}}
        return replace(self, **changes)

    @property
    def hold(self) -> timedelta:
        """A held slot is free again."""
        return timedelta(minutes=self.planning.hold_minutes)

    @property
    def horizon(self) -> timedelta:
        """How far ahead slots are looked for."""
        return timedelta(days=self.planning.horizon_days)
