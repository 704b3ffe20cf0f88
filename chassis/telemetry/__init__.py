"""What a process tells of itself: JSON logs, Prometheus metrics, OpenTelemetry traces."""

from .logs import configure_logs, logger, story
from .metrics import (
    EVENTS_HANDLED,
    EVENTS_PARKED,
    EVENTS_RETRIED,
    HANDLING_SECONDS,
    JOBS,
    OUTBOX_AGE,
    OUTBOX_LAG,
    OUTBOX_PUBLISHED,
    POOL_IN_USE,
    POOL_SIZE,
    REQUEST_SECONDS,
    REQUESTS,
    SEALED_UNREADABLE,
    TIMERS_DUE,
    TIMERS_FIRED,
    UNROUTED,
    UNSEALED,
)
from .traces import configure_traces, current_traceparent, span

__all__ = [
    "EVENTS_HANDLED",
    "EVENTS_PARKED",
    "EVENTS_RETRIED",
    "HANDLING_SECONDS",
    "JOBS",
    "OUTBOX_AGE",
    "OUTBOX_LAG",
    "OUTBOX_PUBLISHED",
    "POOL_IN_USE",
    "POOL_SIZE",
    "REQUESTS",
    "REQUEST_SECONDS",
    "SEALED_UNREADABLE",
    "TIMERS_DUE",
    "TIMERS_FIRED",
    "UNROUTED",
    "UNSEALED",
    "configure_logs",
    "configure_traces",
    "current_traceparent",
    "logger",
    "span",
    "story",
]
