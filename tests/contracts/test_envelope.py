"""Envelopes on the wire: read back by ourselves and by the CloudEvents project's own SDK."""

from __future__ import annotations

from typing import Any

import pytest
from cloudevents.core.bindings.rabbitmq import RabbitMQMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from hypothesis import given
from hypothesis import strategies as st

from contracts import EVENTS
from contracts.base import Event
from contracts.envelope import CONTENT_TYPE, Envelope, EnvelopeError, decode, encode

from .samples import NOW, LampLit, envelope

NIK = "3671011508959001"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def lamp_lit(monkeypatch: pytest.MonkeyPatch) -> type[Event]:
    """The sample event in the registry for one test."""
    monkeypatch.setitem(EVENTS, LampLit.type, LampLit)
    return LampLit


def test_the_cloudevents_sdk_reads_our_bytes() -> None:
    event = LampLit(lamp="Jl. Daan Mogot é", watts=9)
    sent = envelope(event, causationid="request-7", traceparent=TRACE)
    read = from_binary(RabbitMQMessage(sent.headers(), CONTENT_TYPE, encode(event)), JSONFormat())
    assert read.get_data() == {"lamp": "Jl. Daan Mogot é", "watts": 9}
    assert read.get_attributes() == {
        "specversion": "1.0",
        "id": str(sent.id),
        "source": "/services/sample",
        "type": "sample.lamp-lit.v1",
        "subject": "lamp-1",
        "time": NOW,
        "sequence": "3",
        "correlationid": "story-1",
        "causationid": "request-7",
        "traceparent": TRACE,
        "datacontenttype": "application/json",
    }


@given(st.text(min_size=1, max_size=40), st.integers(0, 2**53), st.none() | st.text(max_size=20))
def test_envelope_round_trip(subject: str, sequence: int, cause: str | None) -> None:
    sent = envelope(LampLit(lamp="a")).model_copy(
        update={"subject": subject, "sequence": sequence, "causationid": cause}
    )
    headers = sent.headers()
    assert all(isinstance(value, str) for value in headers.values())
    assert Envelope.from_headers(headers) == sent


@given(st.text(max_size=40), st.none() | st.integers())
def test_event_round_trip(lamp: str, watts: int | None) -> None:
    event = LampLit(lamp=lamp, watts=watts)
    assert LampLit.model_validate_json(encode(event)) == event


def test_fields_of_a_newer_publisher_are_ignored(lamp_lit: type[Event]) -> None:
    assert decode(lamp_lit.type, b'{"lamp": "a", "colour": "red"}') == LampLit(lamp="a")


@pytest.mark.parametrize("name", ["sample.lamp-lit.v2", "sample.unheard-of.v1", "", "nonsense"])
def test_an_unknown_type_or_version_is_an_envelope_error(lamp_lit: type[Event], name: str) -> None:
    with pytest.raises(EnvelopeError, match="unknown event type or version"):
        decode(name, b'{"lamp": "a"}')


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"\xff\xfe", b"{}", b'{"lamp": 3671011508959001}', b"null"])
def test_a_body_that_does_not_fit_is_an_envelope_error_without_values(lamp_lit: type[Event], body: bytes) -> None:
    with pytest.raises(EnvelopeError) as caught:
        decode(lamp_lit.type, body)
    assert NIK not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce-id", "no-uuid"),
        ("ce-id", None),
        ("ce-time", "2026-11-23T07:30:15"),  # no zone
        ("ce-sequence", "-1"),
        ("ce-specversion", "0.3"),
        ("ce-subject", ""),
    ],
)
def test_headers_that_are_not_an_events_are_named_without_their_values(name: str, value: Any) -> None:
    headers: dict[str, Any] = {**envelope(LampLit(lamp="a")).headers(), name: value}
    with pytest.raises(EnvelopeError, match=name.removeprefix("ce-")) as caught:
        Envelope.from_headers(headers)
    assert value in (None, "", "-1", "0.3") or str(value) not in str(caught.value)


def test_every_published_type_belongs_to_a_service_that_exists() -> None:
    from contracts import services, subscriptions

    assert {name.partition(".")[0] for name in EVENTS} <= set(services())
    unknown = {name for types in subscriptions().values() for name in types} - EVENTS.keys()
    assert not unknown, f"consumed but published by nobody: {unknown}"
