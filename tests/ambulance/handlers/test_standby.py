"""Idle units wait where a dispatcher sends them: it counts at once, and holds until they are sent or leave duty."""

from __future__ import annotations

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import UnitNotAvailable, WrongState
from contracts.ambulance.values import UnitState
from contracts.geography import Point
from contracts.problems import Forbidden, InvalidRequest, NotFound
from services.ambulance import store

from .desk import Desk, crew
from .test_resources import square

WEST, EAST, SEA = (Point(coordinates=(longitude, -6.18)) for longitude in (106.57, 106.61, 106.9))


@pytest.fixture
def city(desk: Desk) -> Desk:
    """Three units wait in the west; the east lies open, because its only one is out."""
    store.area.MAP.forget()
    squares = (square("36.71.01.1001", 106.55), square("36.71.01.1002", 106.64))
    desk.ask(asked.ImportAreas(areas=squares))
    desk.fleet("W1", "W2", "W3", base=WEST)
    desk.fleet("E1", base=EAST)
    desk.ask(asked.SetUnitStatus(unit_id="E1", state="off_duty"))
    yield desk
    store.area.MAP.forget()


def stand_by(desk: Desk, unit: str, base: Point = EAST) -> object:
    return desk.ask(asked.SetStandby(unit_id=unit, base=base))


def test_a_proposed_move_counts_as_soon_as_it_is_ordered(city: Desk) -> None:
    before = city.ask(asked.ListProposals())
    (move,) = before.relocations
    shown = stand_by(city, move.unit_id, move.base)
    assert (shown.standby, shown.standby_since, shown.base) == (EAST, city.now, WEST)
    after = city.ask(asked.ListProposals())
    assert after.coverage == pytest.approx(before.coverage + move.coverage_gain, abs=2e-6)
    assert after.relocations == (), "not proposed twice, though it is still on its way"


def test_who_was_moved_is_left_alone_for_twenty_minutes(city: Desk) -> None:
    for unit in ("W1", "W2", "W3"):
        stand_by(city, unit)
    assert city.ask(asked.ListProposals()).relocations == ()
    city.later(minutes=21)
    (move,) = city.ask(asked.ListProposals()).relocations
    assert (move.from_base, move.base) == (EAST, WEST)


def test_the_order_is_told_once_and_its_own_base_ends_it(city: Desk) -> None:
    told = city.events().count("unit-status-changed")
    assert stand_by(city, "W1") == stand_by(city, "W1")
    assert city.ask(asked.GetUnit(unit_id="W1"), crew("W1")).standby == EAST
    assert stand_by(city, "W1", WEST).standby is None
    assert stand_by(city, "W1", WEST).standby_since is None
    assert city.events().count("unit-status-changed") == told + 2


def test_it_ends_when_the_unit_is_sent_or_leaves_duty(city: Desk) -> None:
    for unit in ("W1", "W2"):
        stand_by(city, unit)
    city.send(city.incident(location=WEST), "W1")
    city.ask(asked.SetUnitStatus(unit_id="W2", state="off_duty"))
    city.ask(asked.SetUnitStatus(unit_id="W2", state="available"))
    shown = {one.id: one for one in city.ask(asked.ListUnits()).items}
    assert (shown["W1"].state, shown["W1"].standby, shown["W1"].version) == (UnitState.COMMITTED, None, 4)
    assert (shown["W2"].standby, shown["W2"].standby_since) == (None, None)


def test_only_an_idle_unit_of_the_fleet_and_a_known_base(city: Desk) -> None:
    city.send(city.incident(location=WEST), "W1")
    with pytest.raises(WrongState) as refused:
        stand_by(city, "W1")
    assert refused.value.data.extra["state"] == "committed"
    with pytest.raises(UnitNotAvailable):
        stand_by(city, "E1", WEST)
    with pytest.raises(NotFound):
        stand_by(city, "NOBODY")
    with pytest.raises(InvalidRequest) as wrong:
        stand_by(city, "W2", SEA)
    assert wrong.value.data.errors[0].pointer == "/base"
    with pytest.raises(Forbidden):
        city.ask(asked.SetStandby(unit_id="W2", base=EAST), crew("W3"))
    assert city.ask(asked.GetUnit(unit_id="W2")).standby is None


def test_a_base_that_is_its_own_by_now_is_no_other(city: Desk) -> None:
    stand_by(city, "W1")
    city.ask(asked.ImportUnits(units=({"id": "W1", "type": "als", "base": EAST},)))
    shown = city.ask(asked.GetUnit(unit_id="W1"))
    assert (shown.base, shown.standby) == (EAST, None)
