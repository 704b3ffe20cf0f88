"""Siaga mode auto: a red incident with a place gets the recommended unit at once, without an operator's word.

The decision is a durable timer that is due now: it runs as the system, right after the change that caused it, survives
a crash in between, and is tried again while no unit is free. What the centre thinks of a caller is not looked at: the
unit rolls first. Only one near another that has a unit is proposed to a person: it may be the same. Units that were
taken off the incident (declined, called back) are not sent again by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.values import AlertKind
from contracts.ambulance.views import Candidate, Recommendation

from .. import store
from ..domain.alert import About, Detail
from ..domain.duplicates import earlier
from ..domain.eligibility import obstacle
from ..domain.incident import Incident
from ..domain.siaga import awaits_unit
from ..domain.unit import Unit
from . import alerts, choosing, find, reasons, sending, timer_kinds

TRY_AGAIN = timedelta(seconds=15)
CANDIDATES = 50


def consider(work: Work, incident: Incident) -> None:
    """After a colour or a place was given, or a crew has declined: in auto mode, let the system send a unit."""
    if awaits_unit(incident) and store.configuration.get(work).auto:
        _soon(work, incident.id)


def consider_waiting(work: Work) -> None:
    """When auto mode begins: the red incidents that wait already."""
    for incident_id in store.incident.waiting_red(work):
        _soon(work, incident_id)


def auto_dispatch(work: Work, timer: Timer) -> None:
    """Send the best unit that is still free; with none, say so and try again. Never a second unit."""
    ranking = _ranking(
        work, find.incident(work, UUID(timer.subject))
    )  # first: a road engine is not waited for with locks
    incident = find.incident(work, UUID(timer.subject), lock=True)
    if not store.configuration.get(work).auto or not awaits_unit(incident):
        return
    if store.assignment.count_active(work, incident.id):
        return
    if (told_before := _told_before(work, incident)) is not None:
        _ask(work, incident, told_before)
        return
    best = next(_free(work, incident, ranking), None) if ranking else None
    if ranking is None:
        _failed(work, incident, "place_not_on_map")
    elif best is None:
        _failed(work, incident, "no_unit_free")
    else:
        unit, candidate = best
        chosen = {"recommended": ranking.recommended, "closest": ranking.closest, "reason": candidate.reason}
        sending.send(work, incident, unit, reasons.of_auto(ranking, unit.id), siaga="auto", **chosen)
        _call_back(work, incident)


def _call_back(work: Work, incident: Incident) -> None:
    """Whoever told of it has played pranks: somebody rings back while the unit rolls."""
    if store.caller.doubted(work, [incident.id]):
        alerts.raise_alert(work, AlertKind.CALLER_DOUBTED, About(incident_id=incident.id))


def _told_before(work: Work, incident: Incident) -> Incident | None:
    """An earlier incident that may be the same one and has a unit, or gets one: twenty taps are one crash."""
    for other in earlier(incident, store.incident.opened_around(work, incident.opened_at, incident.id)):
        if awaits_unit(other) or store.assignment.count_active(work, other.id):
            return other
    return None


def _ask(work: Work, incident: Incident, other: Incident) -> None:
    """A person decides: send the proposed unit, or close it as a duplicate."""
    detail: Detail = {"may_be_same": str(other.id)}
    proposal = choosing.proposal(work, incident)
    alerts.raise_alert(work, AlertKind.POSSIBLE_DUPLICATE, About(incident_id=incident.id), detail, proposal)
    work.audit(incident.id, siaga="auto", may_be_same=str(other.id))


def _soon(work: Work, incident_id: UUID) -> None:
    work.remind(timer_kinds.AUTO_DISPATCH, incident_id, work.now)
    work.audit(incident_id, siaga="auto", considered=True)


def _ranking(work: Work, incident: Incident) -> Recommendation | None:
    try:
        return choosing.recommend(work, incident, CANDIDATES, choosing.by_road(work))
    except PlaceMissing:
        return None


def _free(work: Work, incident: Incident, ranking: Recommendation) -> Iterator[tuple[Unit, Candidate]]:
    """Units in the order of the recommendation, locked; one that was taken since it was ranked is passed over."""
    before = store.assignment.units_taken_off(work, incident.id)
    for candidate in ranking.candidates:
        if not candidate.offered or candidate.unit_id in before:
            continue
        unit = find.unit(work, candidate.unit_id, lock=True)
        taken = store.assignment.active_of_unit(work, unit.id) is not None
        if not taken and obstacle(unit, incident.incident_class, incident.triage) is None:
            yield unit, candidate


def _failed(work: Work, incident: Incident, reason: str) -> None:
    about = About(incident_id=incident.id)
    alerts.raise_alert(work, AlertKind.AUTO_DISPATCH_FAILED, about, {"reason": reason})
    work.remind(timer_kinds.AUTO_DISPATCH, incident.id, work.now + TRY_AGAIN)
    work.audit(incident.id, siaga="auto", failed=reason)
