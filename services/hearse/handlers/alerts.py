"""Alerts: raised and cleared by the clocks, listed, acknowledged and resolved by people.

Whoever raises or clears holds the lock of the booking, so a cause that ends and a clock that runs out take turns.
"""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.base import Event
from contracts.context import SYSTEM
from contracts.hearse.requests.alerts import AcknowledgeAlert, ListAlerts, ResolveAlert
from contracts.hearse.values import AlertKind
from contracts.hearse.views import AlertPage, AlertView
from contracts.problems import Forbidden, NotFound

from .. import store
from ..domain.alert import Alert, Detail
from . import find
from .views import alert_view

SETTLED_BY_PEOPLE = frozenset({AlertKind.COMPLAINT, AlertKind.DECEASED_ALIVE})
"""What no end of a trip settles by itself."""


def raise_alert(work: Work, kind: AlertKind, booking_id: UUID, detail: Detail | None = None) -> bool:
    """Raise an alert unless the booking has an unresolved one of this kind; True if it is new."""
    if any(one.kind is kind for one in store.alert.unresolved(work, booking_id)):
        return False
    alert, events = Alert.raised(work.new_id(), kind, booking_id, work.now, detail or {})
    store.alert.add(work, alert)
    work.emit(alert.id, alert.version, *events)
    work.audit(booking_id, alert_id=str(alert.id), alert=kind, **alert.detail)
    return True


def renew(work: Work, kind: AlertKind, booking_id: UUID, detail: Detail) -> None:
    """Raise it, or put the new figures into the one that is there."""
    known = next((one for one in store.alert.unresolved(work, booking_id) if one.kind is kind), None)
    if known is None:
        raise_alert(work, kind, booking_id, detail)
    elif known.detail != detail:
        known.detail, known.version = detail, known.version + 1
        _save(work, known, [])


def clear(work: Work, booking_id: UUID, *kinds: AlertKind) -> None:
    """Resolve the alerts of a booking whose cause has ended: of these kinds, or of all but what people settle."""
    for alert in store.alert.unresolved(work, booking_id):
        if alert.kind in kinds or (not kinds and alert.kind not in SETTLED_BY_PEOPLE):
            _save(work, alert, alert.resolve(SYSTEM.subject, work.now, by_itself=True))


def list_alerts(work: Work, query: ListAlerts) -> AlertPage:
    """Newest first."""
    alerts, cursor = store.alert.pages(work, query)
    return AlertPage(items=tuple(map(alert_view, alerts)), next=cursor)


def acknowledge_alert(work: Work, request: AcknowledgeAlert) -> AlertView:
    """Take it in hand."""
    alert = _load(work, request.alert_id)
    before = alert.version
    alert.acknowledge(work.actor.subject, work.now)
    if alert.version != before:
        _save(work, alert, [])
    return alert_view(alert)


def resolve_alert(work: Work, request: ResolveAlert) -> AlertView:
    """Settle it."""
    alert = _load(work, request.alert_id)
    if alert.kind is AlertKind.COMPLAINT and not work.actor.may(find.SUPERVISE):
        raise Forbidden("a supervisor settles complaints", detail_id="keluhan diselesaikan oleh penyelia")
    events = alert.resolve(work.actor.subject, work.now)
    if events:
        _save(work, alert, events)
    return alert_view(alert)


def _load(work: Work, alert_id: UUID) -> Alert:
    found = store.alert.get(work, alert_id, lock=True)
    if found is None:
        raise NotFound(f"no alert {alert_id}", detail_id=f"tidak ada peringatan {alert_id}")
    return found


def _save(work: Work, alert: Alert, events: list[Event]) -> None:
    store.alert.save(work, alert)
    work.emit(alert.id, alert.version, *events)
    work.audit(alert.booking_id, alert_id=str(alert.id), alert=alert.kind, state=alert.state)
