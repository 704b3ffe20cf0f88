"""Master data: vehicles, officers, burial places. Create or update by id; the same again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chassis.turns import take_turn
from chassis.work import Work
from contracts.hearse.requests.fleet import (
    ImportFleet,
    ListBurialPlaces,
    ListOfficers,
    ListVehicles,
    SetVehicleState,
)
from contracts.hearse.views import BurialPlaceList, FleetImportView, OfficerPage, VehiclePage, VehicleView
from contracts.problems import NotFound, wrong_field

from .. import store
from ..domain.burial import BurialPlace, Opening
from ..domain.duty import Officer, Shift
from ..domain.vehicle import Vehicle
from .views import burial_place_view, officer_view, vehicle_view


def import_fleet(work: Work, request: ImportFleet) -> FleetImportView:
    """Everything of one file or none."""
    take_turn(work, "import fleet")
    counts = Counter([*_vehicles(work, request), *_officers(work, request), *_burial_places(work, request)])
    view = FleetImportView(created=counts["created"], updated=counts["updated"], unchanged=counts["unchanged"])
    if view.created or view.updated:
        work.audit("fleet", **view.model_dump())
    return view


def set_vehicle_state(work: Work, request: SetVehicleState) -> VehicleView:
    """In or out of service."""
    vehicle = store.vehicle.get(work, request.vehicle_id, lock=True)
    if vehicle is None:
        raise NotFound(f"no vehicle {request.vehicle_id}", detail_id=f"tidak ada kendaraan {request.vehicle_id}")
    if vehicle.turn(request.state):
        store.vehicle.put(work, vehicle, known=True)
        work.audit(vehicle.id, state=vehicle.state)
    return vehicle_view(vehicle)


def list_vehicles(work: Work, query: ListVehicles) -> VehiclePage:
    """By id."""
    vehicles, cursor = store.vehicle.pages(work, query)
    return VehiclePage(items=tuple(map(vehicle_view, vehicles)), next=cursor)


def list_officers(work: Work, query: ListOfficers) -> OfficerPage:
    """By id."""
    officers, cursor = store.officer.pages(work, query)
    return OfficerPage(items=tuple(map(officer_view, officers)), next=cursor)


def list_burial_places(work: Work, query: ListBurialPlaces) -> BurialPlaceList:
    """All of them."""
    return BurialPlaceList(items=tuple(map(burial_place_view, store.burial_place.every(work))))


def _vehicles(work: Work, request: ImportFleet) -> Iterator[str]:
    known = store.vehicle.some(work, _once("vehicles", [row.id for row in request.vehicles]), lock=True)
    for row in request.vehicles:
        vehicle = known.get(row.id)
        changed = vehicle is None or vehicle.describe(row.plate, row.base)
        if changed:
            store.vehicle.put(work, vehicle or Vehicle(row.id, row.plate, row.base), known=vehicle is not None)
        yield _outcome(vehicle is not None, changed)


def _officers(work: Work, request: ImportFleet) -> Iterator[str]:
    known = store.officer.some(work, _once("officers", [row.id for row in request.officers]), lock=True)
    for row in request.officers:
        shifts = tuple(Shift(one.days, one.begins, one.ends) for one in row.shifts)
        officer = known.get(row.id)
        changed = officer is None or officer.describe(row.name, row.drives, shifts)
        if changed:
            new = officer or Officer(row.id, row.name, row.drives, shifts)
            store.officer.put(work, new, known=officer is not None)
        yield _outcome(officer is not None, changed)


def _burial_places(work: Work, request: ImportFleet) -> Iterator[str]:
    known = store.burial_place.some(work, _once("burial_places", [row.id for row in request.burial_places]), lock=True)
    for row in request.burial_places:
        openings = tuple(Opening(one.name, one.begins, one.ends) for one in row.openings)
        hours = (openings, row.notice_minutes, row.capacity_per_hour)
        new = BurialPlace(row.id, row.name, row.location, row.kelurahan_code, *hours)
        place = known.get(row.id)
        changed = place is None or place.describe(new)
        if changed:
            store.burial_place.put(work, place or new, known=place is not None)
        yield _outcome(place is not None, changed)


def _outcome(known: bool, changed: bool) -> str:
    if not known:
        return "created"
    return "updated" if changed else "unchanged"


def _once(rows: str, ids: Sequence[str]) -> Sequence[str]:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            raise wrong_field(f"{rows}.{index}.id", "twice", "it stands twice in the list", "send each once")
    return ids
