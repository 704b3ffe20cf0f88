"""Alerts and tasks: what a clock that ran out asks somebody to look at."""

from __future__ import annotations

from uuid import UUID

from ...base import Request
from ...paging import PageQuery
from ..values import AlertKind, AlertState
from ..views import AlertPage, AlertView


class ListAlerts(PageQuery, operation="hearse.list_alerts", scope="hearse:read", reply=AlertPage):
    """Newest first."""

    state: AlertState | None = None
    kind: AlertKind | None = None
    booking_id: UUID | None = None


class AcknowledgeAlert(Request, operation="hearse.acknowledge_alert", scope="hearse:schedule", reply=AlertView):
    """Somebody has it in hand. It stays until its cause ends or it is resolved."""

    alert_id: UUID


class ResolveAlert(Request, operation="hearse.resolve_alert", scope="hearse:schedule", reply=AlertView):
    """Settled by a person; a complaint by a supervisor."""

    alert_id: UUID
