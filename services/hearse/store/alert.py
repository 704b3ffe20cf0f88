"""Alerts. A partial unique index keeps a booking to one unresolved alert of a kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, RowMapping, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.hearse.requests.alerts import ListAlerts
from contracts.hearse.values import AlertKind, AlertState

from ..domain.alert import Alert
from .columns import locked, metadata, moment

_UNRESOLVED = text("state <> 'resolved'")

alert = Table(
    "alert",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("booking_id", Uuid, ForeignKey("booking.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    moment("raised_at", required=True),
    Column("detail", JSONB, nullable=False),
    Column("acknowledged_by", Text),
    moment("acknowledged_at"),
    Column("resolved_by", Text),
    moment("resolved_at"),
    Column("version", Integer, nullable=False),
    Index("ix_alert_raised_at_id", "raised_at", "id"),
    Index("uq_alert_unresolved", "booking_id", "kind", unique=True, postgresql_where=_UNRESOLVED),
)


def add(work: Work, new: Alert) -> None:
    """Store a new alert."""
    fixed = {"kind": new.kind, "booking_id": new.booking_id, "raised_at": new.raised_at}
    work.insert(alert, id=new.id, **fixed, **_standing(new))


def save(work: Work, changed: Alert) -> None:
    """Store what changed of an alert that was loaded with a lock."""
    work.update(alert, {"id": changed.id}, **_standing(changed))


def get(work: Work, alert_id: UUID, *, lock: bool = False) -> Alert | None:
    """One alert."""
    row = work.read(locked(select(alert).where(alert.c.id == alert_id), lock)).mappings().first()
    return _entity(row) if row else None


def unresolved(work: Work, booking_id: UUID) -> list[Alert]:
    """Those of a booking, locked in the order of their ids."""
    statement = select(alert).where(alert.c.booking_id == booking_id, _UNRESOLVED).order_by(alert.c.id)
    return [_entity(row) for row in work.read(locked(statement, True)).mappings()]


def pages(work: Work, query: ListAlerts) -> tuple[list[Alert], str | None]:
    """Newest first."""
    statement = select(alert)
    for column, wanted in (
        (alert.c.state, query.state),
        (alert.c.kind, query.kind),
        (alert.c.booking_id, query.booking_id),
    ):
        if wanted:
            statement = statement.where(column == wanted)
    rows, cursor = page(work, statement, query, alert.c.raised_at, alert.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def _standing(of: Alert) -> dict[str, Any]:
    return {
        "state": of.state,
        "detail": of.detail,
        "acknowledged_by": of.acknowledged_by,
        "acknowledged_at": of.acknowledged_at,
        "resolved_by": of.resolved_by,
        "resolved_at": of.resolved_at,
        "version": of.version,
    }


def _entity(row: RowMapping) -> Alert:
    return Alert(
        id=row["id"],
        kind=AlertKind(row["kind"]),
        booking_id=row["booking_id"],
        raised_at=row["raised_at"],
        detail=row["detail"],
        state=AlertState(row["state"]),
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=row["acknowledged_at"],
        resolved_by=row["resolved_by"],
        resolved_at=row["resolved_at"],
        version=row["version"],
    )
