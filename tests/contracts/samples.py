"""A contract of the tests' own, so that they hold whatever the services say."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from contracts.base import EVENTS, Event
from contracts.envelope import Envelope, make

NOW = datetime(2026, 11, 23, 7, 30, 15, 123456, tzinfo=UTC)


class LampLit(Event, type="sample.lamp-lit.v1"):
    """A lamp was lit."""

    lamp: str
    watts: int | None = None


del EVENTS[LampLit.type]  # the suite's own registry stays as it is


def envelope(event: Event, **more: str) -> Envelope:
    """An envelope with fixed ids."""
    return make(
        event,
        id=UUID("018f3c1e-0000-7000-8000-000000000001"),
        subject="lamp-1",
        sequence=3,
        time=NOW,
        correlation_id="story-1",
        **more,
    )
