"""Siaga: in confirm nothing happens by itself; in auto a red incident with a place gets one unit at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import UnitTaken
from contracts.ambulance.values import UnitState
from contracts.geography import Point
from tests.ambulance.domain.builders import CENTRE
from tests.support.waiting import until

from .desk import Desk, crew
from .figures import remove_what_strangers_wrote
from .test_concurrency import ACTIVE_TWICE, busy_desk  # noqa: F401
from .test_dispatch import FAR

NEAR = Point(coordinates=(106.6330, -6.1718))
BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture
def auto(desk: Desk) -> Desk:
    """Mode auto, one unit near and one far."""
    desk.fleet("NEAR", base=NEAR)
    desk.fleet("FAR", base=FAR)
    desk.ask(asked.SetSiagaMode(mode="auto"))
    return desk


def red(desk: Desk, **more: Any) -> UUID:
    """Each half a kilometre from the one before, unless told otherwise: what is near may be the same."""
    north = 0.005 * desk.rows("SELECT count(*) FROM incident")[0].count
    place = Point(coordinates=(CENTRE.longitude, CENTRE.latitude + north))
    id = desk.incident(**{"location": place, **more})
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    return id


def units(desk: Desk, incident_id: UUID) -> list[str]:
    """Those sent, in order."""
    return [one.unit_id for one in desk.ask(asked.GetIncident(incident_id=incident_id)).assignments]


def open_alerts(desk: Desk) -> list[tuple[str, Any]]:
    return [(one.kind, one.detail.get("reason")) for one in desk.ask(asked.ListAlerts(state="open")).items]


def test_in_confirm_nothing_happens_by_itself(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = red(desk)
    assert desk.fire() == 0
    assert units(desk, id) == []


def test_in_auto_a_red_incident_gets_the_recommended_unit_at_once(auto: Desk) -> None:
    id = red(auto)
    auto.fire()
    assert units(auto, id) == ["NEAR"]
    [row] = auto.rows("SELECT actor, action, correlation_id, detail FROM audit WHERE detail ? 'recommended'")
    assert (row.actor, row.action, row.correlation_id) == ("system", "timer incident-auto-dispatch", "story-1")
    chosen = {"siaga": "auto", "recommended": "NEAR", "closest": "NEAR", "reason": "closest", "unit_id": "NEAR"}
    assert chosen.items() <= row.detail.items()
    assert auto.events()[-1] == "unit-dispatched"


def test_never_a_second_unit(auto: Desk) -> None:
    id = red(auto)
    auto.fire()
    auto.ask(asked.TriageIncident(incident_id=id, triage="kuning"))
    auto.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    auto.ask(asked.LocateIncident(incident_id=id, location=NEAR))
    auto.later(seconds=15)
    auto.fire()
    assert units(auto, id) == ["NEAR"]


def test_a_unit_that_an_operator_sent_first_is_enough(auto: Desk) -> None:
    id = red(auto)
    auto.send(id, "FAR")
    auto.fire()
    assert units(auto, id) == ["FAR"]


@pytest.mark.parametrize("colour", ["kuning", "hijau", "hitam"])
def test_only_red(auto: Desk, colour: str) -> None:
    id = auto.incident()
    auto.ask(asked.TriageIncident(incident_id=id, triage=colour))
    assert auto.fire() == 0
    assert units(auto, id) == []


def test_a_red_incident_without_a_place_waits_for_it(auto: Desk) -> None:
    id = red(auto, location=None)
    assert auto.fire() == 0
    auto.ask(asked.LocateIncident(incident_id=id, location=NEAR))
    auto.fire()
    assert units(auto, id) == ["NEAR"]


def test_a_place_that_is_not_on_the_map_is_told_to_the_operators(auto: Desk) -> None:
    id = red(auto, location=None, kelurahan_code="36.71.01.1001", landmark="depan pasar")
    auto.fire()
    assert units(auto, id) == []
    assert open_alerts(auto) == [("auto_dispatch_failed", "place_not_on_map")]
    auto.send(id, "FAR")
    assert open_alerts(auto) == []


def test_with_no_unit_free_it_says_so_and_tries_again(auto: Desk) -> None:
    first, second, third = red(auto), red(auto), red(auto)
    auto.fire()
    assert [units(auto, id) for id in (first, second, third)] == [["NEAR"], ["FAR"], []]
    assert open_alerts(auto) == [("auto_dispatch_failed", "no_unit_free")]
    auto.fleet("NEXT")
    auto.later(seconds=15)
    auto.fire()
    assert units(auto, third) == ["NEXT"]
    assert open_alerts(auto) == []
    assert auto.rows(ACTIVE_TWICE) == []


def test_after_a_refusal_the_next_best_goes_and_the_same_is_not_asked_again(auto: Desk) -> None:
    id = red(auto)
    auto.fire()
    going = auto.ask(asked.GetIncident(incident_id=id)).assignments[0]
    wish = asked.DeclineAssignment(assignment_id=going.id, reason="ban kempes")
    auto.ask(wish, crew("NEAR"))
    auto.fire()
    auto.ask(wish, crew("NEAR"))  # the device sends it twice
    auto.fire()
    assert units(auto, id) == ["NEAR", "FAR"]


def test_a_unit_that_the_operator_calls_back_is_not_replaced_by_itself(auto: Desk) -> None:
    id = red(auto)
    auto.fire()
    going = auto.ask(asked.GetIncident(incident_id=id)).assignments[0]
    auto.ask(asked.ReleaseUnit(assignment_id=going.id, reason="dibatalkan"))
    assert auto.fire() == 0
    assert units(auto, id) == ["NEAR"]


def test_red_incidents_that_wait_already_are_served_when_auto_begins(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    served, waiting = red(desk), red(desk)
    desk.send(served, "AMB-01")
    desk.ask(asked.SetSiagaMode(mode="auto"))
    desk.fire()
    assert (units(desk, served), units(desk, waiting)) == (["AMB-01"], ["AMB-02"])


def test_auto_that_ended_before_the_decision_sends_nobody(auto: Desk) -> None:
    id = red(auto)
    auto.ask(asked.SetSiagaMode(mode="confirm"))
    auto.fire()
    assert units(auto, id) == []


def test_a_caller_with_many_pranks_still_gets_the_unit_first(auto: Desk) -> None:
    phone = "+6281290009001"
    for _ in range(5):
        id = auto.ask(asked.RecordContact(phone=phone)).id
        auto.ask(asked.DisposeContact(contact_id=id, disposition="prank", reason="tertawa"))
    called = red(auto, phone=phone)
    auto.fire()
    assert units(auto, called) == ["NEAR"]


def test_a_unit_taken_while_it_was_chosen_is_passed_over_for_the_next_best(auto: Desk) -> None:
    """Another dispatcher holds the best unit's row and commits while the system waits for it."""
    id, theirs = red(auto), auto.incident()
    with auto.runtime.connect() as other, ThreadPoolExecutor(1) as threads:
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM unit WHERE id = 'NEAR' FOR NO KEY UPDATE")
        system = threads.submit(auto.fire)
        until(lambda: auto.rows(BLOCKED), "the system to wait for the unit")
        other.execute(
            "INSERT INTO assignment (id, incident_id, unit_id, state, dispatched_at, version)"
            " VALUES (gen_random_uuid(), %s, 'NEAR', 'dispatched', now(), 1)",
            (theirs,),
        )
        other.execute("COMMIT")
        system.result(20)
    assert units(auto, id) == ["FAR"]
    assert auto.rows(ACTIVE_TWICE) == []
    remove_what_strangers_wrote(auto)


