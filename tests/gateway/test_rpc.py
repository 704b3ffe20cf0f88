"""Requests to services over a real broker: what arrives there, what comes back, and what if nobody answers."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from contracts.ambulance.problems import UnitTaken
from contracts.problems import Problem
from gateway.rpc import problem_of, result_of
from gateway.security.roles import PUBLIC
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.responder import SILENT, Responder
from tests.gateway.support.wire import Wire
from tests.support.broker import Vhost
from tests.support.waiting import is_soon, until

INCIDENTS = "/v1/ambulance/incidents"
DEADLINE = 5.0
"""Seconds that the gateway gives a service for its answer."""
ID = "00000000-0000-0000-0000-000000000001"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_request_arrives_with_its_context(gateway: GatewayProcess, issuer: Issuer, ambulance: Responder) -> None:
    sent, story, headers = time.time(), str(uuid.uuid4()), issuer.headers("crew-amb-01")
    headers |= {"X-Correlation-Id": story, "Idempotency-Key": "k 1", "traceparent": TRACE, "X-Purpose": "duty"}
    reply = gateway.post(f"/v1/ambulance/assignments/{ID}/milestones", json={"milestone": "on_scene"}, headers=headers)
    assert (reply.status_code, reply.headers["x-correlation-id"]) == (200, story)
    operation, request, context = ambulance.seen[-1]
    assert operation == "ambulance.record_milestone"
    assert (request["assignment_id"], request["milestone"]) == (ID, "on_scene")
    assert (context.correlation_id, context.idempotency_key, context.traceparent) == (story, "k 1", TRACE)
    assert (context.resource, context.purpose) == (f"POST /v1/ambulance/assignments/{ID}/milestones", "duty")
    assert context.actor.rows == {"unit": ("AMB-01",)}
    assert context.actor.scopes == {"ambulance:crew", "ambulance:trip", "ambulance:read", *PUBLIC}
    assert context.deadline is not None
    assert sent + DEADLINE - 0.1 < context.deadline < time.time() + DEADLINE
    assert ambulance.headers["traceparent"] == TRACE


def test_the_super_app_acts_for_a_citizen(gateway: GatewayProcess, issuer: Issuer, ambulance: Responder) -> None:
    headers = issuer.headers("super-app") | {"Idempotency-Key": "k2"}
    headers["Citizen-Token"] = issuer.citizens.mint({"sub": "citizen-7"})
    assert gateway.post(INCIDENTS, json={}, headers=headers).status_code == 201
    actor = ambulance.seen[-1][2].actor
    assert (actor.subject, actor.client, actor.roles) == ("citizen-7", "super-app", ("super_app",))


def test_the_problem_of_a_service_is_shown(gateway: GatewayProcess, issuer: Issuer, ambulance: Responder) -> None:
    def taken(*_: Any) -> None:
        raise UnitTaken("AMB-01 is on its way", detail_id="AMB-01 sedang jalan", next_best="AMB-02")

    ambulance.answers["ambulance.dispatch_unit"] = taken
    headers = issuer.headers("dispatcher")
    reply = gateway.post(f"{INCIDENTS}/{ID}/assignments", json={"unit_id": "AMB-01"}, headers=headers)
    problem = reply.json()
    assert (reply.status_code, problem["type"], problem["next_best"]) == (
        409,
        "/problems/ambulance-unit-taken",
        "AMB-02",
    )
    assert problem["detail"] == "AMB-01 sedang jalan"
    assert gateway.get(problem["type"]).json()["status"] == 409


def test_nobody_answers_for_a_service(gateway: GatewayProcess, issuer: Issuer) -> None:
    def ask() -> None:
        reply = gateway.get("/v1/umkm/priority-households", headers=issuer.headers("umkm-officer"))
        assert (reply.status_code, reply.json()["type"]) == (503, "/problems/unavailable")
        assert int(reply.headers["retry-after"]) >= 1

    assert is_soon(ask, within=1)


def test_a_silent_service_gives_a_504(gateway: GatewayProcess, issuer: Issuer, ambulance: Responder) -> None:
    ambulance.answers["ambulance.get_incident"] = lambda *_: SILENT
    reply = gateway.get(f"{INCIDENTS}/{ID}", headers=issuer.headers("dispatcher"))
    assert (reply.status_code, reply.json()["type"]) == (504, "/problems/timed-out")
    assert int(reply.headers["retry-after"]) >= 1


def test_a_slow_service_does_not_starve_another(city: Vhost, issuer: Issuer, tmp_path: Path) -> None:
    uri, log = city.uri("gateway"), tmp_path / "gateway.log"
    with (
        GatewayProcess(uri, issuer.url, log, CALLS_PER_SERVICE="2") as gateway,
        Responder(city.uri("ambulance"), "ambulance") as slow,
        Responder(city.uri("umkm"), "umkm"),
        ThreadPoolExecutor(2) as pool,
    ):
        slow.answers["ambulance.get_incident"] = lambda *_: SILENT
        headers = issuer.headers("dispatcher")
        stuck = [pool.submit(gateway.get, f"{INCIDENTS}/{ID}", headers=headers) for _ in range(2)]
        until(lambda: len(slow.seen) == 2, "both slow requests to be under way")
        refused = gateway.get(f"{INCIDENTS}/{ID}", headers=headers)
        other = gateway.get("/v1/umkm/priority-households", headers=issuer.headers("umkm-officer"))
        assert (refused.status_code, other.status_code) == (503, 200)
        assert [future.result(10).status_code for future in stuck] == [504, 504]


def test_many_at_once_get_each_their_own_reply(gateway: GatewayProcess, issuer: Issuer, ambulance: Responder) -> None:
    headers = issuer.headers("dispatcher")

    def one(number: int) -> bool:
        reply = gateway.post(INCIDENTS, json={"complaint": f"case {number}"}, headers=headers)
        return bool(reply.status_code == 201 and reply.json()["complaint"] == f"case {number}")

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(one, range(200)))


def test_without_the_broker_503_and_afterwards_as_before(
    wired: GatewayProcess, wire: Wire, issuer: Issuer, ambulance: Responder
) -> None:
    headers = issuer.headers("dispatcher")
    assert wired.get(f"{INCIDENTS}/{ID}", headers=headers).status_code == 200
    wire.cut()
    until(lambda: wired.get("/health/ready").status_code == 503, "the gateway to notice")
    reply = wired.get(f"{INCIDENTS}/{ID}", headers=headers)
    assert (reply.status_code, reply.json()["type"]) == (503, "/problems/unavailable")
    assert wired.get("/health/live").status_code == 200
    wire.mend()
    until(wired.is_ready, "the gateway to be ready again")
    assert wired.get(f"{INCIDENTS}/{ID}", headers=headers).status_code == 200


def test_a_request_under_way_when_the_broker_goes_is_unknown(
    wired: GatewayProcess, wire: Wire, issuer: Issuer, ambulance: Responder
) -> None:
    arrived = threading.Event()

    def wait(*_: Any) -> object:
        arrived.set()
        return SILENT

    ambulance.answers["ambulance.open_incident"] = wait
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(wired.post, INCIDENTS, json={}, headers=issuer.headers("dispatcher"))
        assert arrived.wait(10)
        wire.cut()
        reply = future.result(4)  # at once, not after the time-out of 5 s
    assert (reply.status_code, reply.json()["type"]) == (504, "/problems/timed-out")


def test_a_reply_of_a_plain_nameko_service_is_understood() -> None:
    assert result_of(b'{"error": null, "result": {"a": 1}}') == b'{"a":1}'
    with pytest.raises(Problem) as caught:
        result_of(b'{"result": null, "error": {"exc_type": "ValueError", "value": "NIK 3671..."}}')
    assert caught.value.slug == "internal"
    assert "3671" not in str(caught.value.data)
    for broken in (b"", b"[]", b'{"result": 1}', b"\xff"):
        with pytest.raises(Problem):
            result_of(broken)
    assert problem_of({"slug": "no-such"}).slug == "internal"
