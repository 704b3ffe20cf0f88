"""Each clock: set when its reason begins, forgotten when it ends, and the alert of one that ran out."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import AlertState

from .clocks import OURS, alerts, kinds, seen, timers
from .desk import Desk


def test_an_unanswered_dispatch_raises_an_alert_with_the_next_best_unit(desk: Desk, sent: Any) -> None:
    desk.later(seconds=59)
    assert desk.fire() == 0
    desk.later(seconds=1)
    assert desk.fire() == 1
    [alert] = alerts(desk)
    assert (alert.kind, alert.assignment_id, alert.unit_id) == ("unacknowledged", sent.id, "AMB-01")
    assert (alert.proposed_unit_id, alert.proposed_seconds) == ("AMB-02", 0)
    shown = desk.ask(asked.GetIncident(incident_id=sent.incident_id)).assignments[0]
    assert shown.unacknowledged_at == desk.now
    assert desk.events()[-1] == "alert-raised"


def test_the_answer_ends_the_alert(desk: Desk, sent: Any) -> None:
    desk.later(seconds=60)
    desk.fire()
    desk.report(sent.id, "acknowledged", OURS)
    [alert] = alerts(desk)
    assert (alert.state, alert.resolved_by, alert.resolved_at) == (AlertState.RESOLVED, "system", desk.now)
    assert desk.events().count("alert-resolved") == 1


def test_without_another_unit_the_alert_proposes_none(desk: Desk) -> None:
    desk.fleet("AMB-01")
    desk.send(desk.incident(), "AMB-01")
    desk.later(seconds=60)
    desk.fire()
    assert alerts(desk)[0].proposed_unit_id is None


@pytest.mark.parametrize("step", ["release", "decline", "divert"])
def test_an_assignment_that_ends_takes_its_clocks_and_alerts_with_it(desk: Desk, sent: Any, step: str) -> None:
    desk.later(seconds=60)
    desk.fire()
    desk.report(sent.id, "acknowledged", OURS)
    desk.later(minutes=5)
    desk.fire()
    assert kinds(desk) == ["not_moving", "status_too_long"]
    if step == "divert":
        desk.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=desk.incident(), reason="kasus merah"))
    elif step == "release":
        desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="salah alamat"))
    else:
        desk.ask(asked.DeclineAssignment(assignment_id=sent.id, reason="ban kempes"), OURS)
    assert kinds(desk) == []
    assert desk.rows("SELECT 1 FROM timer WHERE subject = :id", id=str(sent.id)) == []


def test_a_unit_that_stands_raises_an_alert_until_it_moves(desk: Desk, sent: Any) -> None:
    seen(desk, 0)
    desk.report(sent.id, "acknowledged", OURS)
    desk.later(seconds=90)
    seen(desk, 0.5)
    desk.later(seconds=90)
    assert desk.fire() == 1
    [alert] = alerts(desk)
    assert (alert.kind, alert.detail) == ("not_moving", {"positions": 2, "limit_seconds": 180})
    seen(desk, 3, desk.later(seconds=20))
    desk.later(seconds=10)
    desk.fire()
    assert kinds(desk) == []


def test_a_unit_that_moved_is_watched_until_it_arrives(desk: Desk, sent: Any) -> None:
    desk.report(sent.id, "en_route", OURS)
    for step in range(1, 7):
        seen(desk, step, desk.later(seconds=30))
    desk.fire()
    assert kinds(desk) == []
    desk.later(minutes=3)
    desk.fire()
    assert kinds(desk) == ["not_moving"]
    desk.report(sent.id, "on_scene", OURS)
    assert kinds(desk) == []
    assert "assignment-not-moving" not in timers(desk)


def test_a_unit_without_any_position_is_not_seen_to_move(desk: Desk, sent: Any) -> None:
    desk.report(sent.id, "acknowledged", OURS)
    desk.later(minutes=3)
    desk.fire()
    assert alerts(desk)[0].detail["positions"] == 0


def test_a_standing_unit_that_a_person_has_settled_is_not_raised_again(desk: Desk, sent: Any) -> None:
    desk.report(sent.id, "en_route", OURS)
    desk.later(minutes=3)
    desk.fire()
    desk.ask(asked.ResolveAlert(alert_id=alerts(desk)[0].id))
    for _ in range(5):
        desk.later(seconds=30)
        assert desk.fire() == 1
    assert len(alerts(desk)) == 1


def test_a_milestone_that_comes_late_is_measured_by_when_it_happened(desk: Desk, sent: Any) -> None:
    for step in (1, 2, 3):
        seen(desk, step, desk.later(seconds=60))
    told = desk.now
    desk.later(minutes=4)
    desk.report(sent.id, "en_route", OURS, at=told)  # without signal for four minutes, and not seen since
    desk.fire()
    assert kinds(desk) == ["not_moving"]


def test_over_target_counts_from_the_call_to_the_first_unit_on_scene(desk: Desk, sent: Any) -> None:
    desk.report(sent.id, "en_route", OURS)
    desk.later(minutes=15)
    desk.fire()
    assert "over_target" in kinds(desk)
    alert = next(one for one in alerts(desk) if one.kind == "over_target")
    assert (alert.detail, alert.proposed_unit_id) == ({"target_seconds": 900}, None)
    desk.report(sent.id, "on_scene", OURS)
    assert kinds(desk) == []
    assert "incident-over-target" not in timers(desk)


def test_a_call_that_nobody_sends_a_unit_to_is_not_forgotten(desk: Desk) -> None:
    desk.fleet("AMB-01")
    desk.incident()
    desk.later(minutes=15)
    desk.fire()
    [alert] = alerts(desk)
    assert (alert.kind, alert.proposed_unit_id) == ("over_target", "AMB-01")


def test_the_colour_moves_the_target(desk: Desk) -> None:
    id = desk.incident()
    desk.later(minutes=15)
    desk.fire()
    desk.ask(asked.TriageIncident(incident_id=id, triage="kuning"))
    assert kinds(desk) == []
    desk.later(minutes=14)
    assert desk.fire() == 0
    desk.later(minutes=1)
    desk.fire()
    [alert] = alerts(desk, "open")
    assert alert.detail == {"target_seconds": 1800, "triage": "kuning"}
    desk.ask(asked.TriageIncident(incident_id=id, triage="hitam"))
    assert (kinds(desk), timers(desk)) == ([], set())


def test_a_target_that_was_changed_holds_for_the_next_call(desk: Desk) -> None:
    desk.ask(asked.SetTargets(merah_minutes=1, kuning_minutes=2, hijau_minutes=3))
    desk.incident()
    desk.later(minutes=1)
    desk.fire()
    assert kinds(desk) == ["over_target"]
