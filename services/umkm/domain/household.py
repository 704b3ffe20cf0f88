"""Households with social priority. Of the programme that says so nothing is kept.

A household has priority as long as one of its means-tested waivers has not ended; grant and end may come in either
order, so both are kept by the waiver's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from contracts.times import WIB


@dataclass(frozen=True, slots=True)
class PriorityHousehold:
    """Known by its key alone."""

    id: UUID
    household_key: str
    since: datetime


@dataclass(slots=True)
class HouseholdWaiver:
    """What was told of one waiver; `ends_on` is its last day."""

    waiver_id: UUID
    household_key: str
    granted: bool = False
    ends_on: date | None = None

    def counts(self, today: date) -> bool:
        """Whether it gives priority."""
        return self.granted and (self.ends_on is None or today <= self.ends_on)

    @property
    def ends_at(self) -> datetime | None:
        """The midnight (WIB) that ends its last day."""
        return None if self.ends_on is None else datetime.combine(self.ends_on + timedelta(days=1), time(), WIB)
