"""RideSeries: a patient who is fetched again and again, such as for dialysis three times a week, and brought back.

active -> ended. Each pick-up becomes a regular request (an incident) a week ahead, each once; a day can be skipped.
Days and clocks are those of people, in WIB. Invariants: the version rises by one per change; `opened_through` never
goes back; what has ended never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from contracts.ambulance.events import RideSeriesEnded, RideSeriesOpened, RideSkipped
from contracts.ambulance.pickup_values import RideLeg, SeriesState
from contracts.base import Event
from contracts.problems import wrong_field
from contracts.times import WIB, Weekday

from .place import Place
from .refusals import required_text, wrong_state

AHEAD = timedelta(days=7)
"""How long before its day a pick-up is asked for: the plan of the week can be seen."""
LONGEST = timedelta(days=366)
"""After a year somebody looks whether it still holds."""
WEEKDAYS = tuple(Weekday)


class Ride(NamedTuple):
    """One pick-up of a series."""

    on: date
    leg: RideLeg
    pickup_at: datetime


@dataclass(slots=True)
class RideSeries:
    id: UUID
    phone: str = field(repr=False)
    place: Place = field(repr=False)
    facility_id: str
    weekdays: frozenset[Weekday]
    pickup_time: time
    return_time: time | None
    begins_on: date
    ends_on: date
    needs: str | None = field(default=None, repr=False)
    skipped: frozenset[date] = frozenset()
    opened_through: date | None = None
    state: SeriesState = SeriesState.ACTIVE
    reason: str | None = field(default=None, repr=False)
    version: int = 1

    @classmethod
    def open(
        cls,
        id: UUID,
        phone: str,
        place: Place,
        facility_id: str,
        weekdays: frozenset[Weekday],
        times: tuple[time, time | None],
        days: tuple[date, date | None],
        now: datetime,
        needs: str | None = None,
    ) -> tuple[RideSeries, list[Event]]:
        """A new series. Raises PlaceMissing; InvalidRequest for days that have passed, or that are none."""
        place.require_known()
        begins, ends = days[0], days[1] or days[0] + LONGEST
        if begins < today(now):
            raise wrong_field("begins_on", "in_the_past", "that day has passed", "send today or a later day")
        if not begins <= ends <= begins + LONGEST:
            raise wrong_field("ends_on", "order", "it ends before it begins, or after a year", "send a day in between")
        series = cls(id, phone, place, facility_id, weekdays, *times, begins, ends, needs)
        if next(series.rides(begins, ends), None) is None:
            raise wrong_field("weekdays", "no_day", "no such weekday lies between those days", "send other days")
        return series, [RideSeriesOpened(series_id=id, facility_id=facility_id, begins_on=begins, ends_on=ends)]

    def rides(self, first: date, last: date) -> Iterator[Ride]:
        """The pick-ups between two days, both included, the earliest first."""
        begins, ends = max(first, self.begins_on), min(last, self.ends_on)
        for on in (begins + timedelta(days=number) for number in range((ends - begins).days + 1)):
            if WEEKDAYS[on.weekday()] in self.weekdays and on not in self.skipped:
                yield Ride(on, RideLeg.THERE, _at(on, self.pickup_time))
                if self.return_time is not None:
                    yield Ride(on, RideLeg.BACK, _at(on, self.return_time))

    def take_due(self, now: datetime) -> list[Ride]:
        """The pick-ups of the coming week that were not asked for yet, and that have not passed; they count as asked
        for now."""
        last = today(now) + AHEAD
        if self.state is SeriesState.ENDED or (self.opened_through and self.opened_through >= last):
            return []
        first = self.opened_through + timedelta(days=1) if self.opened_through else self.begins_on
        self.opened_through = last
        self.version += 1
        return [ride for ride in self.rides(max(first, today(now)), last) if ride.pickup_at > now]

    @property
    def goes_on(self) -> bool:
        """Whether more pick-ups will have to be asked for."""
        return self.state is SeriesState.ACTIVE and (self.opened_through is None or self.opened_through < self.ends_on)

    def skip(self, on: date, now: datetime) -> list[Event]:
        """The patient is not fetched on that day; again it changes nothing. Raises WrongState, InvalidRequest."""
        self._require_active("skip_ride")
        if on in self.skipped:
            return []
        if on < today(now) or next(self.rides(on, on), None) is None:
            raise wrong_field("on", "no_ride", "the patient is not fetched on that day", "send a day to come")
        self.skipped |= {on}
        self.version += 1
        return [RideSkipped(series_id=self.id, on=on)]

    def end(self, last_on: date | None, reason: str, now: datetime) -> list[Event]:
        """Nobody comes after the last day. Raises WrongState, InvalidRequest."""
        self._require_active("end_ride_series")
        yesterday = today(now) - timedelta(days=1)
        last = last_on or yesterday
        if not yesterday <= last <= self.ends_on:
            raise wrong_field("last_on", "order", "it has passed, or it ends before", "send a day until ends_on")
        self.reason = required_text("reason", reason, "say in a few words why")
        self.ends_on = last
        if last == yesterday:
            self.state = SeriesState.ENDED
        self.version += 1
        return [RideSeriesEnded(series_id=self.id, last_on=last)]

    def run_out(self, now: datetime) -> list[Event]:
        """After its last day it has ended."""
        if self.state is SeriesState.ENDED or today(now) <= self.ends_on:
            return []
        self.state = SeriesState.ENDED
        self.version += 1
        return [RideSeriesEnded(series_id=self.id, last_on=self.ends_on)]

    def _require_active(self, step: str) -> None:
        if self.state is SeriesState.ENDED:
            raise wrong_state(step, self.state, ())


def today(now: datetime) -> date:
    """The day of people."""
    return now.astimezone(WIB).date()


def _at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, WIB).astimezone(UTC)
