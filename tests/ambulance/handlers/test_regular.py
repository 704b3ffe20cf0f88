"""Regular requests: planned for a pick-up time, listed, watched while unassigned, cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import IncidentClass, IncidentState
from contracts.problems import InvalidRequest

from .desk import Desk, crew

REGULAR = {"incident_class": IncidentClass.REGULAR, "kind": "transport"}


def planned(desk: Desk, hours: float) -> UUID:
    return desk.incident(**REGULAR, pickup_at=desk.now + timedelta(hours=hours))


def listed(desk: Desk, **filters: Any) -> list[UUID]:
    return [one.id for one in desk.ask(asked.ListPickups(**filters)).items]


def open_kinds(desk: Desk) -> list[str]:
    return [one.kind for one in desk.ask(asked.ListAlerts(state="open")).items]


def test_the_earliest_pick_up_comes_first_page_by_page(desk: Desk) -> None:
    late, early, middle = planned(desk, 9), planned(desk, 2), planned(desk, 5)
    desk.incident()
    desk.incident(**REGULAR)
    first = desk.ask(asked.ListPickups(limit=2))
    assert [one.id for one in first.items] == [early, middle]
    assert listed(desk, limit=2, cursor=first.next) == [late]
    assert listed(desk, before=desk.now + timedelta(hours=5)) == [early]


def test_those_without_a_unit(desk: Desk) -> None:
    desk.fleet("AMB-01")
    served, waiting = planned(desk, 0.5), planned(desk, 3)
    sent = desk.send(served, "AMB-01")
    assert listed(desk, unit="unassigned") == [waiting]
    assert listed(desk, unit="assigned") == [served]
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="mogok"))
    assert listed(desk, unit="unassigned") == [served, waiting]


def test_an_hour_before_pick_up_an_unassigned_request_raises_an_alert(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = planned(desk, 3)
    desk.later(hours=2, seconds=-1)
    assert desk.fire() == 0
    desk.later(seconds=1)
    desk.fire()
    [alert] = desk.ask(asked.ListAlerts()).items
    assert (alert.kind, alert.incident_id, alert.proposed_unit_id) == ("regular_unassigned", id, "AMB-01")
    desk.send(id, "AMB-01")
    assert open_kinds(desk) == []


def test_a_request_at_short_notice_is_told_at_once(desk: Desk) -> None:
    planned(desk, 0.5)
    desk.fire()
    assert open_kinds(desk) == ["family_to_tell", "regular_unassigned"]


def test_a_request_that_loses_its_unit_is_watched_again(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = planned(desk, 3)
    sent = desk.ask(asked.DispatchUnit(incident_id=id, unit_id="AMB-01", at_once=True))
    assert desk.rows("SELECT 1 FROM timer WHERE kind = 'incident-regular-unassigned'") == []
    desk.ask(asked.DeclineAssignment(assignment_id=sent.id, reason="ban kempes"), crew("AMB-01"))
    desk.fire()  # nobody else is there; it is early
    assert open_kinds(desk) == []
    desk.later(hours=2)
    desk.fire()
    assert open_kinds(desk) == ["regular_unassigned"]


def test_a_cancelled_request_is_forgotten(desk: Desk) -> None:
    id = planned(desk, 0.5)
    desk.fire()
    closed = desk.ask(asked.CloseIncident(incident_id=id, outcome="cancelled", reason="keluarga membatalkan"))
    assert closed.state is IncidentState.CLOSED
    assert (listed(desk), open_kinds(desk), desk.fire()) == ([], [], 0)


def test_a_contact_becomes_a_planned_request(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact()).id
    pickup_at = desk.now + timedelta(hours=4)
    disposed = desk.ask(asked.DisposeContact(contact_id=id, disposition="incident", pickup_at=pickup_at, **REGULAR))
    assert listed(desk) == [disposed.incident_id]


@pytest.mark.parametrize("hours", [-1, -24])
def test_a_pick_up_in_the_past_is_refused(desk: Desk, hours: float) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        planned(desk, hours)
    assert [(wrong.pointer, wrong.code) for wrong in refusal.value.data.errors] == [("/pickup_at", "in_the_past")]
    assert desk.rows("SELECT 1 FROM incident") == desk.rows("SELECT 1 FROM timer WHERE kind LIKE 'incident%'") == []
