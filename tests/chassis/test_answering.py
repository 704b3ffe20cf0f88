"""Requests over the broker: answered as data, by rights, in time, or refused at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from tests.support.databases import away, count, gate_closed, waiting_at_gate
from tests.support.direct import DirectCaller
from tests.support.processes import ROOT
from tests.support.rpc import Caller
from tests.support.waiting import is_soon, until

from .conftest import Deployment

NAMEKO_CLIENT = """
import json, sys
from nameko.standalone.rpc import ServiceRpcProxy
context = {"context": sys.argv[2]}
with ServiceRpcProxy("hearse", {"AMQP_URI": sys.argv[1]}, context_data=context, timeout=10) as hearse:
    print(json.dumps(hearse.list_bookings(request={"limit": 5})))
"""


@pytest.fixture(scope="module")
def sample(with_door: Deployment) -> Deployment:
    return with_door


@pytest.fixture
def caller(sample: Deployment) -> Iterator[Caller]:
    with Caller(sample.vhost) as made:
        yield made


@pytest.fixture(params=["broker", "door"])
def either(request: pytest.FixtureRequest, sample: Deployment) -> Iterator[Caller | DirectCaller]:
    """Whoever calls, by whichever way: the answers are the same."""
    if request.param == "door":
        yield DirectCaller(sample.direct_port, "sample")
        return
    with Caller(sample.vhost) as made:
        yield made


def slug(reply: dict[str, Any]) -> str:
    return reply["error"]["slug"] if reply["error"] else "ok"


def test_any_nameko_client_can_call(hearse: Deployment) -> None:
    actor = {"subject": "s", "scopes": ["hearse:bookings"]}
    context = orjson.dumps({"actor": actor, "correlation_id": "c", "request_id": "r"}).decode()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NAMEKO_CLIENT, hearse.vhost.uri("admin"), context],
        cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert orjson.loads(done.stdout) == {"next": None, "items": []}


def test_a_request_is_applied_and_answered(sample: Deployment, either: Caller | DirectCaller) -> None:
    reply = either.call("sample.note", {"subject": "answered"})
    assert slug(reply) == "ok" and uuid.UUID(reply["result"]["id"])
    assert count(sample.url, f"seen WHERE id = '{reply['result']['id']}'") == 1


def test_a_wrong_field_is_named_and_its_value_is_not_repeated(either: Caller | DirectCaller) -> None:
    reply = either.call("sample.note", {"subject": "s", "publish": "NIK 3671011508959001", "remind_inn": 1})
    assert slug(reply) == "invalid-request"
    assert [each["pointer"] for each in reply["error"]["errors"]] == ["/publish", "/remind_inn"]
    assert "3671" not in orjson.dumps(reply).decode()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"args":[]}', b'{"kwargs":[]}', b"\xff", b'{"kwargs":{"request":"\xff"}}']
)
def test_a_body_that_is_no_request_is_malformed(caller: Caller, body: bytes) -> None:
    context = {"actor": {"subject": "s", "scopes": ["sample:write"]}, "correlation_id": "c", "request_id": "r"}
    request_id = str(uuid.uuid4())
    caller.send_raw("sample.note", body, {"nameko.context": orjson.dumps(context).decode()}, request_id)
    assert slug(caller.wait(request_id)) == "malformed"


@pytest.mark.parametrize(
    "headers", [{}, {"nameko.context": "{}"}, {"nameko.context": 7}, {"nameko.context": {"actor": 1}}]
)
def test_without_a_valid_context_nobody_is_served(caller: Caller, headers: dict[str, Any]) -> None:
    request_id = str(uuid.uuid4())
    caller.send_raw("sample.note", b'{"kwargs":{"request":{"subject":"s"}}}', headers, request_id)
    assert slug(caller.wait(request_id)) == "unauthenticated"


def test_a_text_that_the_database_cannot_hold_is_the_callers_fault(either: Caller | DirectCaller) -> None:
    assert slug(either.call("sample.note", {"subject": "a\x00b"})) == "invalid-request"


def test_a_missing_scope_is_forbidden(sample: Deployment, either: Caller | DirectCaller) -> None:
    reply = either.call("sample.note", {"subject": "forbidden"}, scopes=["sample:read"])
    assert slug(reply) == "forbidden" and count(sample.url, "seen WHERE subject = 'forbidden'") == 0


def test_an_unknown_operation_is_told_at_once(either: Caller | DirectCaller) -> None:
    def ask() -> None:
        assert slug(either.call("sample.nothing", {})) == "not-found"

    assert is_soon(ask, within=2)


def test_a_fault_of_ours_is_told_without_its_text(sample: Deployment, either: Caller | DirectCaller) -> None:
    reply = either.call("sample.count", {"name": "Siti Zulaikha"})
    assert slug(reply) == "internal"
    assert "Siti" not in orjson.dumps(reply).decode()


def test_an_expired_request_is_not_worked(sample: Deployment, caller: Caller) -> None:
    caller.send("sample.note", {"subject": "expired"}, deadline=time.time() - 1)
    assert slug(caller.call("sample.note", {"subject": "in time"}, deadline=time.time() + 30)) == "ok"
    line = 'kota_requests_total{operation="sample.note",outcome="expired"}'
    until(lambda: sample.process.metric(line) == 1, "the expired request to be dropped")
    assert count(sample.url, "seen WHERE subject = 'expired'") == 0


def test_nobody_there_is_told_at_once(caller: Caller) -> None:
    def ask() -> None:
        caller.batch.returned.clear()
        caller.send("nobody.note", {"subject": "s"})
        assert caller.batch.returned == ["nobody.note"]

    assert is_soon(ask, within=2)


@pytest.mark.parametrize("reply_to", [None, "nonsense", "hearse.get_booking", "", "x" * 255])
def test_a_request_that_cannot_be_answered_harms_nobody(
    sample: Deployment, caller: Caller, reply_to: str | None
) -> None:
    before = sample.process
    for operation in ("sample.note", "sample.nothing"):
        caller.send_raw(operation, b"{}", {}, "r", reply_to=reply_to)
    assert slug(caller.call("sample.note", {"subject": "after"})) == "ok"
    assert sample.process is before


def test_a_database_that_is_away_is_a_moments_trouble(sample: Deployment, either: Caller | DirectCaller) -> None:
    either.call("sample.note", {"subject": "before"})
    with away(sample.url, sample.superuser_url):
        reply = either.call("sample.note", {"subject": "away"}, idempotency_key="a")
        assert slug(reply) == "unavailable" and reply["error"]["retry_after"]
    assert slug(either.call("sample.note", {"subject": "away"}, idempotency_key="a")) == "ok"
    assert count(sample.url, "seen WHERE subject = 'away'") == 1


def test_a_broken_line_while_a_request_is_worked_costs_only_its_reply(sample: Deployment) -> None:
    before = sample.process
    with Caller(sample.vhost) as caller, gate_closed(sample.url):
        caller.send("sample.note", {"subject": "cut"}, idempotency_key="cut")
        until(lambda: waiting_at_gate(sample.url) == 1, "the request to be worked")
        with sample.vhost.node.management as management:
            management.close_connections(sample.vhost.name)
    until(before.is_ready, "the service to be connected again")
    with Caller(sample.vhost) as again:
        until(lambda: slug(again.call("sample.note", {"subject": "cut"}, idempotency_key="cut")) == "ok", "the reply")
    assert sample.process is before and count(sample.url, "seen WHERE subject = 'cut'") == 1
