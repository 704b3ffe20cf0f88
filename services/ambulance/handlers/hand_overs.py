"""Incidents of another jurisdiction: nobody lays the telephone down before somebody there says that they have it."""

from __future__ import annotations

from uuid import UUID

from chassis.masking import mask_text
from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.requests.hand_overs import ConfirmHandOver, OfferHandOver, RefuseHandOver
from contracts.ambulance.values import AlertKind, IncidentState
from contracts.ambulance.views import IncidentView
from contracts.base import Event

from .. import store
from ..domain.alert import About
from ..domain.hand_over import Receipt
from ..domain.incident import Incident
from . import alerts, clocks, find, planning
from .incidents import shown


def offer_hand_over(work: Work, request: OfferHandOver) -> IncidentView:
    """They are asked."""
    incident = find.incident(work, request.incident_id, lock=True)
    events = incident.offer(mask_text(request.to), work.now)
    if events:
        clocks.receipt_awaited(work, incident)
    return _saved(work, incident, events, hand_over="offered")


def confirm_hand_over(work: Work, request: ConfirmHandOver) -> IncidentView:
    """They have it."""
    incident = find.incident(work, request.incident_id, lock=True)
    was, active = incident.state, store.assignment.count_active(work, incident.id)
    reference = (request.reference or "").strip() or None
    receipt = Receipt(mask_text(request.received_by), request.received_at or work.now, reference)
    events = incident.confirm(receipt, active, work.now)
    if events and was is not IncidentState.CLOSED:
        planning.request_closed(work, incident)
        clocks.incident_closed(work, incident)
    if events:
        clocks.receipt_settled(work, incident)
    return _saved(work, incident, events, hand_over="confirmed")


def refuse_hand_over(work: Work, request: RefuseHandOver) -> IncidentView:
    """They do not take it."""
    incident = find.incident(work, request.incident_id, lock=True)
    events = incident.refuse_offer(request.reason)
    if events:
        clocks.receipt_settled(work, incident)
    return _saved(work, incident, events, hand_over="refused", reason=request.reason)


def receipt_overdue(work: Work, timer: Timer) -> None:
    """Nobody has said that they have it."""
    incident = find.incident(work, UUID(timer.subject), lock=True)
    if incident.receipt_due:
        alerts.raise_alert(work, AlertKind.HAND_OVER_UNCONFIRMED, About(incident_id=incident.id))


def _saved(work: Work, incident: Incident, events: list[Event], **audited: str) -> IncidentView:
    if events:
        store.incident.save(work, incident)
        work.emit(incident.id, incident.version, *events)
        work.audit(incident.id, state=incident.state, **audited)
    return shown(work, incident)
