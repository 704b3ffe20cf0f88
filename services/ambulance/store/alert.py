"""Alerts. A partial unique index keeps a subject to one unresolved alert of a kind."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, RowMapping, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.requests.alerts import ListAlerts
from contracts.ambulance.values import AlertKind, AlertState

from ..domain.alert import About, Alert, Proposal
from .columns import locked, metadata, moment

_UNRESOLVED = text("state <> 'resolved'")

alert = Table(
    "alert",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Uuid, nullable=False, comment="the assignment, incident or contact whose clock ran out"),
    Column("state", Text, nullable=False),
    moment("raised_at", required=True),
    Column("contact_id", Uuid, ForeignKey("contact.id")),
    Column("incident_id", Uuid, ForeignKey("incident.id"), index=True),
    Column("assignment_id", Uuid, ForeignKey("assignment.id")),
    Column("unit_id", Text, ForeignKey("unit.id")),
    Column("proposed_unit_id", Text),
    Column("proposed_seconds", Integer),
    Column("detail", JSONB, nullable=False),
    Column("acknowledged_by", Text),
    moment("acknowledged_at"),
    Column("resolved_by", Text),
    moment("resolved_at"),
    Column("version", Integer, nullable=False),
    Index("ix_alert_raised_at_id", "raised_at", "id"),
    Index("uq_alert_unresolved", "subject", "kind", unique=True, postgresql_where=_UNRESOLVED),
)


def add(work: Work, new: Alert) -> None:
    """Store a new alert."""
    work.insert(
        alert,
        id=new.id,
        kind=new.kind,
        subject=new.about.subject,
        raised_at=new.raised_at,
        contact_id=new.about.contact_id,
        incident_id=new.about.incident_id,
        assignment_id=new.about.assignment_id,
        unit_id=new.about.unit_id,
        proposed_unit_id=new.proposal.unit_id if new.proposal else None,
        proposed_seconds=new.proposal.seconds if new.proposal else None,
        detail=new.detail,
        **_standing(new),
    )


def save(work: Work, changed: Alert) -> None:
    """Store what changed of an alert that was loaded with a lock."""
    work.update(alert, {"id": changed.id}, **_standing(changed))


def get(work: Work, alert_id: UUID, *, lock: bool = False) -> Alert | None:
    """One alert."""
    row = work.read(locked(select(alert).where(alert.c.id == alert_id), lock)).mappings().first()
    return _entity(row) if row else None


def unresolved(work: Work, subjects: Collection[UUID]) -> list[Alert]:
    """The alerts that these subjects have, locked in the order of their ids."""
    statement = select(alert).where(alert.c.subject.in_(subjects), _UNRESOLVED).order_by(alert.c.id)
    return [_entity(row) for row in work.read(locked(statement, True)).mappings()]


def pages(work: Work, query: ListAlerts, units: Collection[str] | None) -> tuple[list[Alert], str | None]:
    """Newest first; of some units only, if given."""
    statement = select(alert)
    for column, wanted in ((alert.c.state, query.state), (alert.c.kind, query.kind)):
        if wanted:
            statement = statement.where(column == wanted)
    if query.incident_id:
        statement = statement.where(alert.c.incident_id == query.incident_id)
    if units is not None:
        statement = statement.where(alert.c.unit_id.in_(units))
    rows, cursor = page(work, statement, query, alert.c.raised_at, alert.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def _standing(of: Alert) -> dict[str, Any]:
    return {
        "state": of.state,
        "acknowledged_by": of.acknowledged_by,
        "acknowledged_at": of.acknowledged_at,
        "resolved_by": of.resolved_by,
        "resolved_at": of.resolved_at,
        "version": of.version,
    }


def _entity(row: RowMapping) -> Alert:
    proposed = row["proposed_unit_id"]
    return Alert(
        id=row["id"],
        kind=AlertKind(row["kind"]),
        about=About(row["contact_id"], row["incident_id"], row["assignment_id"], row["unit_id"]),
        raised_at=row["raised_at"],
        proposal=Proposal(proposed, row["proposed_seconds"]) if proposed else None,
        detail=row["detail"],
        state=AlertState(row["state"]),
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=row["acknowledged_at"],
        resolved_by=row["resolved_by"],
        resolved_at=row["resolved_at"],
        version=row["version"],
    )