def test_a_unit_that_went_off_duty_meanwhile_is_passed_over(auto: Desk) -> None:
    auto.ask(asked.SetUnitStatus(unit_id="NEAR", state=UnitState.OUT_OF_SERVICE, reason="servis"))
    id = red(auto)
    auto.fire()
    assert units(auto, id) == ["FAR"]


def test_operators_and_the_system_at_once_send_one_unit_each_incident(busy_desk: Desk) -> None:  # noqa: F811
    desk, count = busy_desk, 20
    ids = [f"AMB-{number:02}" for number in range(count)]
    desk.fleet(*ids)
    desk.ask(asked.SetSiagaMode(mode="auto"))
    incidents = [red(desk) for _ in range(count)]

    def operator(number: int) -> None:
        with suppress(UnitTaken):
            desk.send(incidents[number], ids[(number * 7) % count])

    with ThreadPoolExecutor(8) as threads:
        system = [threads.submit(desk.fire) for _ in range(4)]
        list(threads.map(operator, range(count)))
        for one in system:
            one.result(60)
    assert desk.rows(ACTIVE_TWICE) == []
    by_system = desk.rows("SELECT subject FROM audit WHERE detail ->> 'siaga' = 'auto' AND detail ? 'unit_id'")
    by_operator = desk.rows("SELECT subject FROM audit WHERE action = 'ambulance.dispatch_unit'")
    assert len(by_system) + len(by_operator) == len(desk.rows("SELECT 1 FROM assignment"))
    twice = """SELECT incident_id FROM assignment JOIN audit ON audit.subject = assignment.id::text
    WHERE detail ->> 'siaga' = 'auto' GROUP BY incident_id HAVING count(*) > 1"""
    assert desk.rows(twice) == []
