"""Many dispatchers at once: one unit, one assignment; and the index behind the locks."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chassis.runtime import Runtime
from chassis.settings import Settings
from contracts import ambulance as asked
from contracts.ambulance.problems import UnitTaken
from contracts.times import WIB
from services.ambulance import store
from tests.support.waiting import until

from .desk import Desk
from .figures import remove_what_strangers_wrote

BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
ATTEMPTS, UNITS, CONNECTIONS = 200, 10, 100
ACTIVE_TWICE = """SELECT unit_id FROM assignment WHERE state NOT IN ('completed', 'declined', 'released', 'diverted')
GROUP BY unit_id HAVING count(*) > 1"""


@pytest.fixture
def busy_desk(database: Callable[[str], str]) -> Iterator[Desk]:
    """A desk with many connections."""
    store.area.MAP.forget()
    store.configuration.CACHE.forget()
    url = database("ambulance")
    runtime = Runtime(Settings(service="ambulance", database_url=url, MAX_WORKERS=CONNECTIONS))
    runtime.engine.pool._timeout = 60  # type: ignore[attr-defined]  # all wait for a turn on a slow machine
    yield Desk(runtime)
    runtime.engine.dispose()


def test_200_dispatchers_never_commit_a_unit_twice(busy_desk: Desk) -> None:
    desk = busy_desk
    ids = [f"AMB-{number:02}" for number in range(UNITS)]
    desk.fleet(*ids, "SPARE")
    incidents = [desk.incident() for _ in range(ATTEMPTS)]
    next_best: list[str] = []
    together = threading.Barrier(ATTEMPTS)

    def attempt(number: int) -> str:
        together.wait(60)
        try:
            desk.send(incidents[number], ids[number % UNITS])
        except UnitTaken as taken:
            winner = taken.data.extra["winner"]
            assert winner["unit_id"] == ids[number % UNITS] and winner["incident_id"] != str(incidents[number])
            next_best.append(taken.data.extra["next_best"]["unit_id"])
            assert next_best[-1] != winner["unit_id"]
            return "taken"
        return "sent"

    with ThreadPoolExecutor(ATTEMPTS) as threads:
        outcomes = Counter(threads.map(attempt, range(ATTEMPTS)))
    assert outcomes == {"sent": UNITS, "taken": ATTEMPTS - UNITS}
    assert len(next_best) == ATTEMPTS - UNITS and next_best[-1] == "SPARE"
    assert desk.rows(ACTIVE_TWICE) == []
    assert desk.events().count("unit-dispatched") == UNITS


def test_200_dispatchers_who_follow_the_advice_share_10_units(busy_desk: Desk) -> None:
    """All want the same unit; who comes second goes for the next best, until there is none."""
    desk = busy_desk
    ids = [f"AMB-{number:02}" for number in range(UNITS)]
    desk.fleet(*ids)
    incidents = [desk.incident() for _ in range(ATTEMPTS)]
    together = threading.Barrier(ATTEMPTS)

    def attempt(number: int) -> str | None:
        wanted: str | None = ids[0]
        together.wait(60)
        while wanted:
            try:
                return str(desk.send(incidents[number], wanted).unit_id)
            except UnitTaken as taken:
                best = taken.data.extra["next_best"]
                wanted = best and best["unit_id"]
        return None

    with ThreadPoolExecutor(ATTEMPTS) as threads:
        outcomes = Counter(threads.map(attempt, range(ATTEMPTS)))
    assert outcomes == {**dict.fromkeys(ids, 1), None: ATTEMPTS - UNITS}
    assert desk.rows(ACTIVE_TWICE) == []


def test_diversions_across_each_other_do_not_block(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.fleet("AMB-01", "AMB-02")
    one, two = desk.incident(), desk.incident()
    first, second = desk.send(one, "AMB-01"), desk.send(two, "AMB-02")
    wishes = [
        asked.DivertUnit(assignment_id=first.id, incident_id=two, reason="tukar"),
        asked.DivertUnit(assignment_id=second.id, incident_id=one, reason="tukar"),
    ]
    with ThreadPoolExecutor(2) as threads:
        assert [view.incident_id for view in threads.map(desk.ask, wishes)] == [two, one]
    assert desk.rows(ACTIVE_TWICE) == []


def test_the_unique_index_is_the_last_guard(desk: Desk) -> None:
    """A writer that takes no lock commits while a dispatch is under way: the dispatch loses, in words."""
    desk.fleet("AMB-01")
    theirs, ours = desk.incident(), desk.incident()
    with desk.runtime.connect() as intruder, ThreadPoolExecutor(1) as threads:
        intruder.execute("BEGIN")
        intruder.execute(
            "INSERT INTO assignment (id, incident_id, unit_id, state, dispatched_at, version)"
            " VALUES (gen_random_uuid(), %s, 'AMB-01', 'dispatched', now(), 1)",
            (theirs,),
        )
        dispatch = threads.submit(desk.send, ours, "AMB-01")
        until(lambda: desk.rows(BLOCKED), "the dispatch to wait")
        intruder.execute("COMMIT")
        with pytest.raises(UnitTaken) as refusal:
            dispatch.result(20)
    assert refusal.value.data.extra["winner"]["incident_id"] == str(theirs)
    assert desk.rows(ACTIVE_TWICE) == []
    remove_what_strangers_wrote(desk)


def test_several_who_plan_the_same_day_at_once_plan_it_once(busy_desk: Desk) -> None:
    desk, at_once = busy_desk, 12
    desk.fleet("AMB-01", "AMB-02", "AMB-03")
    regular = {"incident_class": "regular", "kind": "transport"}
    made = [desk.incident(**regular, pickup_at=desk.now + timedelta(hours=16 + number)) for number in range(8)]
    tomorrow = (desk.now + timedelta(days=1)).astimezone(WIB).date()
    together = threading.Barrier(at_once)

    def attempt(number: int) -> str:
        together.wait(60)
        try:
            if number % 3:
                desk.ask(asked.PlanDay(on=tomorrow))
            else:
                desk.ask(asked.PlanUnit(incident_id=made[number % 8], unit_id="AMB-02"))
        except UnitTaken:
            return "taken"
        return "planned"

    with ThreadPoolExecutor(at_once) as threads:
        assert set(threads.map(attempt, range(at_once))) <= {"planned", "taken"}
    view = desk.ask(asked.PlanDay(on=tomorrow))  # what others changed meanwhile was left alone
    assert view.unplanned == ()
    trips = [trip.incident_id for unit in view.units for trip in unit.trips]
    assert set(trips) == set(made)
    # Who plans one pick-up by hand while the day is planned may give it a second unit, as a dispatcher may always.
    assert len(trips) <= len(made) + 4
