"""What a process tells of itself: its log, its health, its metrics, its traces; and of people nothing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from contracts.hearse import DeathRecorded
from kota.health import plain_client
from tests.support.collector import collector
from tests.support.databases import away, count
from tests.support.rpc import Caller
from tests.support.waiting import until

from .conftest import Deployment

NIK, NAME, PHONE = "3671011508959001", "Siti Zulaikha", "081234567890"
TRACE = "0af7651916cd43dd8448eb211c80319c"
METRICS = (
    "kota_requests_total", "kota_request_seconds_bucket", "kota_events_handled_total", "kota_event_lag_seconds_bucket",
    "kota_outbox_published_total", "kota_outbox_unpublished", "kota_outbox_oldest_seconds", "kota_unrouted_messages",
    "kota_timers_due", "kota_audit_unsealed_rows", "kota_database_connections_in_use", "kota_database_connections_max",
)  # fmt: skip


def lines_of(sample: Deployment, story: str) -> list[dict[str, object]]:
    return [line for line in sample.process.lines() if line.get("correlation_id") == story]


def test_every_line_is_json_and_a_fault_bears_its_story(sample: Deployment) -> None:
    with Caller(sample.vhost) as caller:
        reply = caller.call("sample.count", {"name": f"{NAME} {NIK} {PHONE}"}, correlation_id="story-request")
    assert reply["error"]["slug"] == "internal"
    (line,) = lines_of(sample, "story-request")
    assert (line["event"], line["operation"], line["service"]) == ("request_failed", "sample.count", "sample")
    assert all({"at", "level", "event"} <= set(each) for each in sample.process.lines())


def test_a_failing_event_bears_its_story(sample: Deployment) -> None:
    event = DeathRecorded(booking_id=uuid4(), person_key=f"{NAME} {NIK}", died_on=date(2030, 1, 1))
    sent = sample.vhost.publish(event, correlation_id="story-event")
    until(lambda: lines_of(sample, "story-event"), "the log line")
    line = lines_of(sample, "story-event")[0]
    assert (line["event"], line["message_id"]) == ("handler_failed", str(sent.id))


def test_the_log_names_nobody(sample: Deployment) -> None:
    with Caller(sample.vhost) as caller:
        caller.call("sample.count", {"name": f"{NAME} {NIK} {PHONE}"})
        caller.call("sample.note", {"subject": f"{NAME} {NIK} {PHONE}", "publish": NIK})
    until(lambda: "handler_failed" in sample.process.text(), "the failed event")
    text = sample.process.text()
    assert "request_failed" in text
    assert [secret for secret in (NIK, NAME, PHONE) if secret in text] == []


def test_a_process_without_its_database_lives_but_is_not_ready(sample: Deployment) -> None:
    process = sample.process
    with away(sample.url, sample.superuser_url):
        until(lambda: plain_client().get(process.url("/health/ready"), timeout=10).status_code == 503, "not ready")
        assert plain_client().get(process.url("/health/live"), timeout=5).status_code == 200
        checks = plain_client().get(process.url("/health/ready"), timeout=10).json()["checks"]
        assert checks["database"] == "OperationalError" and checks["RequestQueueConsumer"] == "ok"
    until(process.is_ready, "ready again")
    assert plain_client().get(process.url("/health/nothing"), timeout=5).status_code == 404


def test_a_process_without_its_broker_lives_but_is_not_ready(sample: Deployment) -> None:
    process = sample.process
    with sample.vhost.node.management as management:
        path = f"/permissions/{sample.vhost.name}/admin"
        rights = management.request("GET", path)
        management.request("DELETE", path)
        try:
            # Closed again and again: the broker's list of connections is seconds old.
            until(
                lambda: management.close_connections(sample.vhost.name) >= 0 and not process.is_ready(),
                "not ready",
                limit=30,
            )
            assert plain_client().get(process.url("/health/live"), timeout=5).status_code == 200
        finally:
            management.request("PUT", path, {name: rights[name] for name in ("configure", "write", "read")})
    until(process.is_ready, "ready again", limit=60)


def test_metrics_are_there_and_count(sample: Deployment) -> None:
    with Caller(sample.vhost) as caller:
        caller.call("sample.note", {"subject": "metrics", "publish": 1})
    line = 'kota_events_handled_total{outcome="applied",type="hearse.booking-drafted.v1"}'
    until(lambda: sample.process.metric(line) >= 1, "the handled event")
    text = plain_client().get(sample.process.url("/metrics"), timeout=5).text
    assert [name for name in METRICS if f"\n{name}" not in text] == []
    assert sample.process.metric('kota_requests_total{operation="sample.note",outcome="ok"}') >= 1


def test_a_service_collects_its_garbage(sample: Deployment) -> None:
    """It spares it while it imports."""
    line = 'python_gc_collections_total{generation="0"}'
    before = sample.process.metric(line)
    with Caller(sample.vhost) as caller:
        for _ in range(20):
            caller.call("sample.note", {"subject": "garbage"})
    until(lambda: sample.process.metric(line) > before, "a collection")


def test_a_label_is_never_what_somebody_sent(sample: Deployment) -> None:
    sample.vhost.publish_raw(b"{}", {"ce-type": NIK}, "hearse.booking-drafted.v1")
    until(lambda: sample.vhost.depth("sample.events.dead") >= 1, "the poison to be parked")
    assert NIK not in plain_client().get(sample.process.url("/metrics"), timeout=5).text


def test_request_event_and_handler_are_one_trace(sample: Deployment) -> None:
    with collector() as traces:
        for process in sample.processes:
            process.end()
        process = sample.start(OTEL_EXPORTER_OTLP_ENDPOINT=traces.endpoint)
        with Caller(sample.vhost) as caller:
            caller.call(
                "sample.note", {"subject": "traced", "publish": 1}, traceparent=f"00-{TRACE}-b7ad6b7169203331-01"
            )
        until(lambda: count(sample.url, "seen WHERE kind = 'fact'") >= 1, "the event to be handled")
        until(lambda: traces.named("handle hearse.booking-drafted.v1"), "the spans", limit=20)
        (request,) = traces.named("sample.note")
        (handled,) = traces.named("handle hearse.booking-drafted.v1")
        process.end()
    assert request.trace_id.hex() == handled.trace_id.hex() == TRACE
    assert request.parent_span_id.hex() == "b7ad6b7169203331"
    assert handled.parent_span_id == request.span_id
