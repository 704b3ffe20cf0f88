"""An event on its way into the outbox: its envelope, its body and what is sealed in it for one service."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.base import Event
from contracts.envelope import encode, make

from .privacy import Letters

if TYPE_CHECKING:
    from .work import Cause


def outbox_row(
    event: Event, subject: str, sequence: int, *, id: UUID, cause: Cause, now: datetime, letters: Letters
) -> dict[str, Any]:
    """The values of the event's row."""
    envelope = make(
        event,
        id=id,
        subject=subject,
        sequence=sequence,
        time=now,
        correlation_id=cause.correlation_id,
        causationid=cause.causation_id,
        traceparent=cause.traceparent,
    )
    return {
        "id": id,
        "type": event.type,
        "subject": subject,
        "sequence": sequence,
        "headers": envelope.headers(),
        "body": encode(event).decode(),
        "sealed": _sealed(event, id, now, letters),
        "created_at": now,
    }


def _sealed(event: Event, id: UUID, now: datetime, letters: Letters) -> str | None:
    told = getattr(event, "sealed", None) if event.sealed_for else None
    return letters.seal(told.model_dump(mode="json", exclude_none=True), event.sealed_for, id, now) if told else None
