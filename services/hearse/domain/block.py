"""Block: a vehicle in the workshop or an officer on leave; nothing is planned meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.problems import wrong_field

from .slots import VEHICLE
from .window import Window

JUST_NOW = timedelta(minutes=30)
"""A block may have begun so long ago: a breakdown is told when there is time for it."""


@dataclass(frozen=True, slots=True)
class Block:
    """`resource` is the name under which a vehicle or officer is reserved. The reason is not in the repr: illness is
    personal data."""

    id: UUID
    resource: str
    window: Window
    reason: str = field(repr=False)
    lifted_at: datetime | None = None

    @property
    def of_vehicle(self) -> bool:
        """False: of an officer."""
        return self.resource.startswith(VEHICLE)

    def lifted(self, now: datetime) -> Block:
        """It is over, or does not come."""
        return self if self.lifted_at else replace(self, lifted_at=now)


def window(begins_at: datetime, ends_at: datetime | None, now: datetime) -> Window:
    """The time of a block. Raises InvalidRequest if it ends before it begins, or lies in the past."""
    if begins_at < now - JUST_NOW:
        raise wrong_field("begins_at", "in_the_past", "the time has passed", "send a time to come, or leave it out")
    if ends_at is not None and ends_at <= max(begins_at, now):
        raise wrong_field("ends_at", "before_begin", "it ends before it begins", "send a later ends_at")
    return Window(max(begins_at, now), ends_at)
