"""What is asked of an OSRM server, and what is made of its answers: good, wrong, slow, none."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from contracts.geography import metres
from services.ambulance.roads.engine import NoAnswer
from services.ambulance.roads.osrm import Osrm
from tests.ambulance.domain.builders import CENTRE
from tests.ambulance.domain.test_speeds import place

from .server import METRES_PER_SECOND, Table, serving

MANY = [place(east=1000), place(north=2000), place(east=-500, north=-500)]


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def osrm(table: Table) -> Iterator[Osrm]:
    with serving(table) as url:
        yield Osrm(url + "/", 0.3)


@pytest.mark.parametrize("onward", [False, True])
def test_each_place_gets_its_seconds_in_order(osrm: Osrm, table: Table, onward: bool) -> None:
    found = osrm.seconds(CENTRE, MANY, onward=onward)
    assert found == pytest.approx([metres(CENTRE, one) / METRES_PER_SECOND for one in MANY], abs=0.1)
    assert table.asked[0].startswith(f"/table/v1/driving/{CENTRE.longitude:.6f},{CENTRE.latitude:.6f};")
    assert len(table.asked) == 1


def test_a_place_without_a_road_has_no_figure(osrm: Osrm, table: Table) -> None:
    table.cut_off = {tuple(round(part, 6) for part in MANY[1].coordinates)}
    found = osrm.seconds(CENTRE, MANY)
    assert found[1] is None and None not in (found[0], found[2])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        [],
        {},
        {"code": "NoTable", "durations": [[1.0], [1.0], [1.0]]},
        {"code": "Ok"},
        {"code": "Ok", "durations": None},
        {"code": "Ok", "durations": [[1.0]]},
        {"code": "Ok", "durations": [[1.0], [1.0], []]},
        {"code": "Ok", "durations": [[1.0], [1.0], [-1.0]]},
        {"code": "Ok", "durations": [[1.0], [1.0], ["1"]]},
        {"code": "Ok", "durations": [[1.0], [1.0], [True]]},
        '{"code": "Ok", "durations": [[1.0], [1.0], [NaN]]}',
        "x" * 300_000,
    ],
    ids=str,
)
def test_what_is_no_table_is_no_answer(osrm: Osrm, table: Table, body: Any) -> None:
    table.body = body
    with pytest.raises(NoAnswer):
        osrm.seconds(CENTRE, MANY)


def test_an_error_names_its_status(osrm: Osrm, table: Table) -> None:
    table.status = 503
    with pytest.raises(NoAnswer, match="status 503"):
        osrm.seconds(CENTRE, MANY)


@pytest.mark.parametrize("trickling", [False, True], ids=["silent", "trickling"])
def test_whoever_takes_too_long_is_left(osrm: Osrm, table: Table, trickling: bool) -> None:
    table.trickling = trickling
    if not trickling:
        table.holding.clear()
    begun = monotonic()
    with pytest.raises(NoAnswer, match="timeout"):
        osrm.seconds(CENTRE, MANY)
    assert monotonic() - begun < 1.0


def test_nobody_listens(table: Table) -> None:
    with serving(table) as url:
        gone = Osrm(url, 0.3)
    with pytest.raises(NoAnswer, match="ConnectError"):
        gone.seconds(CENTRE, MANY)
