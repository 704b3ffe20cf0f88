"""A death that may concern an enrolled pupil or a guardian: noted for a person to look at, never acted upon alone.

A notice may be corrected. Record and correction carry a number (`revision`), so that they give the same notice in
either order: the higher one holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.hearse import DeathCorrected, DeathRecorded


@dataclass(slots=True)
class DeathNotice:
    """What education needs to know: keys and the day, no name."""

    id: UUID
    booking_id: UUID
    person_key: str
    household_key: str | None
    died_on: date
    received_at: datetime
    holds: bool = True
    corrected_at: datetime | None = None
    revision: int = 1

    @classmethod
    def of(cls, id: UUID, told: DeathRecorded | DeathCorrected, now: datetime) -> DeathNotice:
        """The notice of what was told first, which may be the correction."""
        notice = cls(id, told.booking_id, told.person_key, told.household_key, told.day, now, revision=0)
        notice.hear(told, now)
        return notice

    def hear(self, told: DeathRecorded | DeathCorrected, now: datetime) -> bool:
        """Take over what is newer; True if it was."""
        if told.revision <= self.revision:
            return False
        self.person_key, self.revision = told.person_key or self.person_key, told.revision
        self.household_key = told.household_key or self.household_key
        self.died_on, self.holds = told.day, told.died_on is not None
        self.corrected_at = now if isinstance(told, DeathCorrected) else None
        return True
