"""Alerts: raised and cleared by the clocks, listed, acknowledged and resolved by people.

Whoever raises or clears holds the lock of the incident or contact, so a cause that ends and a clock that runs out take
turns.
"""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.ambulance.requests.alerts import AcknowledgeAlert, ListAlerts, ResolveAlert
from contracts.ambulance.values import AlertKind
from contracts.ambulance.views import AlertPage, AlertView
from contracts.base import Event
from contracts.context import SYSTEM
from contracts.problems import NotFound

from .. import store
from ..domain.alert import About, Alert, Detail, Proposal
from .timer_kinds import CALL_BACK
from .views import alert_view


def raise_alert(
    work: Work, kind: AlertKind, about: About, detail: Detail | None = None, proposal: Proposal | None = None
) -> bool:
    """Raise an alert unless the subject has an unresolved one of this kind; True if it is new."""
    if any(one.kind is kind for one in store.alert.unresolved(work, [about.subject])):
        return False
    alert, events = Alert.raised(work.new_id(), kind, about, work.now, detail or {}, proposal)
    store.alert.add(work, alert)
    work.emit(alert.id, alert.version, *events)
    work.audit(about.subject, alert_id=str(alert.id), alert=kind, **alert.detail)
    return True


def clear(work: Work, subject: UUID, *kinds: AlertKind) -> None:
    """Resolve the alerts of a subject whose cause has ended: of these kinds, or of all."""
    for alert in store.alert.unresolved(work, [subject]):
        if not kinds or alert.kind in kinds:
            _save(work, alert, alert.resolve(SYSTEM.subject, work.now, by_itself=True))


def list_alerts(work: Work, query: ListAlerts) -> AlertPage:
    """Newest first. Row scope: a crew sees its own unit's."""
    alerts, cursor = store.alert.pages(work, query, work.actor.rows.get("unit"))
    return AlertPage(items=tuple(alert_view(one) for one in alerts), next=cursor)


def acknowledge_alert(work: Work, request: AcknowledgeAlert) -> AlertView:
    """Take it in hand."""
    alert = _load(work, request.alert_id)
    before = alert.version
    events = alert.acknowledge(work.actor.subject, work.now)
    if alert.version != before:
        _save(work, alert, events)
    return alert_view(alert)


def resolve_alert(work: Work, request: ResolveAlert) -> AlertView:
    """Settle it. A caller who was reached is not rung again."""
    alert = _load(work, request.alert_id)
    events = alert.resolve(work.actor.subject, work.now)
    if events:
        _save(work, alert, events)
        if alert.kind is AlertKind.CALL_BACK_DUE:
            work.forget(CALL_BACK, alert.about.subject)
    return alert_view(alert)


def _load(work: Work, alert_id: UUID) -> Alert:
    found = store.alert.get(work, alert_id, lock=True)
    if found is None:
        raise NotFound(f"no alert {alert_id}", detail_id=f"tidak ada peringatan {alert_id}")
    return found


def _save(work: Work, alert: Alert, events: list[Event]) -> None:
    store.alert.save(work, alert)
    work.emit(alert.id, alert.version, *events)
    work.audit(alert.about.subject, alert_id=str(alert.id), alert=alert.kind, state=alert.state)
