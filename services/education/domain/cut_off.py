"""The day until which a term's rosters count, and the three working days after it for mending refused rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contracts.education import Timeliness
from contracts.times import WIB

MENDING_DAYS = 3


@dataclass(slots=True)
class CutOff:
    """Of a term, 1 or 2, of a school year. The version rises by one per change."""

    school_year: str
    term: int
    last_day: date
    version: int = 1

    @property
    def mend_until(self) -> date:
        """The last day on which rows that were refused in time can be sent again."""
        day = self.last_day
        for _ in range(MENDING_DAYS):
            day += timedelta(days=1)
            while not _is_working_day(day):
                day += timedelta(days=1)
        return day

    def timeliness(self, uploaded_at: datetime, since: datetime) -> Timeliness:
        """Of a roster by the time of its upload, whenever it was read or applied. `since`: the upload of the one whose
        refused rows it mends, else its own."""
        if uploaded_at < _over(self.last_day):
            return Timeliness.ON_TIME
        mends = since < _over(self.last_day) and uploaded_at < _over(self.mend_until)
        return Timeliness.MENDED_IN_TIME if mends else Timeliness.LATE


def term_of_roster(school_year: str, effective_on: date) -> int:
    """The term for which a roster is sent."""
    return 1 if effective_on < date(int(school_year[5:]), 1, 1) else 2


def _over(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WIB)


def _is_working_day(day: date) -> bool:
    from lokal.holidays import is_working_day  # national holidays and joint leave

    try:
        return is_working_day(day)
    except ValueError:  # a year whose holidays are not decreed yet: weekends only
        return day.weekday() < 5
