"""Imports of master data: create or update by id; the same again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chassis.turns import take_turn
from chassis.work import Work
from contracts.ambulance.requests.resources import (
    AreaRow,
    FacilityRow,
    ImportAreas,
    ImportFacilities,
    ImportUnits,
    UnitRow,
)
from contracts.ambulance.views import ImportView
from contracts.problems import InvalidRequest, wrong_field

from .. import store
from ..domain.facility import Facility
from ..domain.geography import Area
from ..domain.unit import Unit

ROWS_PER_STATEMENT = 50
"""All writes of a statement are planned together; many small ones are quicker than one of a thousand parts."""


def import_units(work: Work, request: ImportUnits) -> ImportView:
    """A new unit starts off duty."""
    ids = _once("units", "id", [row.id for row in request.units])
    take_turn(work, "import units")
    known = store.unit.get_many(work, ids)
    return _imported(work, "units", (_put_unit(work, known.get(row.id), row) for row in request.units))


def import_facilities(work: Work, request: ImportFacilities) -> ImportView:
    """A new facility starts open."""
    ids = _once("facilities", "id", [row.id for row in request.facilities])
    take_turn(work, "import facilities")
    known = store.facility.get_many(work, ids)
    rows = request.facilities
    return _imported(work, "facilities", (_put_facility(work, known.get(row.id), row) for row in rows))


def import_areas(work: Work, request: ImportAreas) -> ImportView:
    """A new edition of the map, if anything in it is different."""
    codes = _once("areas", "code", [row.code for row in request.areas])
    areas = [_area(index, row) for index, row in enumerate(request.areas)]
    take_turn(work, "import areas")
    known = store.area.get_many(work, codes)
    view = _imported(work, "areas", (_put_area(work, known.get(area.code), area) for area in areas))
    if view.created or view.updated:
        store.area.new_edition(work)
    return view


def _put_unit(work: Work, known: Unit | None, row: UnitRow) -> str:
    if known is None:
        unit, events = Unit.register(row.id, row.type, row.base)
        store.unit.add(work, unit)
        work.emit(unit.id, unit.version, *events)
        return "created"
    before = known.version
    known.describe(row.type, row.base)
    if known.version == before:
        return "unchanged"
    store.unit.save(work, known)
    return "updated"


def _put_facility(work: Work, known: Facility | None, row: FacilityRow) -> str:
    data = (row.name, row.type, row.location, row.kelurahan_code, row.emergency_24h, row.capabilities)
    if known is None:
        facility, events = Facility.register(row.id, *data)
        store.facility.add(work, facility)
        work.emit(facility.id, facility.version, *events)
        return "created"
    events = known.describe(*data)
    if not events:
        return "unchanged"
    store.facility.save(work, known)
    work.emit(known.id, known.version, *events)
    return "updated"


def _put_area(work: Work, known: Area | None, area: Area) -> str:
    if known == area:
        return "unchanged"
    store.area.put(work, area)
    return "created" if known is None else "updated"


def _imported(work: Work, what: str, outcomes: Iterable[str]) -> ImportView:
    counts: Counter[str] = Counter()
    for number, outcome in enumerate(outcomes, start=1):
        counts[outcome] += 1
        if number % ROWS_PER_STATEMENT == 0:
            work.flush()
    view = ImportView(created=counts["created"], updated=counts["updated"], unchanged=counts["unchanged"])
    if view.created or view.updated:
        work.audit(what, **view.model_dump())
    return view


def _once(rows: str, key: str, ids: Sequence[str]) -> Sequence[str]:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            raise wrong_field(f"{rows}.{index}.{key}", "twice", "it stands twice in the list", "send each once")
    return ids


def _area(index: int, row: AreaRow) -> Area:
    try:
        return Area.of(row.code, row.name, row.kecamatan_code, row.kecamatan, row.polygons)
    except InvalidRequest as error:
        errors = (one.model_copy(update={"pointer": f"/areas/{index}{one.pointer}"}) for one in error.data.errors)
        raise InvalidRequest(errors=tuple(errors)) from None
