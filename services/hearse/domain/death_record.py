"""The death that a verified letter proves: told to other services by keys and date, and corrected if it was wrong.

Each record or correction has the next number (`revision`), so that who hears of them in another order keeps the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contracts.base import Event
from contracts.hearse.events import DeathCorrected, DeathRecorded
from contracts.hearse.problems import DeathRecordedOtherwise
from contracts.hearse.values import DeathCorrection
from contracts.problems import wrong_field
from contracts.times import WIB

from .people import Deceased

OLDEST = timedelta(days=366)
"""A letter of a death that lies further back is no reason for a hearse."""


@dataclass(slots=True)
class DeathRecord:
    """`holds` False: taken back, nobody is dead by it."""

    booking_id: UUID
    person_key: str
    household_key: str | None
    died_on: date
    holds: bool = True
    revision: int = 1

    @classmethod
    def verify(
        cls,
        booking_id: UUID,
        before: DeathRecord | None,
        person_key: str,
        household_key: str | None,
        died_on: date,
        now: datetime,
    ) -> tuple[DeathRecord, list[Event]]:
        """The letter holds. The same again changes nothing; another one while a record holds raises
        DeathRecordedOtherwise."""
        _check_date(died_on, now)
        if before is not None and before.holds:
            if (before.person_key, before.died_on) == (person_key, died_on):
                return before, []
            raise DeathRecordedOtherwise()
        record = cls(booking_id, person_key, household_key, died_on, revision=before.revision + 1 if before else 1)
        told = DeathRecorded(
            booking_id=booking_id,
            person_key=person_key,
            household_key=household_key,
            died_on=died_on,
            revision=record.revision,
        )
        return record, [told]

    def correct(self, reason: DeathCorrection, died_on: date | None, now: datetime) -> list[Event]:
        """It does not hold as it was told; taken back already, nothing changes. Raises InvalidRequest."""
        if reason is DeathCorrection.WRONG_DATE:
            if died_on is None:
                fix = "send died_on, as the letter says"
                raise wrong_field("died_on", "missing", "a wrong date is corrected by the right one", fix)
            _check_date(died_on, now)
        elif died_on is not None:
            raise wrong_field("died_on", "unexpected", "no date holds for a death that does not", "leave it out")
        if not self.holds or died_on == self.died_on:
            return []
        previous = self.died_on
        self.holds, self.died_on = died_on is not None, died_on or previous
        self.revision += 1
        return [
            DeathCorrected(
                booking_id=self.booking_id,
                person_key=self.person_key,
                household_key=self.household_key,
                reason=reason,
                died_on=died_on,
                previous_died_on=previous,
                revision=self.revision,
            )
        ]


def require_same_person(deceased: Deceased, person_key: str) -> None:
    """Raise InvalidRequest for the letter of somebody else."""
    if deceased.person_key not in (None, person_key):
        raise wrong_field(
            "nik", "another_person", "the letter is for another person", "look whose letter and whose booking it is"
        )


def _check_date(died_on: date, now: datetime) -> None:
    today = now.astimezone(WIB).date()
    if died_on > today:
        raise wrong_field("died_on", "in_the_future", "the date lies in the future", "send the date of death")
    if died_on < today - OLDEST:
        raise wrong_field("died_on", "too_long_ago", "the date lies more than a year back", "look at the year")
