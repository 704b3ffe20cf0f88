"""What tests of clocks look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts import ambulance as asked
from contracts.ambulance.values import AlertState
from contracts.geography import Point
from services.ambulance.domain.configuration import Configuration
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew

OURS = crew("AMB-01")
EVERY_DAY = {"position-partitions", "learn-speeds", "coverage-sample"}
"""Chores, not anybody's clock."""
CLOCKS = Configuration().clocks.model_dump()


def alerts(desk: Desk, state: str | None = None) -> list[Any]:
    return list(desk.ask(asked.ListAlerts(state=state)).items)


def kinds(desk: Desk) -> list[str]:
    """Of the alerts that are not resolved."""
    return sorted(one.kind for one in alerts(desk) if one.state is not AlertState.RESOLVED)


def timers(desk: Desk) -> set[str]:
    return {row.kind for row in desk.rows("SELECT kind FROM timer")} - EVERY_DAY


def seen(desk: Desk, step: float, at: datetime | None = None) -> None:
    """A fix so many thousandths of a degree (111 m) east of the centre."""
    where = Point(coordinates=(CENTRE.longitude + step / 1000, CENTRE.latitude))
    desk.ask(asked.ReportPositions(positions=({"unit_id": "AMB-01", "location": where, "at": at or desk.now},)))
