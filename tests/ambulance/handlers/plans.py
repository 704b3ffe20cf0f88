"""What tests of planned units do and look at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.values import AssignmentState, IncidentClass, UnitState
from contracts.context import Actor
from contracts.problems import InvalidRequest

from .desk import OPERATOR, Desk

REGULAR = {"incident_class": IncidentClass.REGULAR, "kind": "transport"}


def pickup(desk: Desk, hours: float = 22) -> UUID:
    return desk.incident(**REGULAR, pickup_at=desk.now + timedelta(hours=hours))


def red(desk: Desk) -> UUID:
    id = desk.incident()
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    return id


def unit_state(desk: Desk, id: str = "AMB-01") -> UnitState:
    [state] = [one.state for one in desk.ask(asked.ListUnits()).items if one.id == id]
    return state


def offered(desk: Desk, incident_id: UUID) -> list[str]:
    ranking = desk.ask(asked.RecommendUnits(incident_id=incident_id))
    return [one.unit_id for one in ranking.candidates if one.offered]


def alerts(desk: Desk) -> list[tuple[str, Any, str | None]]:
    open_ones = desk.ask(asked.ListAlerts(state="open")).items
    return [(one.kind, one.detail, one.proposed_unit_id) for one in open_ones]


def plan(desk: Desk, incident_id: UUID, unit_id: str = "AMB-01") -> Any:
    return desk.ask(asked.PlanUnit(incident_id=incident_id, unit_id=unit_id))


def refused(desk: Desk, incident_id: UUID) -> str:
    with pytest.raises(InvalidRequest) as refusal:
        plan(desk, incident_id)
    [wrong] = refusal.value.data.errors
    return wrong.code


def planned(desk: Desk, incident_id: UUID, actor: Actor = OPERATOR) -> list[str]:
    return [one.unit_id for one in desk.ask(asked.GetIncident(incident_id=incident_id), actor).plans]


def state(desk: Desk, incident_id: UUID) -> list[tuple[str, AssignmentState]]:
    return [(one.unit_id, one.state) for one in desk.ask(asked.GetIncident(incident_id=incident_id)).assignments]
