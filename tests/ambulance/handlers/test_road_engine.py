"""Recommendations by a road engine: used, seen to be away, used again; never in anybody's way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from prometheus_client import REGISTRY

from contracts import ambulance as asked
from contracts.geography import metres
from services.ambulance import roads
from tests.ambulance.domain.builders import CENTRE
from tests.ambulance.domain.test_speeds import place
from tests.ambulance.roads.server import METRES_PER_SECOND, Table, serving
from tests.support.checkout import run_module
from tests.support.processes import ROOT

from .desk import Desk


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def address(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A road engine is configured."""
    with serving(table) as url:
        monkeypatch.setenv("ROAD_ENGINE_URL", url)
        monkeypatch.setenv("ROAD_ENGINE_SECONDS", "0.2")
        roads.configured.cache_clear()
        yield url
    roads.configured.cache_clear()


def away() -> float | None:
    return REGISTRY.get_sample_value("kota_ambulance_road_engine_away")


def recommended(desk: Desk, id: Any) -> Any:
    return desk.ask(asked.RecommendUnits(incident_id=id, limit=100))


def test_its_figures_rank_the_units_and_are_named(desk: Desk, table: Table, address: str) -> None:
    near, far = place(east=800), place(east=-2000)
    desk.fleet("AMB-01", base=near), desk.fleet("AMB-02", base=far)
    id = desk.incident()
    shown = recommended(desk, id)
    assert (shown.travel_time_source, shown.road_engine_out_since) == ("road_engine", None)
    assert shown.recommended_seconds == round(metres(near, CENTRE) / METRES_PER_SECOND)
    table.body = {"code": "Ok", "durations": [[900.0], [300.0]]}  # a river lies in between
    shown = recommended(desk, id)
    assert (shown.recommended, shown.recommended_seconds) == ("AMB-02", 300)


def test_without_a_road_the_own_estimate_stands_and_says_so(desk: Desk, table: Table, address: str) -> None:
    desk.fleet("AMB-01", "AMB-02")
    table.body = {"code": "Ok", "durations": [[100.0], [None]]}
    shown = recommended(desk, desk.incident())
    assert {one.unit_id: one.travel_time_source for one in shown.candidates} == {
        "AMB-01": "road_engine",
        "AMB-02": "great_circle",
    }


def test_an_outage_is_shown_costs_little_and_its_end_is_noticed(desk: Desk, table: Table, address: str) -> None:
    desk.fleet("AMB-01", base=place(east=800))
    id = desk.incident()
    table.status = 500
    shown = recommended(desk, id)
    assert (shown.travel_time_source, shown.road_engine_out_since) == ("great_circle", desk.now)
    assert shown.recommended == "AMB-01"
    assert away() == 1
    since, tries = desk.now, len(table.asked)
    for _ in range(20):
        desk.later(seconds=0.4)
        assert recommended(desk, id).road_engine_out_since == since
    assert len(table.asked) == tries, "it is left alone for a while, so that nobody waits for it"
    table.status = 200
    desk.later(seconds=3)
    shown = recommended(desk, id)
    assert (shown.travel_time_source, shown.road_engine_out_since) == ("road_engine", None)
    assert away() == 0


def test_a_thousand_units_are_no_table_too_big(desk: Desk, table: Table, address: str) -> None:
    desk.fleet(*(f"AMB-{number:04d}" for number in range(120)))
    shown = recommended(desk, desk.incident())
    sources = [one.travel_time_source for one in shown.candidates]
    assert shown.travel_time_source == "road_engine" and sources.count("road_engine") == 90


def test_hospitals_are_ranked_by_it_too(desk: Desk, table: Table, address: str) -> None:
    facility = {"id": "RS-1", "name": "RS Contoh", "type": "hospital", "location": place(north=3000)}
    desk.ask(asked.ImportFacilities(facilities=(facility,)))
    ranking = desk.ask(asked.RankFacilities(incident_id=desk.incident(), patient_number=1))
    assert ranking.travel_time_source == "road_engine"
    assert ranking.candidates[0].travel_seconds == round(3000 / METRES_PER_SECOND)


def test_who_sends_a_unit_waits_for_it_without_locks_and_not_for_long(desk: Desk, table: Table, address: str) -> None:
    desk.fleet("AMB-01", base=place(east=800))
    id = desk.incident()
    table.holding.clear()
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(desk.send, id, "AMB-01")
        assert table.asking.wait(5)
        coloured = desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
        assert coloured.triage == "merah" and not sending.done(), "the incident is free while the engine is asked"
    known = desk.ask(asked.GetChoice(assignment_id=sending.result().id)).recommendation
    assert known.travel_time_source == "great_circle" and known.road_engine_out_since == desk.now


def test_without_an_address_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROAD_ENGINE_URL", raising=False)
    roads.configured.cache_clear()
    assert roads.configured() is None and roads.unfit() is None
    roads.configured.cache_clear()


@pytest.mark.parametrize("wrong", ["osrm:5000", "ftp://osrm", "http://"])
def test_an_address_that_is_none_stops_the_start(wrong: str) -> None:
    done = run_module(
        ROOT,
        "chassis.run",
        "ambulance",
        ROAD_ENGINE_URL=wrong,
        DATABASE_URL_AMBULANCE="postgresql+psycopg://ambulance@127.0.0.1:1/ambulance",
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "does not start: ROAD_ENGINE_URL" in done.stderr, done.stderr
