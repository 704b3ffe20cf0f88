"""How long the parts of a trip take: a plan to reserve by, not a promise of traffic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from contracts.geography import Point, metres
from contracts.hearse.configuration import Planning

from .window import Window

DETOUR = 1.3
"""Road distance over great-circle distance; a usual figure for dense cities."""


@dataclass(frozen=True, slots=True)
class Journey:
    """`kilometres` from the pick-up to the destination, on the road; `known` if both were on the map."""

    to_pickup: timedelta
    loading: timedelta
    drive: timedelta
    unloading: timedelta
    back: timedelta
    turnaround: timedelta
    kilometres: float
    known: bool

    def arrives_at(self, pickup_at: datetime) -> datetime:
        """At the destination, if the vehicle is at the pick-up then."""
        return pickup_at + self.loading + self.drive

    @property
    def length(self) -> timedelta:
        """From leaving the base until ready again."""
        return self.to_pickup + self.loading + self.drive + self.unloading + self.back + self.turnaround

    def window(self, pickup_at: datetime) -> Window:
        """Vehicle and officers are taken from leaving the base until they are back and ready."""
        over = self.arrives_at(pickup_at) + self.unloading + self.back + self.turnaround
        return Window(pickup_at - self.to_pickup, over)


def journey(base: Point, pickup: Point | None, destination: Point | None, planning: Planning) -> Journey:
    """From the base, over both places, and back. Places that are not on the map count as `assumed_kilometres` away."""
    kilometres = _kilometres(pickup, destination, planning)
    return Journey(
        to_pickup=_driving(_kilometres(base, pickup, planning), planning),
        loading=timedelta(minutes=planning.loading_minutes),
        drive=_driving(kilometres, planning),
        unloading=timedelta(minutes=planning.unloading_minutes),
        back=_driving(_kilometres(destination, base, planning), planning),
        turnaround=timedelta(minutes=planning.turnaround_minutes),
        kilometres=round(kilometres, 1),
        known=pickup is not None and destination is not None,
    )


def _kilometres(one: Point | None, other: Point | None, planning: Planning) -> float:
    if one is None or other is None:
        return float(planning.assumed_kilometres)
    return metres(one, other) * DETOUR / 1000


def _driving(kilometres: float, planning: Planning) -> timedelta:
    return timedelta(minutes=ceil(kilometres / planning.kilometres_per_hour * 60))
