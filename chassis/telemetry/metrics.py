"""Prometheus metrics of a service process. Labels hold operations and event types, never ids or persons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("kota_requests_total", "Requests answered", ("operation", "outcome"))
REQUEST_SECONDS = Histogram("kota_request_seconds", "Time from receipt to reply", ("operation",), buckets=SECONDS)

REQUESTS_WAITING = Gauge("kota_requests_waiting", "Requests at the service's door that wait for a worker")

HANDLED = ("applied", "duplicate", "retry", "park")
"""What can come of an event."""

EVENTS_EMITTED = Counter("kota_events_emitted_total", "Events committed to the outbox", ("type",))
EVENTS_HANDLED = Counter("kota_events_handled_total", "Events applied or recognised as applied", ("type", "outcome"))
EVENTS_RETRIED = Counter("kota_events_retried_total", "Events sent to a waiting queue after a fault", ("type",))
EVENTS_PARKED = Counter("kota_events_parked_total", "Events set aside for a person", ("type",))
TOGETHER_FAILED = Counter("kota_events_apart_total", "Transactions of several events that failed: each was tried alone")
SEALED_UNREADABLE = Counter("kota_sealed_unreadable_total", "Events applied without what was sealed in them", ("type",))
HANDLING_SECONDS = Histogram("kota_event_lag_seconds", "Time from commit to handled", ("type",), buckets=SECONDS)

OUTBOX_PUBLISHED = Counter("kota_outbox_published_total", "Events that the broker confirmed")
OUTBOX_LAG = Gauge("kota_outbox_unpublished", "Committed events that the broker has not confirmed yet")
OUTBOX_AGE = Gauge("kota_outbox_oldest_seconds", "Age of the oldest unpublished event")
PARKED = Gauge("kota_parked_messages", "Events set aside that wait for a person")
UNROUTED = Gauge("kota_unrouted_messages", "Messages that no queue took, kept aside by the alternate exchange")

TIMERS_DUE = Gauge("kota_timers_due", "Timers past their time that have not fired yet")
TIMERS_FIRED = Counter("kota_timers_fired_total", "Timers fired", ("kind",))
JOBS = Counter("kota_jobs_total", "Tries at long work, by how the process ended", ("kind", "outcome"))
UNSEALED = Gauge("kota_audit_unsealed_rows", "Audit rows that are not in the hash chain yet")

POOL_IN_USE = Gauge("kota_database_connections_in_use", "Connections taken from the pool")
POOL_SIZE = Gauge("kota_database_connections_max", "Connections that the pool may open")


def begin(emitted: Iterable[str], subscribed: Iterable[str], timers: Iterable[str], jobs: Iterable[str]) -> None:
    """Let what is counted by type or kind begin at zero: a count that appears with a 1 has not increased, in the eyes
    of Prometheus, and the first of anything would never be told."""
    for event_type in emitted:
        EVENTS_EMITTED.labels(event_type)
    for event_type in subscribed:
        for counter in (EVENTS_PARKED, EVENTS_RETRIED, SEALED_UNREADABLE):
            counter.labels(event_type)
        for outcome in HANDLED:
            EVENTS_HANDLED.labels(event_type, outcome)
        HANDLING_SECONDS.labels(event_type)
    for kind in timers:
        TIMERS_FIRED.labels(kind)
    for kind in jobs:
        JOBS.labels(kind, "done")
        JOBS.labels(kind, "failed")


# Looking a labelled child up takes a lock and a comparison of texts: once for each combination is enough.
@cache
def emitted(event_type: str) -> Counter:
    """How many of a type were committed."""
    return EVENTS_EMITTED.labels(event_type)


@cache
def answered(operation: str, outcome: str) -> Counter:
    """How many requests ended so."""
    return REQUESTS.labels(operation, outcome)


@cache
def answering_seconds(operation: str) -> Histogram:
    """How long they took."""
    return REQUEST_SECONDS.labels(operation)
