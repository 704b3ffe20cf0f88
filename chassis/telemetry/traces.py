"""Traces across HTTP, request, event and handler; only when an OTLP endpoint is configured.

The W3C `traceparent` travels in request contexts and event envelopes, so a story is one trace even when an event is
handled minutes later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

_tracer: Any = None
_OFF = nullcontext()


def configure_traces(service: str, endpoint: str) -> None:
    """Export spans to `endpoint` (OTLP over HTTP). An empty endpoint leaves tracing off and free of cost."""
    global _tracer  # noqa: PLW0603 - one tracer per process, set once at start
    if not endpoint:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + "/v1/traces", timeout=5)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("kota")


def span(name: str, traceparent: str | None = None, **attributes: str) -> AbstractContextManager[object]:
    """A span that continues the trace of `traceparent`; nothing at all when tracing is off."""
    return _OFF if _tracer is None else _span(name, traceparent, attributes)


@contextmanager
def _span(name: str, traceparent: str | None, attributes: dict[str, str]) -> Iterator[None]:
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    parent = TraceContextTextMapPropagator().extract({"traceparent": traceparent}) if traceparent else None
    with _tracer.start_as_current_span(name, context=parent, attributes=attributes):
        yield


def current_traceparent(default: str | None = None) -> str | None:
    """The trace context to hand on: of the current span, or what came in when tracing is off here."""
    if _tracer is None:
        return default
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", default)
