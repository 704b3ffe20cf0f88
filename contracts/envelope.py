"""The envelope of every event: CloudEvents 1.0 attributes plus the suite's four extensions.

On the wire: binary content mode of the CloudEvents RabbitMQ binding. The body is the event's JSON, the attributes are
message headers with the prefix `ce-`, all of them strings.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from .base import EVENTS, Event

PREFIX = "ce-"
CONTENT_TYPE = "application/json"


class EnvelopeError(ValueError):
    """A message that is not one of our events: it can never be handled, so it is parked at once."""


class Envelope(BaseModel):
    """Who published what about which subject, and which message or request caused it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    specversion: str = Field(default="1.0", pattern=r"^1\.0$")
    id: UUID
    source: str = Field(description="`/services/<name>`: the publisher.")
    type: str
    subject: str = Field(min_length=1, description="Id of the aggregate the event speaks of.")
    time: AwareDatetime
    sequence: int = Field(ge=0, description="Version of the aggregate after the event.")
    correlationid: str = Field(description="One citizen story across all services.")
    causationid: str | None = Field(default=None, description="Id of the message or request that caused this.")
    traceparent: str | None = Field(default=None, description="W3C trace context.")

    def headers(self) -> dict[str, str]:
        """The message headers: every attribute that is set, prefixed, as text."""
        attributes = self.model_dump(mode="json", exclude_none=True)
        return {PREFIX + name: str(value) for name, value in attributes.items()}

    @classmethod
    def from_headers(cls, headers: dict[str, Any]) -> Envelope:
        """Read the headers of a message. Raises EnvelopeError naming what is missing or wrong."""
        attributes = {name[len(PREFIX) :]: value for name, value in headers.items() if name.startswith(PREFIX)}
        try:
            return cls.model_validate(attributes)
        except ValidationError as error:
            raise EnvelopeError(f"headers are not those of an event: {_where(error)}") from None


def encode(event: Event) -> bytes:
    """The body of an event's message."""
    return event.model_dump_json(exclude_none=True).encode()


def decode(event_type: str, body: bytes | str) -> Event:
    """Parse a body by its type. Raises EnvelopeError for an unknown type or a body that does not fit.

    The reason names fields, never values: it is shown to operators and logged.
    """
    model = EVENTS.get(event_type)
    if model is None:
        raise EnvelopeError(f"unknown event type or version: {event_type}")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise EnvelopeError(f"body does not fit {event_type}: {_where(error)}") from None


def source_of(service: str) -> str:
    """The `source` attribute of a service."""
    return f"/services/{service}"


def make(
    event: Event, *, id: UUID, subject: str, sequence: int, time: datetime, correlation_id: str, **more: Any
) -> Envelope:
    """The envelope of an event about to be published; `more` may carry causationid and traceparent."""
    return Envelope(
        id=id,
        source=source_of(event.type.partition(".")[0]),
        type=event.type,
        subject=subject,
        time=time,
        sequence=sequence,
        correlationid=correlation_id,
        **more,
    )


def _where(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors(include_input=False)[:5]
    )
