"""Why a unit was sent: the recommendation as it was at that moment, kept with the assignment."""

from __future__ import annotations

from collections.abc import Callable

from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.requests.dispatch import GetChoice
from contracts.ambulance.values import ChoiceMode
from contracts.ambulance.views import Candidate, ChoiceView, Recommendation
from contracts.problems import NotFound

from .. import store
from ..domain.incident import Incident
from ..store.choice import Choice
from . import choosing, find, proposing

KEPT = 10
"""Units of each kind, offered or not, beside the one that was sent."""


def of_an_operator(work: Work, incident: Incident, unit_id: str) -> Choice:
    """What is known when a person has decided. It may ask a road engine: before anything is locked."""
    by_road = choosing.by_road(work)
    return _made(ChoiceMode.OPERATOR, lambda: choosing.recommend(work, incident, KEPT, by_road, unit_id))


def of_a_diversion(work: Work, incident: Incident, unit_id: str) -> Choice:
    """The same, with the reassignment that was proposed."""
    return _made(ChoiceMode.DIVERSION, lambda: proposing.recommend(work, incident, KEPT, unit_id))


def of_a_plan(work: Work, incident: Incident, unit_id: str) -> Choice:
    """Who would be sent now, beside the unit that was planned: by our own speeds, for locks are held."""
    return _made(ChoiceMode.PLAN, lambda: choosing.recommend(work, incident, KEPT, also=unit_id))


def _made(mode: ChoiceMode, recommend: Callable[[], Recommendation]) -> Choice:
    """With nothing known where the place is not on the map."""
    try:
        return Choice(mode, recommend())
    except PlaceMissing:
        return Choice(mode, None)


def of_auto(ranking: Recommendation, unit_id: str) -> Choice:
    """The first units of a longer ranking, and the one that was still free."""
    offered = [one for one in ranking.candidates if one.offered]
    others = [one for one in ranking.candidates if not one.offered]
    kept = [
        one for those in (offered, others) for place, one in enumerate(those) if place < KEPT or one.unit_id == unit_id
    ]
    return Choice(ChoiceMode.AUTO, ranking.model_copy(update={"candidates": tuple(kept)}))


def get_choice(work: Work, query: GetChoice) -> ChoiceView:
    """For the record. Raises NotFound, also for what was sent before choices were kept."""
    assignment = find.assignment(work, query.assignment_id)
    kept = store.choice.get(work, assignment.id)
    if kept is None:
        raise NotFound(
            "no choice was kept for this assignment", detail_id="pilihan untuk penugasan ini tidak tersimpan"
        )
    known = kept.choice.known
    return ChoiceView(
        assignment_id=assignment.id,
        incident_id=assignment.incident_id,
        unit_id=assignment.unit_id,
        mode=kept.choice.mode,
        decided_by=kept.decided_by,
        decided_at=assignment.dispatched_at,
        followed=None if known is None else known.recommended == assignment.unit_id,
        chosen=candidate(known, assignment.unit_id),
        recommendation=known,
    )


def candidate(known: Recommendation | None, unit_id: str) -> Candidate | None:
    """The unit among those of a recommendation."""
    return next((one for one in known.candidates if one.unit_id == unit_id), None) if known else None
