"""A person has died who may own a business; an officer settles with the family what becomes of it.

Record and correction carry a number (`revision`), so that they give the same mark in either order: the higher holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.umkm import OwnerTaskKind, OwnerTaskState


@dataclass(slots=True)
class OwnerDeath:
    """A mark by which officers and, later, loans find that an owner has died. Known by the key alone."""

    id: UUID
    booking_id: UUID
    person_key: str
    died_on: date
    marked_at: datetime
    holds: bool = True
    revision: int = 0

    def hear(self, told: DeathRecorded | DeathCorrected) -> bool:
        """Take over what is newer; True if it was."""
        if told.revision <= self.revision:
            return False
        self.person_key, self.revision = told.person_key or self.person_key, told.revision
        self.holds = told.died_on is not None
        self.died_on = told.day
        return True


@dataclass(slots=True)
class OwnerTask:
    """About one business."""

    id: UUID
    kind: OwnerTaskKind
    state: OwnerTaskState
    business_id: UUID
    death_id: UUID
    opened_at: datetime
    finished_at: datetime | None = None
    finished_by: str | None = None
    note: str | None = field(default=None, repr=False)
    version: int = 1

    def finish(self, now: datetime, by: str, note: str) -> bool:
        """Somebody has settled it; False if somebody had before, or nothing is left to settle."""
        if self.state is not OwnerTaskState.OPEN:
            return False
        self.state, self.finished_at, self.finished_by, self.note = OwnerTaskState.DONE, now, by, note
        self.version += 1
        return True

    def follow(self, holds: bool, now: datetime) -> bool:
        """Withdrawn when the death is taken back, open again when it is told anew; True if that changes it."""
        wanted = OwnerTaskState.OPEN if holds else OwnerTaskState.WITHDRAWN
        if self.state is OwnerTaskState.DONE or self.state is wanted:
            return False
        self.state, self.finished_at = wanted, None if holds else now
        self.version += 1
        return True
