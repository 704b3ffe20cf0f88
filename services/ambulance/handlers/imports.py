"""Imports of master data: create or update by id; the same again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from chassis.work import Work
from contracts.ambulance.requests.resources import AreaRow, ImportAreas, ImportFacilities, ImportUnits
from contracts.ambulance.views import ImportView
from contracts.base import Event
from contracts.problems import InvalidRequest, wrong_field

from .. import store
from ..domain.facility import Facility
from ..domain.geography import Area
from ..domain.unit import Unit

ROWS_PER_STATEMENT = 50


class Versioned(Protocol):
    """A unit or a facility."""

    id: str
    version: int


def import_units(work: Work, request: ImportUnits) -> ImportView:
    """A new unit starts off duty."""
    _refuse_twice("units", [row.id for row in request.units])
    store.imports.take_turn(work, "units")
    known = store.unit.get_many(work, [row.id for row in request.units])
    rows = ((known.get(row.id), (row.type, row.base), row.id) for row in request.units)
    return _imported(work, "units", (_put(work, store.unit, Unit, *row) for row in rows))


def import_facilities(work: Work, request: ImportFacilities) -> ImportView:
    """A new facility starts open."""
    _refuse_twice("facilities", [row.id for row in request.facilities])
    store.imports.take_turn(work, "facilities")
    known = store.facility.get_many(work, [row.id for row in request.facilities])
    rows = (
        (known.get(row.id), (row.name, row.type, row.location, row.kelurahan_code, row.emergency_24h), row.id)
        for row in request.facilities
    )
    return _imported(work, "facilities", (_put(work, store.facility, Facility, *row) for row in rows))


def import_areas(work: Work, request: ImportAreas) -> ImportView:
    """A new edition of the map, if anything in it is different."""
    _refuse_twice("areas", [row.code for row in request.areas])
    areas = [_area(index, row) for index, row in enumerate(request.areas)]
    store.imports.take_turn(work, "areas")
    known = store.area.get_many(work, [area.code for area in areas])
    view = _imported(work, "areas", (_put_area(work, known.get(area.code), area) for area in areas))
    if view.created or view.updated:
        store.area.new_edition(work)
    return view
