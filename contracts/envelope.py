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
    sealed: str | None = Field(default=None, repr=False, description="What only the service that it goes to can read.")

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
        event = model.model_validate_json(body)
        # What is sealed comes beside the body; in it, it would have been there for all to read.
        return event.model_copy(update={"sealed": None}) if model.sealed_for else event
    except ValidationError as error:
        raise EnvelopeError(f"body does not fit {event_type}: {_where(error)}") from None


def sealed_key(event_type: str, service: str) -> str:
    """The routing key of the copy that carries what is sealed for a service: longer than all others, so that what
    listens to every event does not get it."""
    return f"{event_type}.sealed.{service}"


def routing_keys(event_type: str) -> tuple[str, ...]:
    """Under which keys an event is published: its type, and that of the sealed copy if it has one."""
    model = EVENTS.get(event_type)
    return (event_type, sealed_key(event_type, model.sealed_for)) if model and model.sealed_for else (event_type,)


def listening_key(event_type: str, service: str) -> str:
    """By which key a service hears of a type: whom the sealed copy is for hears of nothing else."""
    model = EVENTS.get(event_type)
    return sealed_key(event_type, service) if model and model.sealed_for == service else event_type


def opens(service: str) -> bool:
    """True if some event is sealed for this service."""
    return any(event.sealed_for == service for event in EVENTS.values())


def seals_for(service: str) -> tuple[str, ...]:
    """For which services this one seals parts of its events, in alphabetical order."""
    own = (event for event in EVENTS.values() if event.type.startswith(f"{service}.") and event.sealed_for)
    return tuple(sorted({event.sealed_for for event in own}))


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
