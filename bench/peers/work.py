"""The one definition of the work "create incident" that every peer does.

A JSON body is validated, then one transaction writes four rows: the idempotency row with the stored reply,
the incident, the outbox row and the audit row. The answer is 201 with the incident as JSON. The nameko way
alone has no outbox row: it dispatches the event after the commit instead.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import BigInteger, Column, Identity, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP, UUID
from sqlalchemy.types import Double

PATH = "/v1/incidents"
EVENT_TYPE = "bench.incident-created.v1"


class CreateIncident(BaseModel):
    """What a call taker sends; positions are WGS 84 degrees."""

    model_config = ConfigDict(extra="forbid")

    caller_phone: str = Field(pattern=r"^\+62\d{8,12}$")
    complaint: str = Field(min_length=3, max_length=500)
    kind: Literal["medical", "trauma", "obstetric", "transfer"]
    longitude: float = Field(ge=-180, le=180)
    latitude: float = Field(ge=-90, le=90)
    landmark: str = Field(min_length=1, max_length=200)
    patients: int = Field(ge=1, le=200)


metadata = MetaData(schema="bench")
_time = TIMESTAMP(timezone=True)

inbox = Table(
    "inbox", metadata,
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("received_at", _time, nullable=False),
)  # fmt: skip
incident = Table(
    "incident", metadata,
    Column("id", UUID, primary_key=True),
    Column("caller_phone", Text, nullable=False),
    Column("complaint", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("longitude", Double, nullable=False),
    Column("latitude", Double, nullable=False),
    Column("landmark", Text, nullable=False),
    Column("patients", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", _time, nullable=False),
)  # fmt: skip
outbox = Table(
    "outbox", metadata,
    Column("seq", BigInteger, Identity(), primary_key=True),
    Column("id", UUID, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("published_at", _time),
)  # fmt: skip
Index("outbox_waiting", outbox.c.seq, postgresql_where=outbox.c.published_at.is_(None))
audit = Table(
    "audit", metadata,
    Column("seq", BigInteger, Identity(), primary_key=True),
    Column("at", _time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", UUID, nullable=False),
    Column("change", JSONB, nullable=False),
)  # fmt: skip
TABLES = (inbox, incident, outbox, audit)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows one command writes, by column name, and the reply (JSON bytes) that is stored and sent."""

    inbox: dict[str, Any]
    incident: dict[str, Any]
    outbox: dict[str, Any]
    audit: dict[str, Any]
    reply: bytes


def rows_for(command: CreateIncident, key: str, now: datetime) -> Rows:
    """Decide everything that is written for `command`, sent with the Idempotency-Key `key` at `now` (UTC)."""
    fields = command.model_dump()
    incident_id, event_id = uuid.uuid4(), uuid.uuid4()
    row = {"id": incident_id, **fields, "state": "open", "opened_at": now}
    reply = orjson.dumps(row)
    return Rows(
        inbox={"key": key, "fingerprint": fingerprint(command), "reply": reply, "received_at": now},
        incident=row,
        outbox=_event(event_id, incident_id, command, now),
        audit={"at": now, "actor": "dispatcher-1", "action": "incident.create", "subject": incident_id,
               "change": {"state": "open", "kind": command.kind}},
        reply=reply,
    )  # fmt: skip


def _event(event_id: uuid.UUID, subject: uuid.UUID, command: CreateIncident, now: datetime) -> dict[str, Any]:
    headers = {
        "cloudEvents:specversion": "1.0", "cloudEvents:id": str(event_id), "cloudEvents:type": EVENT_TYPE,
        "cloudEvents:source": "/bench", "cloudEvents:subject": str(subject),
        "cloudEvents:time": now.isoformat(), "cloudEvents:sequence": "1",
        "cloudEvents:correlationid": str(event_id),
    }  # fmt: skip
    body = orjson.dumps({"incident_id": subject, "kind": command.kind, "patients": command.patients})
    return {"id": event_id, "type": EVENT_TYPE, "headers": headers, "body": body}


def fingerprint(command: CreateIncident) -> bytes:
    """Hash of the body: the same key with another body is a client's mistake, not a retry."""
    return hashlib.blake2b(command.model_dump_json().encode(), digest_size=16).digest()
