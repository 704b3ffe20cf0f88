"""A permit: counts up to and with its last day, in WIB."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from contracts.problems import wrong_field
from contracts.times import WIB
from contracts.umkm import PermitKind

WARNED_DAYS = 60
PIRT_YEARS = 5
LONGEST_YEARS = 10


@dataclass(slots=True)
class Permit:
    """Of a business."""

    id: UUID
    business_id: UUID
    kind: PermitKind
    number: str
    valid_until: date

    @property
    def ends_at(self) -> datetime:
        """The midnight (WIB) that ends its last day."""
        return datetime.combine(self.valid_until + timedelta(days=1), time(), WIB)

    @property
    def warned_at(self) -> datetime:
        """When its owner is told that it ends soon."""
        return self.ends_at - timedelta(days=WARNED_DAYS)

    def counts(self, today: date) -> bool:
        """Whether it still does."""
        return today <= self.valid_until


def require_possible(kind: PermitKind, valid_until: date, today: date) -> None:
    """Raise InvalidRequest for a last day that is over, or further away than such a permit can have."""
    years = PIRT_YEARS if kind is PermitKind.PIRT else LONGEST_YEARS
    if valid_until < today:
        raise wrong_field("permit.valid_until", "expired", "the permit has expired", "send it once it is renewed")
    if valid_until > today.replace(year=today.year + years, day=min(today.day, 28)) + timedelta(days=4):
        raise wrong_field("permit.valid_until", "too_far", "no such permit is valid for so long", "compare the paper")
