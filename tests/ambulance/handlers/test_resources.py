"""Master data, duty, positions, the map."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import FacilityState, UnitState
from contracts.geography import Point
from contracts.problems import InvalidRequest, NotFound
from services.ambulance import store
from tests.ambulance.domain.builders import CENTRE, NOON, at

from .clocks import EVERY_DAY
from .desk import Desk

FAR = Point(coordinates=(106.70, -6.20))
HOSPITAL = {"id": "RS-1", "name": "RSUD", "type": "hospital", "location": CENTRE, "emergency_24h": True}


def square(code: str, west: float, name: str = "Sukaasih") -> dict[str, Any]:
    """A kelurahan of 0.02 degrees."""
    ring = [(west, -6.18), (west + 0.02, -6.18), (west + 0.02, -6.16), (west, -6.16), (west, -6.18)]
    return {
        "code": code,
        "name": name,
        "kecamatan_code": "36.71.01",
        "kecamatan": "Tangerang",
        "polygons": [[ring]],
    }


def counts(view: Any) -> tuple[int, int, int]:
    return view.created, view.updated, view.unchanged


def test_units_are_imported_once(desk: Desk) -> None:
    units = tuple({"id": f"AMB-{number:03}", "type": "bls", "base": CENTRE} for number in range(120))
    assert counts(desk.ask(asked.ImportUnits(units=units))) == (120, 0, 0)
    changed = ({**units[0], "base": FAR}, *units[1:])
    assert counts(desk.ask(asked.ImportUnits(units=changed))) == (0, 1, 119)
    assert desk.events().count("unit-status-changed") == 120
    with pytest.raises(InvalidRequest) as refusal:
        desk.ask(asked.ImportUnits(units=(units[0], units[0])))
    assert refusal.value.data.errors[0].pointer == "/units/1/id"
    page = desk.ask(asked.ListUnits(limit=100))
    rest = desk.ask(asked.ListUnits(limit=100, cursor=page.next))
    assert [one.id for one in (*page.items, *rest.items)] == [unit["id"] for unit in units]


def test_duty_changes_are_published_and_repeated_ones_not(desk: Desk) -> None:
    desk.fleet("AMB-01")
    wish = asked.SetUnitStatus(unit_id="AMB-01", state="out_of_service", reason="rem")
    assert desk.ask(wish) == desk.ask(wish)
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).state is UnitState.OUT_OF_SERVICE
    assert desk.events().count("unit-status-changed") == 3
    with pytest.raises(InvalidRequest):
        desk.ask(asked.SetUnitStatus(unit_id="AMB-01", state="out_of_service"))
    for unknown in (asked.SetUnitStatus(unit_id="X", state="available"), asked.GetUnit(unit_id="X")):
        with pytest.raises(NotFound):
            desk.ask(unknown)


def test_facilities_are_imported_listed_and_diverted_from(desk: Desk) -> None:
    assert counts(desk.ask(asked.ImportFacilities(facilities=(HOSPITAL,)))) == (1, 0, 0)
    assert counts(desk.ask(asked.ImportFacilities(facilities=(HOSPITAL,)))) == (0, 0, 1)
    assert counts(desk.ask(asked.ImportFacilities(facilities=({**HOSPITAL, "name": "RSUD Kota"},)))) == (0, 1, 0)
    wish = asked.SetFacilityStatus(facility_id="RS-1", state="diversion")
    assert desk.ask(wish).state is FacilityState.DIVERSION
    assert [one.name for one in desk.ask(asked.ListFacilities()).items] == ["RSUD Kota"]
    with pytest.raises(NotFound):
        desk.ask(asked.SetFacilityStatus(facility_id="RS-9", state="full"))


def test_the_map_places_a_point_and_is_read_again_when_it_has_changed(desk: Desk) -> None:
    inside = Point(coordinates=(106.63, -6.17))
    assert desk.ask(asked.OpenIncident(location=inside)).kelurahan_code is None
    first = square("36.71.01.1001", 106.62)
    assert counts(desk.ask(asked.ImportAreas(areas=(first,)))) == (1, 0, 0)
    desk.later(seconds=6)
    assert desk.ask(asked.OpenIncident(location=inside)).kelurahan_code == "36.71.01.1001"
    assert desk.ask(asked.OpenIncident(location=FAR)).outside_city
    assert counts(desk.ask(asked.ImportAreas(areas=(first,)))) == (0, 0, 1)
    assert counts(desk.ask(asked.ImportAreas(areas=({**first, "name": "Baru"},)))) == (0, 1, 0)
    assert [one.name for one in desk.ask(asked.ListAreas()).items] == ["Baru"]
    (boundary,) = desk.ask(asked.ListBoundaries()).items
    assert boundary.name == "Baru" and boundary.polygons[0][0][0] == boundary.polygons[0][0][-1]


def test_an_open_ring_is_refused_with_its_place(desk: Desk) -> None:
    wrong = square("36.71.01.1001", 106.62)
    wrong["polygons"][0][0].pop()
    with pytest.raises(InvalidRequest) as refusal:
        desk.ask(asked.ImportAreas(areas=(square("36.71.01.1002", 106.64), wrong)))
    assert refusal.value.data.errors[0].pointer == "/areas/1/polygons/0/0"


def position(unit_id: str, minutes: float, location: Point = CENTRE) -> dict[str, Any]:
    return {"unit_id": unit_id, "location": location, "at": at(minutes)}


def test_positions_are_kept_and_the_latest_stays(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    desk.now = at(20)
    batch = (position("AMB-01", 19, FAR), position("AMB-01", 5), position("AMB-02", 1), position("AMB-09", 1))
    shown = desk.ask(asked.ReportPositions(positions=batch))
    assert (shown.accepted, shown.refused) == (3, ("3: no such unit",))
    assert desk.ask(asked.ReportPositions(positions=batch)).accepted == 3
    unit = desk.ask(asked.GetUnit(unit_id="AMB-01"))
    assert (unit.location, unit.located_at) == (FAR, at(19))
    assert desk.ask(asked.GetUnit(unit_id="AMB-02")).located_at == at(1)
    assert desk.rows("SELECT count(*) FROM position")[0].count == 3
    assert "unit-status-changed" in desk.events() and len(desk.events()) == 4


def test_wrong_positions_are_refused_by_their_index(desk: Desk) -> None:
    desk.fleet("AMB-01")
    jump = (position("AMB-01", 0), position("AMB-01", 0.1, FAR), position("AMB-01", 60))
    shown = desk.ask(asked.ReportPositions(positions=jump))
    assert shown.accepted == 1
    assert [text.partition(":")[0] for text in shown.refused] == ["1", "2"]


def test_partitions_are_made_ahead_and_dropped_when_old(desk: Desk) -> None:
    desk.fleet("AMB-01")
    desk.ask(asked.ReportPositions(positions=(position("AMB-01", 0),)))
    desk.now = max(row.due_at for row in desk.rows("SELECT due_at FROM timer")) + timedelta(days=60)
    assert desk.fire() == len(EVERY_DAY)
    names = [row.relname for row in desk.rows("SELECT relname FROM pg_class WHERE relname ~ '^position_2'")]
    assert f"position_{desk.now + timedelta(days=store.position.DAYS_AHEAD):%Y%m%d}" in names
    desk.now += timedelta(days=100)
    assert desk.fire() == len(EVERY_DAY)
    names = [row.relname for row in desk.rows("SELECT relname FROM pg_class WHERE relname ~ '^position_2'")]
    assert min(names) >= f"position_{desk.now - timedelta(days=store.position.DAYS_KEPT):%Y%m%d}"
    assert desk.rows("SELECT 1 FROM position WHERE at = :at", at=NOON) == []
