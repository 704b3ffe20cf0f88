"""Alerts and tasks: what a clock that ran out asks somebody to look at."""

from __future__ import annotations

from uuid import UUID

from ...base import Request
from ...paging import PageQuery
from ..values import AlertKind, AlertState
from ..views import AlertPage, AlertView


class ListAlerts(PageQuery, operation="ambulance.list_alerts", scope="ambulance:read", reply=AlertPage):
    """Newest first. A crew sees those of its own unit."""

    state: AlertState | None = None
    kind: AlertKind | None = None
    incident_id: UUID | None = None


class AcknowledgeAlert(Request, operation="ambulance.acknowledge_alert", scope="ambulance:intake", reply=AlertView):
    """Somebody has it in hand. It stays until its cause ends or it is resolved."""

    alert_id: UUID


class ResolveAlert(Request, operation="ambulance.resolve_alert", scope="ambulance:intake", reply=AlertView):
    """Settled by a person. A resolved call-back (the caller was reached) ends the call-backs of its contact."""

    alert_id: UUID
