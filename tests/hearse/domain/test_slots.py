"""The slot search against a planner that tries everything."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.geography import Point
from contracts.hearse.configuration import Planning
from contracts.hearse.values import VehicleState
from contracts.times import WIB, Weekday
from services.hearse.domain.absences import Absence, Absences
from services.hearse.domain.burial import BurialPlace, Opening
from services.hearse.domain.duty import Officer, Shift
from services.hearse.domain.journey import journey
from services.hearse.domain.slots import Fleet, Slot, Wanted, free_slots, officer_key, slot_at, vehicle_key
from services.hearse.domain.vehicle import Vehicle
from services.hearse.domain.window import Window

NOW = datetime(2026, 11, 30, 22, 7, tzinfo=UTC)  # a Tuesday in WIB, the last night of the month
STEP, SPAN = timedelta(minutes=15), timedelta(hours=30)
HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
points = st.builds(
    lambda x, y: Point(coordinates=(106.5 + x / 50, -6.3 + y / 50)), st.integers(0, 20), st.integers(0, 20)
)
times = st.builds(lambda minutes: NOW + timedelta(minutes=minutes), st.integers(-600, 2400))
shifts = st.builds(
    Shift,
    st.lists(st.sampled_from(Weekday), min_size=1, max_size=7, unique=True).map(tuple),
    st.sampled_from(HOURS),
    st.sampled_from(HOURS),
)


@st.composite
def fleets(draw: st.DrawFn) -> Fleet:
    vehicles = tuple(
        Vehicle(f"V{number}", "B 1 X", draw(points), draw(st.sampled_from(VehicleState)))
        for number in range(draw(st.integers(1, 4)))
    )
    officers = tuple(
        Officer(f"O{number}", "", draw(st.booleans()), tuple(draw(st.lists(shifts, max_size=3))))
        for number in range(draw(st.integers(1, 4)))
    )
    keys = [*(vehicle_key(one.id) for one in vehicles), *(officer_key(one.id) for one in officers)]
    absences = [absence for key in keys for absence in draw(_absences_of(key))]
    graves = draw(st.dictionaries(times.map(_hour), st.frozensets(st.integers(1, 2)), max_size=4))
    return Fleet(vehicles, officers, Absences.of(absences), draw(st.integers(0, 2)), graves)


@st.composite
def _absences_of(draw: st.DrawFn, key: str) -> list[Absence]:
    edges = sorted(draw(st.lists(times, max_size=6, unique=True)))
    spans = [Window(begin, end) for begin, end in itertools.pairwise(edges) if draw(st.booleans())]
    if edges and draw(st.booleans()):
        spans.append(Window(edges[-1], None))
    return [Absence(key, span, draw(st.booleans())) for span in spans]


@st.composite
def wants(draw: st.DrawFn, fleet: Fleet) -> Wanted:
    pickup, destination = draw(st.none() | points), draw(points)
    opening = Opening("siang", draw(st.sampled_from(HOURS)), draw(st.sampled_from(HOURS)))
    place = BurialPlace("T", "", destination, "", (opening,), draw(st.sampled_from([0, 120])), draw(st.integers(1, 3)))
    journeys = {one.id: journey(one.base, pickup, destination, Planning()) for one in fleet.vehicles}
    return Wanted(journeys, draw(st.integers(1, 2)), draw(st.booleans()), draw(st.none() | st.just(place)))


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


class TriesEverything:
    """Every time, every vehicle, every crew; looks at moments one by one where the search is clever."""

    def __init__(self, wanted: Wanted, fleet: Fleet) -> None:
        self.wanted, self.fleet = wanted, fleet
        self.away = fleet.absences.away

    def times(self, not_before: datetime) -> list[datetime]:
        grid = (_hour(not_before) + number * STEP for number in range(int(SPAN / STEP) + 8))
        return [at for at in grid if max(not_before, NOW) <= at < not_before + SPAN and self.possible(at)]

    def possible(self, at: datetime) -> bool:
        return any(self.fits(vehicle.id, crew, at) for vehicle in self.fleet.vehicles for crew in self.crews())

    def crews(self) -> list[tuple[str, ...]]:
        return list(itertools.permutations([one.id for one in self.fleet.officers], self.wanted.officers))

    def fits(self, vehicle_id: str, crew: tuple[str, ...], at: datetime) -> bool:
        way = self.wanted.journeys[vehicle_id]
        begin, end = at - way.to_pickup, at + way.loading + way.drive + way.unloading + way.back + way.turnaround
        officers = {one.id: one for one in self.fleet.officers}
        vehicle = next(one for one in self.fleet.vehicles if one.id == vehicle_id)
        return (
            vehicle.state is VehicleState.IN_SERVICE
            and begin >= NOW
            and officers[crew[0]].drives
            and self.untaken(vehicle_key(vehicle_id), begin, end)
            and all(self.untaken(officer_key(id), begin, end) and _on_duty(officers[id], begin, end) for id in crew)
            and self.buries(at + way.loading + way.drive)
            and (not self.wanted.out_of_city or self.reserve_stays(vehicle_id, begin, end))
        )

    def untaken(self, key: str, begin: datetime, end: datetime) -> bool:
        taken = self.fleet.absences.by_resource.get(key, [])
        return not any(one.begins_at < end and (one.ends_at is None or begin < one.ends_at) for one in taken)

    def buries(self, at: datetime) -> bool:
        place = self.wanted.burial_place
        if place is None:
            return True
        clock, opening = at.astimezone(WIB).strftime("%H:%M"), place.openings[0]
        begins, ends = opening.begins, opening.ends
        opened = begins <= clock < ends if begins < ends else not ends <= clock < begins
        notice = at - NOW >= timedelta(minutes=place.notice_minutes)
        return opened and notice and len(self.fleet.graves.get(_hour(at), ())) < place.capacity_per_hour

    def reserve_stays(self, vehicle_id: str, begin: datetime, end: datetime) -> bool:
        others = {vehicle_key(one.id) for one in self.fleet.vehicles if one.in_service and one.id != vehicle_id}
        edges = [begin, *(one.window.begins_at for one in self.away if begin <= one.window.begins_at < end)]
        for moment in edges:
            gone = {
                one.resource
                for one in self.away
                if one.window.begins_at <= moment and (one.window.ends_at is None or moment < one.window.ends_at)
            }
            if len(others - gone) < self.fleet.city_reserve:
                return False
        return True


def _on_duty(officer: Officer, begin: datetime, end: datetime) -> bool:
    """Minute by minute."""
    moments = [begin + timedelta(minutes=number) for number in range(int((end - begin).total_seconds() // 60))]
    return all(any(_within(shift, moment.astimezone(WIB)) for shift in officer.shifts) for moment in moments)


def _within(shift: Shift, local: datetime) -> bool:
    clock, days = local.strftime("%H:%M"), list(Weekday)
    today, yesterday = days[local.weekday()], days[local.weekday() - 1]
    if shift.begins < shift.ends:
        return today in shift.days and shift.begins <= clock < shift.ends
    return (today in shift.days and clock >= shift.begins) or (yesterday in shift.days and clock < shift.ends)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_search_finds_what_trying_everything_finds(data: st.DataObject) -> None:
    fleet = data.draw(fleets())
    wanted = data.draw(wants(fleet))
    not_before = data.draw(times)
    truth = TriesEverything(wanted, fleet)
    found = free_slots(wanted, fleet, NOW, not_before, not_before + SPAN, STEP, 3)
    assert [slot.pickup_at for slot in found] == truth.times(not_before)[:3]
    for slot in found:
        assert truth.fits(slot.vehicle_id, slot.officer_ids, slot.pickup_at)
        assert slot_at(wanted, fleet, slot.pickup_at, NOW) == slot


def test_the_nearest_vehicle_goes_with_the_first_driver_and_a_second_who_does_not_drive() -> None:
    always = (Shift(tuple(Weekday), "00:00", "00:00"),)
    near, far = Point(coordinates=(106.6, -6.2)), Point(coordinates=(106.7, -6.2))
    fleet = Fleet(
        (Vehicle("A", "", far), Vehicle("B", "", near)),
        tuple(Officer(id, "", drives, always) for id, drives in (("1", True), ("2", True), ("3", False))),
        Absences(),
        0,
    )
    journeys = {one.id: journey(one.base, near, far, Planning()) for one in fleet.vehicles}
    slot = free_slots(Wanted(journeys, 2, False), fleet, NOW, NOW, NOW + SPAN, STEP, 1)[0]
    assert (slot.vehicle_id, slot.officer_ids) == ("B", ("1", "3"))
    assert isinstance(slot, Slot) and slot.pickup_at == NOW.replace(minute=15)
