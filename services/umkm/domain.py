"""What other services tell: a household that is offered training first, a person who has died.

Of the household only that it has priority is kept, never the programme that says so. Of a death, record and correction
carry a number (`revision`), so that they give the same mark in either order: the higher one holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.education import WaiverGranted
from contracts.hearse import DeathCorrected, DeathRecorded


@dataclass(frozen=True, slots=True)
class PriorityHousehold:
    """Known by its key alone."""

    id: UUID
    household_key: str
    since: datetime


def household_of(waiver: WaiverGranted) -> str | None:
    """The household's key, if the waiver is means-tested (only then does it carry one)."""
    return waiver.household_key


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
