"""What a small model knows of a dispatch centre, and what its rows must never show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from contracts import ambulance as asked
from contracts.ambulance.values import AssignmentState, Milestone
from contracts.context import Actor
from contracts.problems import Problem

from .desk import Desk
from .test_concurrency import ACTIVE_TWICE

RANK = {state: rank for rank, state in enumerate(("dispatched", *Milestone))}
ACTIVE = "state IN ({})".format(
    ", ".join(f"'{state}'" for state in AssignmentState if state in RANK and state != "completed")
)
ROWS = {
    "a unit has two active assignments": ACTIVE_TWICE,
    "a closed incident has an active assignment": """SELECT 1 FROM assignment
        JOIN incident ON incident.id = incident_id AND incident.state = 'closed'
        WHERE assignment.state NOT IN ('completed', 'declined', 'released', 'diverted')""",
    "a closed incident has no outcome, or an open one has": """SELECT 1 FROM incident
        WHERE (state = 'closed') <> (outcome IS NOT NULL) OR (state = 'closed') <> (closed_at IS NOT NULL)""",
    "a number of a subject's changes was told twice, or one was left out": """SELECT 1 FROM (
        SELECT subject, sequence, lag(sequence) OVER (PARTITION BY subject ORDER BY seq) AS before FROM outbox) AS told
        WHERE sequence < before""",
    "a change was told that its subject has not made": """SELECT 1 FROM outbox
        JOIN incident ON incident.id::text = subject WHERE sequence > incident.version""",
    "somebody died by one person's word": """SELECT 1 FROM patient WHERE outcome = 'deceased'
        AND (death_reported_by IS NULL OR death_confirmed_by IS NULL OR death_reported_by = death_confirmed_by)""",
    "an assignment has no reason": """SELECT 1 FROM assignment LEFT JOIN choice ON assignment_id = id
        WHERE assignment_id IS NULL""",
    "a call has lost more than one unit": """SELECT incident_id FROM assignment WHERE state = 'diverted'
        GROUP BY incident_id HAVING count(*) > 1""",
    "a unit waits elsewhere that is sent or off duty": f"""SELECT 1 FROM unit WHERE standby_since IS NOT NULL
        AND (state <> 'available' OR id IN (SELECT unit_id FROM assignment WHERE {ACTIVE}))""",
    "a plan is open for a closed incident": """SELECT 1 FROM plan JOIN incident ON incident.id = incident_id
        WHERE plan.state = 'planned' AND incident.state = 'closed'""",
    "they took what nobody offered or handed over": """SELECT 1 FROM incident WHERE received_at IS NOT NULL
        AND offered_at IS NULL AND outcome IS DISTINCT FROM 'handed_over'""",
    "milestones go back in time": """SELECT 1 FROM milestone AS one JOIN milestone AS other USING (assignment_id)
        WHERE one.milestone = 'en_route' AND other.milestone = 'on_scene' AND other.at < one.at""",
}


@dataclass
class Trip:
    """What the model knows of an assignment."""

    id: UUID
    incident: int
    unit: str
    state: str = "dispatched"
    reported: set[str] = field(default_factory=set)

    @property
    def active(self) -> bool:
        return self.state in RANK and self.state != "completed"


class Asking:
    """Asks and looks whether a refusal has left a trace, and whether what is asked twice is done twice."""

    desk: ClassVar[Desk]

    def _told(self, request: Any, allowed: bool, refusals: tuple[type[Problem], ...], also: Any = ()) -> Any:
        """The reply, which there must be if it is allowed, and must not be otherwise; `also` may be refused anyway."""
        before = self._counts()
        try:
            reply = self.desk.ask(request)
        except refusals as refusal:
            assert not allowed or isinstance(refusal, also), f"refused though possible: {refusal}"
            assert self._counts() == before, "a refusal has changed something"
            return None
        assert allowed, f"done though impossible: {request!r}"
        again = self._counts()
        if not isinstance(request, asked.DispatchUnit | asked.DivertUnit):
            assert self.desk.ask(request) == reply and self._counts() == again, "told twice, done twice"
        return reply

    def _tried(self, request: Any, *refusals: type[Problem], actor: Actor | None = None) -> Any:
        """The reply, or None where it is refused without a trace."""
        before = self._counts()
        try:
            return self.desk.ask(request, **({"actor": actor} if actor else {}))
        except refusals:
            assert self._counts() == before, "a refusal has changed something"
            return None

    def _counts(self) -> Any:
        return self.desk.rows("SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM audit)")
