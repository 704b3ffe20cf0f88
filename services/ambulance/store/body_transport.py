"""Bodies for which no hearse is free, by the booking of the hearse service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, RowMapping, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.requests.body_transports import ListBodyTransports
from contracts.ambulance.values import BodyTransportOutcome, BodyTransportState

from ..domain.body_transport import BodyTransport
from .columns import locked, metadata, moment

FIELD = "body_transport.responsible"

body_transport = Table(
    "body_transport",
    metadata,
    Column("booking_id", Uuid, primary_key=True, comment="the hearse service's"),
    moment("raised_at", required=True),
    Column("incident_id", Uuid),
    Column("patient_id", Uuid),
    Column("facility_id", Text),
    Column("kelurahan_code", Text),
    moment("earliest_at", required=True),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("unit_id", Text),
    Column("responsible", Text, comment="encrypted"),
    moment("until"),
    moment("settled_at"),
    Column("settled_by", Text),
    Column("version", Integer, nullable=False),
    Index("ix_body_transport_raised_at_booking_id", "raised_at", "booking_id"),
)


def add(work: Work, new: BodyTransport) -> None:
    """Store a new task."""
    work.insert(
        body_transport,
        booking_id=new.booking_id,
        raised_at=new.raised_at,
        incident_id=new.incident_id,
        patient_id=new.patient_id,
        facility_id=new.facility_id,
        kelurahan_code=new.kelurahan_code,
        earliest_at=new.earliest_at,
        **_standing(work, new),
    )


def save(work: Work, changed: BodyTransport) -> None:
    """Store what settled a task that was loaded with a lock."""
    work.update(body_transport, {"booking_id": changed.booking_id}, **_standing(work, changed))


def get(work: Work, booking_id: UUID, *, lock: bool = False) -> BodyTransport | None:
    """One task."""
    statement = locked(select(body_transport).where(body_transport.c.booking_id == booking_id), lock)
    row = work.read(statement).mappings().first()
    return _entity(work, row) if row else None


def pages(work: Work, query: ListBodyTransports) -> tuple[list[BodyTransport], str | None]:
    """Newest first."""
    statement = select(body_transport)
    if query.state:
        statement = statement.where(body_transport.c.state == query.state)
    order = (body_transport.c.raised_at, body_transport.c.booking_id)
    rows, cursor = page(work, statement, query, *order, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _standing(work: Work, of: BodyTransport) -> dict[str, Any]:
    return {
        "state": of.state,
        "outcome": of.outcome,
        "unit_id": of.unit_id,
        "responsible": encrypt(work, of.responsible, FIELD, of.booking_id),
        "until": of.until,
        "settled_at": of.settled_at,
        "settled_by": of.settled_by,
        "version": of.version,
    }


def _entity(work: Work, row: RowMapping) -> BodyTransport:
    values = dict(row)
    values["state"] = BodyTransportState(row["state"])
    values["outcome"] = BodyTransportOutcome(row["outcome"]) if row["outcome"] else None
    values["responsible"] = decrypt(work, row["responsible"], FIELD, row["booking_id"])
    return BodyTransport(**values)
