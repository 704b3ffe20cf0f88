"""A death that may concern an enrolled pupil or a guardian: noted for a person to look at, never acted upon alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.hearse import DeathRecorded


@dataclass(frozen=True, slots=True)
class DeathNotice:
    """What education needs to know: keys and the day, no name."""

    id: UUID
    booking_id: UUID
    person_key: str
    household_key: str | None
    died_on: date
    received_at: datetime

    @classmethod
    def of(cls, id: UUID, death: DeathRecorded, now: datetime) -> DeathNotice:
        """The notice of a recorded death."""
        return cls(id, death.booking_id, death.person_key, death.household_key, death.died_on, now)
