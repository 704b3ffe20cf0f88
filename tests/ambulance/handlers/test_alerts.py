"""Alerts as people handle them, and the call-back tasks of cut-off calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import AlertKind, AlertState, Disposition
from contracts.context import Actor
from contracts.problems import NotFound
from tests.ambulance.domain.builders import uuid

from .desk import Desk, crew

PHONE, OTHER = "+6281290009000", Actor(subject="operator-2")


@pytest.fixture
def raised(desk: Desk) -> Any:
    """Two unanswered dispatches."""
    desk.fleet("AMB-01", "AMB-02")
    for unit in ("AMB-01", "AMB-02"):
        desk.send(desk.incident(), unit)
        desk.later(seconds=1)
    desk.later(seconds=60)
    desk.fire()
    return desk.ask(asked.ListAlerts()).items


def cut_off(desk: Desk, phone: str | None = PHONE) -> UUID:
    """A call that broke off."""
    id: UUID = desk.ask(asked.RecordContact(phone=phone)).id
    desk.ask(asked.DisposeContact(contact_id=id, disposition=Disposition.CUT_OFF))
    return id


def tasks(desk: Desk) -> list[tuple[str, int]]:
    """State and attempt of the call-back tasks, oldest first."""
    found = desk.ask(asked.ListAlerts(kind=AlertKind.CALL_BACK_DUE)).items
    return [(str(one.state), one.detail["attempt"]) for one in reversed(found)]


def test_lists_page_newest_first_and_filter(desk: Desk, raised: Any) -> None:
    first = desk.ask(asked.ListAlerts(limit=1))
    second = desk.ask(asked.ListAlerts(limit=1, cursor=first.next))
    assert [*first.items, *second.items] == list(raised)
    assert second.next is None
    assert desk.ask(asked.ListAlerts(kind=AlertKind.OVER_TARGET)).items == ()
    assert desk.ask(asked.ListAlerts(state=AlertState.RESOLVED)).items == ()
    of_one = desk.ask(asked.ListAlerts(incident_id=raised[0].incident_id)).items
    assert [one.id for one in of_one] == [raised[0].id]


def test_a_crew_sees_the_alerts_of_its_own_unit(desk: Desk, raised: Any) -> None:
    assert [one.unit_id for one in desk.ask(asked.ListAlerts(), crew("AMB-02")).items] == ["AMB-02"]
    assert desk.ask(asked.ListAlerts(), crew("AMB-09")).items == ()


def test_who_acknowledged_first_stays(desk: Desk, raised: Any) -> None:
    wish = asked.AcknowledgeAlert(alert_id=raised[0].id)
    first = desk.ask(wish)
    assert (first.state, first.acknowledged_by) == (AlertState.ACKNOWLEDGED, "operator-1")
    assert desk.ask(wish, OTHER) == first


def test_a_person_resolves_once(desk: Desk, raised: Any) -> None:
    wish = asked.ResolveAlert(alert_id=raised[0].id)
    shown = desk.ask(wish)
    assert (shown.state, shown.resolved_by, shown.version) == (AlertState.RESOLVED, "operator-1", 2)
    assert desk.ask(wish, OTHER) == shown
    assert desk.events().count("alert-resolved") == 1
    with pytest.raises(WrongState):
        desk.ask(asked.AcknowledgeAlert(alert_id=raised[0].id))


def test_an_unknown_alert_is_not_found(desk: Desk) -> None:
    for wish in (asked.AcknowledgeAlert(alert_id=uuid(9)), asked.ResolveAlert(alert_id=uuid(9))):
        with pytest.raises(NotFound):
            desk.ask(wish)


def test_events_of_alerts_hold_ids_and_codes_only(desk: Desk) -> None:
    cut_off(desk)
    desk.later(seconds=15)
    desk.fire()
    [row] = desk.rows("SELECT body::json AS body FROM outbox WHERE type = 'ambulance.alert-raised.v1'")
    assert row.body["kind"] == "call_back_due"
    assert {name for name, value in row.body.items() if value} == {"alert_id", "kind", "contact_id"}


def test_a_cut_off_call_is_a_task_three_times_each_in_place_of_the_one_before(desk: Desk) -> None:
    id = cut_off(desk)
    seen = []
    for seconds in (14, 1, 45, 120, 600):
        desk.later(seconds=seconds)
        desk.fire()
        seen.append([task for task in tasks(desk) if task[0] != "resolved"])
    assert seen == [[], [("open", 1)], [("open", 2)], [("open", 3)], [("open", 3)]]
    assert desk.ask(asked.GetContact(contact_id=id)).call_backs_due == 3


def test_a_caller_who_was_reached_is_not_rung_again(desk: Desk) -> None:
    cut_off(desk)
    desk.later(seconds=15)
    desk.fire()
    desk.ask(asked.ResolveAlert(alert_id=desk.ask(asked.ListAlerts()).items[0].id))
    desk.later(minutes=5)
    assert desk.fire() == 0
    assert tasks(desk) == [("resolved", 1)]


def test_a_caller_who_calls_again_is_not_rung_again(desk: Desk) -> None:
    cut_off(desk)
    desk.later(seconds=15)
    desk.fire()
    desk.later(seconds=5)
    desk.incident(phone=PHONE)
    desk.later(seconds=40)
    desk.fire()
    assert tasks(desk) == [("resolved", 1)]
    assert "contact-call-back" not in {row.kind for row in desk.rows("SELECT kind FROM timer")}


def test_call_backs_follow_the_configuration(desk: Desk) -> None:
    clocks = desk.ask(asked.GetConfiguration()).clocks.model_dump()
    desk.ask(asked.SetClocks(**{**clocks, "call_back_seconds": (5,)}))
    cut_off(desk)
    desk.later(seconds=5)
    desk.fire()
    desk.later(minutes=10)
    assert desk.fire() == 0
    assert tasks(desk) == [("open", 1)]
    desk.ask(asked.SetClocks(**{**clocks, "call_back_seconds": ()}))
    cut_off(desk)
    desk.later(minutes=10)
    assert desk.fire() == 0
