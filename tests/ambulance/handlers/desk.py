"""A dispatch centre for tests: asks the real handlers on a real database, with a clock of its own."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.firing import fire_one
from chassis.runtime import Runtime
from chassis.work import Cause, Work
from contracts import ambulance as asked
from contracts.ambulance.values import UnitState, UnitType
from contracts.base import Request
from contracts.context import Actor
from contracts.geography import Point
from services.ambulance import handlers
from services.ambulance.handlers import (
    call_backs,
    care,
    hand_overs,
    moving,
    positions,
    rides,
    run_out,
    siaga,
    speeds,
    watching,
)
from services.ambulance.handlers import timer_kinds as kinds
from tests.ambulance.domain.builders import CENTRE, NOON

MODULES = (
    "alerts",
    "body_transports",
    "configuration",
    "crew",
    "day_plan",
    "dispatch",
    "hand_overs",
    "imports",
    "incidents",
    "intake",
    "planning",
    "positions",
    "progress",
    "proposing",
    "reasons",
    "reports",
    "patients",
    "deaths",
    "hospitals",
    "resources",
    "rides",
    "speeds",
)
TIMERS = {
    kinds.UNACKNOWLEDGED: run_out.not_acknowledged,
    kinds.NOT_MOVING: run_out.not_moving,
    kinds.STATUS: run_out.status_too_long,
    kinds.PLAN_DUE: run_out.plan_due,
    kinds.FACILITY_ANSWER: run_out.facility_unanswered,
    kinds.PICKUP_LOST: moving.pickup_lost,
    kinds.RIDE_SERIES: rides.series_due,
    kinds.RECEIPT: hand_overs.receipt_overdue,
    kinds.OVER_TARGET: run_out.over_target,
    kinds.UNASSIGNED: run_out.regular_unassigned,
    kinds.NOT_CLOSED: care.not_closed,
    kinds.AUTO_DISPATCH: siaga.auto_dispatch,
    kinds.CALL_BACK: call_backs.call_back_due,
    kinds.PARTITIONS: positions.keep_partitions,
    kinds.LEARN_SPEEDS: speeds.learn_nightly,
    kinds.COVERAGE: watching.sample_coverage,
}
OPERATOR = Actor(subject="operator-1")


def crew(*units: str, subject: str = "crew-1") -> Actor:
    """Somebody who may touch only these units."""
    return Actor(subject=subject, rows={"unit": units})


def handler(request: type[Request]) -> Any:
    """The function that answers."""
    name = request.operation.partition(".")[2]
    found = [getattr(getattr(handlers, module), name, None) for module in MODULES]
    return next(function for function in found if function is not None)


class Desk:
    """Asks as an operator unless told otherwise."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime, self.now = runtime, NOON
        runtime.now = lambda: self.now

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**span)
        return self.now

    def ask(self, request: Request, actor: Actor = OPERATOR) -> Any:
        """The reply; raises what the handler refuses."""
        answer = handler(type(request))

        def task(work: Work) -> Any:
            reply = answer(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=actor, action=request.operation, correlation_id="story-1")
        return self.runtime.run(task, cause, transactional=request.changes)

    def fire(self) -> int:
        """Fire every clock that has run out; returns how many."""
        return next(count for count in itertools.count() if not fire_one(self.runtime, TIMERS))

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the database says."""
        with self.runtime.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def events(self) -> list[str]:
        """Types of the events in the outbox, without service and version, in order."""
        return [row.type.split(".")[1] for row in self.rows("SELECT type FROM outbox ORDER BY seq")]

    def fleet(self, *ids: str, state: UnitState = UnitState.AVAILABLE, base: Point = CENTRE) -> None:
        """Units with life support, on duty."""
        units = tuple({"id": id, "type": UnitType.BLS, "base": base} for id in ids)
        self.ask(asked.ImportUnits(units=units))
        for id in ids:
            if state is not UnitState.OFF_DUTY:
                self.ask(asked.SetUnitStatus(unit_id=id, state=state, reason="servis"))

    def incident(self, **more: Any) -> UUID:
        """An incident in the centre of the city."""
        return self.ask(asked.OpenIncident(**{"location": CENTRE, **more})).id

    def send(self, incident_id: UUID, unit_id: str) -> Any:
        """Dispatch a unit."""
        return self.ask(asked.DispatchUnit(incident_id=incident_id, unit_id=unit_id))

    def report(self, assignment_id: UUID, milestone: str, actor: Actor = OPERATOR, **more: Any) -> Any:
        """A milestone."""
        return self.ask(asked.RecordMilestone(assignment_id=assignment_id, milestone=milestone, **more), actor)
