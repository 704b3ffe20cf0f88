"""Prometheus metrics of the gateway. Labels hold route templates and statuses, never ids or persons."""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Gauge, Histogram

from chassis.telemetry.metrics import SECONDS

HTTP_REQUESTS = Counter("kota_http_requests_total", "HTTP requests answered", ("method", "route", "status"))
HTTP_SECONDS = Histogram("kota_http_request_seconds", "Time to the reply's start", ("method", "route"), buckets=SECONDS)
_CARRIED = Counter("kota_requests_carried_total", "Requests sent to services, by the way they took", ("way",))
CARRIED = {way: _CARRIED.labels(way) for way in ("direct", "broker")}
FEED_SOURCE = Gauge("kota_feed_from_services", "1 while the live feed comes from the services instead of the broker")
LISTENERS = Gauge("kota_feed_listeners", "Open live feeds")
FEED_EVENTS = Counter("kota_feed_events_total", "Events read from the stream")
FEED_DROPPED = Counter("kota_feed_listeners_dropped_total", "Listeners that were too slow and must resume")


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _counter(method, route, status).inc()
    _histogram(method, route).observe(seconds)


# Looking a labelled child up takes a lock and a comparison of texts: once for each combination is enough.
@cache
def _counter(method: str, route: str, status: int) -> Counter:
    return HTTP_REQUESTS.labels(method, route, str(status))


@cache
def _histogram(method: str, route: str) -> Histogram:
    return HTTP_SECONDS.labels(method, route)
