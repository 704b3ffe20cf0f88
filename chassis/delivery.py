"""What becomes of one delivered event: applied, tried again later, or parked with its reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import amqp
from pydantic import ValidationError

from contracts.base import EVENTS
from contracts.context import SYSTEM
from contracts.envelope import Envelope, EnvelopeError, decode

from . import failpoints, telemetry
from .broker import (
    ATTEMPT_HEADER,
    DEAD,
    PERSISTENT,
    REASON_HEADER,
    ConfirmedBatch,
    ServiceQueues,
    publish_confirmed,
    waiting_time,
)
from .errors import describe, is_poison, is_rejection
from .faults import FAULTS
from .inbox import AlreadyApplied, Claim
from .privacy import LetterUnreadable
from .work import Cause, Work

if TYPE_CHECKING:
    from .runtime import Runtime

log = telemetry.logger(__name__)
MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one delivery."""

    verdict: str
    reason: str = ""

    @classmethod
    def park(cls, reason: str) -> Outcome:
        """It will never work: a person must look at it."""
        return cls("park", reason)

    @classmethod
    def of(cls, error: BaseException) -> Outcome:
        """Poison is parked at once, everything else is tried again (and parked when the tries are used up)."""
        return cls("park" if is_poison(error) else "retry", describe(error))


APPLIED, DUPLICATE = Outcome("applied"), Outcome("duplicate")


def change(work: Work, handler: Callable[..., None], envelope: Envelope, event: Any) -> None:
    """Let the handler act, unless a newer state of the same subject is known."""
    if not event.snapshot or work.supersedes(envelope.type, envelope.subject, envelope.sequence):
        handler(work, event)


class Delivery:
    """A message from the broker on its way to a handler."""

    def __init__(self, message: Any, names: ServiceQueues, retry_seconds: tuple[float, ...]) -> None:
        self.message, self.names, self._retry_seconds = message, names, retry_seconds
        self.headers: dict[str, Any] = dict(message.headers or {})
        self.event_type = str(self.headers.get("ce-type", ""))
        # What somebody sent is no label: it may be anything, and each value is a time series for ever.
        self._label = self.event_type if self.event_type in EVENTS else "unknown"

    def handle(self, runtime: Runtime, handler: Callable[..., None]) -> Outcome:
        """Decode, apply once, commit. Returns the verdict; never raises for a bad message or a fault."""
        try:
            envelope, event = self.read(runtime)
        except EnvelopeError as error:
            return Outcome.of(error)
        with self.story(envelope), telemetry.span(f"handle {envelope.type}", envelope.traceparent):
            return self._apply(runtime, handler, envelope, event)

    def read(self, runtime: Runtime) -> tuple[Envelope, Any]:
        """The event, with what was sealed in it for us. Raises EnvelopeError for what is none."""
        envelope = Envelope.from_headers(self.headers)
        body = self.message.body
        event = decode(envelope.type, bytes(body) if isinstance(body, memoryview) else body)
        return envelope, self._opened(runtime, envelope, event)

    def story(self, envelope: Envelope) -> AbstractContextManager[None]:
        """What the log tells inside belongs to this event."""
        return telemetry.story(
            correlation_id=envelope.correlationid, message_id=str(envelope.id), event_type=envelope.type
        )

    def cause(self, envelope: Envelope) -> Cause:
        """Of what its handler changes."""
        return Cause(
            actor=SYSTEM,
            action=f"on {envelope.type}",
            correlation_id=envelope.correlationid,
            causation_id=str(envelope.id),
            traceparent=telemetry.current_traceparent(envelope.traceparent),
        )

    def claim(self, envelope: Envelope) -> Claim:
        """By which it is applied once."""
        return Claim(self.names.events, str(envelope.id))

    def applied(self, runtime: Runtime, envelope: Envelope) -> Outcome:
        """It was committed."""
        telemetry.HANDLING_SECONDS.labels(envelope.type).observe(
            max((runtime.now() - envelope.time).total_seconds(), 0)
        )
        return APPLIED

    def _opened(self, runtime: Runtime, envelope: Envelope, event: Any) -> Any:
        """With what was sealed for this service. What does not open is left out: the fact counts all the same."""
        if envelope.sealed is None or event.sealed_for != self.names.service:
            return event
        try:
            told = runtime.letters.open(envelope.sealed, envelope.source, envelope.id, runtime.now())
            return type(event).model_validate(dict(event) | {"sealed": told})
        except (LetterUnreadable, ValidationError) as error:
            reason = str(error) if isinstance(error, LetterUnreadable) else "does_not_fit"
        telemetry.SEALED_UNREADABLE.labels(self._label).inc()
        log.error("sealed_field_unreadable", event_type=self.event_type, message_id=str(envelope.id), reason=reason)
        return event

    def _apply(self, runtime: Runtime, handler: Callable[..., None], envelope: Envelope, event: Any) -> Outcome:
        def apply(work: Work) -> None:
            change(work, handler, envelope, event)
            work.commit()

        try:
            runtime.run(apply, self.cause(envelope), self.claim(envelope))
        except AlreadyApplied:
            return DUPLICATE
        except Exception as error:  # the verdict carries it; settle() logs and counts it
            if not is_rejection(error) and not isinstance(error, FAULTS):
                log.exception("handler_failed")
            return Outcome.of(error)
        return self.applied(runtime, envelope)

    def hand_on(self, outcome: Outcome, batch: ConfirmedBatch) -> None:
        """Make the confirmed copy that waits for its retry, or for a person. Raises if that fails."""
        if outcome.verdict == "retry" and self._attempt < len(self._retry_seconds):
            self._copy(batch, waiting_time(self._retry_seconds[self._attempt]), outcome.reason)
            telemetry.EVENTS_RETRIED.labels(self._label).inc()
            log.warning("event_retried", event_type=self.event_type, attempt=self._attempt + 1, reason=outcome.reason)
        else:
            self._copy(batch, DEAD, outcome.reason)
            telemetry.EVENTS_PARKED.labels(self._label).inc()
            log.error("event_parked", event_type=self.event_type, attempt=self._attempt, reason=outcome.reason)

    def ack(self, outcome: Outcome) -> None:
        """It is dealt with. Raises a broker's fault if the connection that brought it is gone."""
        telemetry.EVENTS_HANDLED.labels(self._label, outcome.verdict).inc()
        failpoints.reach(failpoints.BEFORE_ACK)
        self.message.ack()

    @property
    def held(self) -> bool:
        """True while the broker counts it as ours; a lost connection gives it to somebody else."""
        return getattr(self.message.channel, "connection", None) is not None

    @property
    def _attempt(self) -> int:
        """How often it was tried before, in a header of our own: brokers disagree about x-death."""
        value = self.headers.get(ATTEMPT_HEADER, 0)
        return value if isinstance(value, int) else 0

    def _copy(self, batch: ConfirmedBatch, routing_key: str, reason: str) -> None:
        headers = {**self.headers, ATTEMPT_HEADER: self._attempt + 1, REASON_HEADER: reason[:MAX_REASON]}
        headers.pop("x-death", None)
        properties = self.message.properties
        copy = amqp.Message(
            self.message.body,
            content_type=self.message.content_type or "application/json",
            content_encoding=self.message.content_encoding or "utf-8",
            delivery_mode=PERSISTENT,
            message_id=properties.get("message_id", ""),
            application_headers=headers,
        )
        publish_confirmed(batch, copy, self.names.delay, routing_key)
