"""A pick-up as it is reckoned beforehand: when its unit leaves, when it is free again, and who else could go.

From the reservation to the patient's door, boarding, the drive, the hand-over: then the unit may go to the next one.
Where it is not known where the patient goes, the length of a trip is configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.ambulance.values import UnitType

from .unit import Unit

BOARDING = timedelta(minutes=10)
"""From the door to the road: a patient who cannot walk is carried down the stairs."""
LATE = timedelta(minutes=10)
"""Who is fetched so much later than was said wants to know it beforehand."""
FIRST = (UnitType.TRANSPORT, UnitType.BLS, UnitType.ALS)
"""Who fetches a patient that needs no life support: those go last that an emergency needs."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a pick-up takes of its unit; it ends before `ends_at`."""

    begins_at: datetime
    ends_at: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether one unit can't do both."""
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


def span(begins_at: datetime, pickup_at: datetime, drive: float | None, hand_over: float, otherwise: timedelta) -> Span:
    """`drive` and `hand_over` in seconds; without a drive the unit is away for `otherwise`."""
    if drive is None:
        return Span(begins_at, begins_at + otherwise)
    return Span(begins_at, pickup_at + BOARDING + timedelta(seconds=round(drive + hand_over)))


def first_choice(units: Iterable[Unit], taken: Collection[str], way: Callable[[Unit], float]) -> Unit | None:
    """The one to send among those that are not taken: spare life support for emergencies, then the least way there."""
    free = (one for one in units if one.id not in taken)
    return min(free, key=lambda one: (FIRST.index(one.type), way(one), one.id), default=None)
