"""Clocks of a status, of whole trips, and what is left of them at their end."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import AlertKind, Milestone
from tests.ambulance.domain.builders import CENTRE

from .clocks import CLOCKS, OURS, alerts, kinds, timers
from .desk import Desk


@pytest.mark.parametrize(
    ("milestone", "minutes", "kind"),
    [
        ("acknowledged", 5, "status_too_long"),
        ("en_route", 45, "status_too_long"),
        ("on_scene", 45, "status_too_long"),
        ("patient_loaded", 60, "status_too_long"),
        ("at_hospital", 30, "hand_over_too_long"),
        ("handed_over", 30, "status_too_long"),
    ],
)
def test_a_status_that_lasts_too_long(desk: Desk, sent: Any, milestone: str, minutes: int, kind: str) -> None:
    desk.report(sent.id, milestone, OURS)
    desk.later(minutes=minutes, seconds=-1)
    desk.fire()
    assert kind not in kinds(desk)
    desk.later(seconds=1)
    desk.fire()
    assert kind in kinds(desk)
    desk.report(sent.id, list(Milestone)[list(Milestone).index(Milestone(milestone)) + 1], OURS)
    assert kind not in kinds(desk)


def test_a_status_without_a_limit_has_no_clock(desk: Desk, sent: Any) -> None:
    limits = {name: None for name in asked.StatusLimits.model_fields}
    desk.ask(asked.SetStatusLimits(**limits))
    desk.report(sent.id, "on_scene", OURS)
    assert timers(desk) == set()


def test_a_late_milestone_restarts_no_clock_of_the_state(desk: Desk, sent: Any) -> None:
    told = desk.later(minutes=1)
    desk.report(sent.id, "at_hospital", OURS, at=desk.later(minutes=1))
    due = desk.rows("SELECT due_at FROM timer WHERE kind = 'assignment-status'")
    desk.later(minutes=5)
    desk.report(sent.id, "en_route", OURS, at=told)
    assert desk.rows("SELECT due_at FROM timer WHERE kind = 'assignment-status'") == due
    assert timers(desk) == {"assignment-status"}


def test_what_a_person_has_settled_is_not_raised_again_by_a_milestone(desk: Desk, sent: Any) -> None:
    desk.report(sent.id, "acknowledged", OURS)
    desk.later(minutes=3)
    desk.fire()
    desk.ask(asked.ResolveAlert(alert_id=alerts(desk)[0].id))
    desk.report(sent.id, "en_route", OURS)
    desk.later(seconds=30)
    desk.fire()
    assert kinds(desk) == []
    told = desk.now
    desk.report(sent.id, "at_hospital", OURS)
    desk.later(minutes=30)
    desk.fire()
    desk.ask(asked.ResolveAlert(alert_id=alerts(desk)[0].id))
    desk.report(sent.id, "on_scene", OURS, at=told)
    assert (desk.fire(), kinds(desk)) == (0, [])


def test_a_whole_trip_leaves_no_clock_but_the_one_for_closing(desk: Desk, sent: Any) -> None:
    for milestone in Milestone:
        desk.later(seconds=30)
        desk.report(sent.id, milestone, OURS)
    assert timers(desk) == {"incident-not-closed"}
    assert alerts(desk) == []


def test_a_closed_incident_leaves_no_clock_and_no_alert_behind(desk: Desk) -> None:
    id = desk.incident()
    desk.later(minutes=20)
    desk.fire()
    desk.ask(asked.CloseIncident(incident_id=id, outcome="unfounded"))
    assert (kinds(desk), timers(desk)) == ([], set())


def test_clocks_that_were_due_long_ago_fire_once_each(desk: Desk, sent: Any) -> None:
    for number in range(3):
        desk.ask(asked.OpenIncident(location=CENTRE, landmark=f"pasar {number}"))
    desk.later(days=2)
    desk.fire()
    assert desk.fire() == 0
    assert sorted(one.kind for one in alerts(desk)) == ["over_target"] * 4 + ["unacknowledged"]
    desk.later(days=2)
    desk.fire()
    assert len(alerts(desk)) == 5


def test_the_limits_are_the_configuration_s(desk: Desk) -> None:
    desk.ask(asked.SetClocks(**{**CLOCKS, "acknowledge_seconds": 10}))
    desk.fleet("AMB-01")
    desk.send(desk.incident(), "AMB-01")
    desk.later(seconds=10)
    desk.fire()
    assert kinds(desk) == [AlertKind.UNACKNOWLEDGED]
