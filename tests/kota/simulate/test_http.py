"""The client retries through faults with one key, gives up in time, and notices answers that differ."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import httpx
import pytest

from kota.simulate.http import Client, GaveUp

Answer = Callable[[httpx.Request], httpx.Response]


def client(answer: Answer, patience: float = 5.0) -> tuple[Client, list[httpx.Request]]:
    """The real client over a transport that answers like this."""
    asked: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(request)

    http = httpx.AsyncClient(base_url="http://gateway", transport=httpx.MockTransport(note))
    return Client(http, lambda user: user, patience), asked


async def post(to: Client, **more: object) -> int:
    reply = await to.call("record_contact", "POST", "/contacts", "call-taker", json={}, **more)  # type: ignore[arg-type]
    return reply.status


async def test_faults_are_tried_again_with_the_same_key() -> None:
    waiting = iter([503, 504, httpx.ReadError("reset"), 409, 201])

    def answer(request: httpx.Request) -> httpx.Response:
        given = next(waiting)
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given, json={"type": "/problems/still-running"} if given == 409 else {})

    api, asked = client(answer)
    assert await post(api) == 201
    assert len(asked) == 5
    assert len({request.headers["Idempotency-Key"] for request in asked}) == 1
    assert sum(api.traffic.retries.values()) == 4


async def test_each_new_request_has_a_key_of_its_own() -> None:
    api, asked = client(lambda request: httpx.Response(201, json={}))
    await post(api)
    await post(api)
    assert len({uuid.UUID(request.headers["Idempotency-Key"]) for request in asked}) == 2


async def test_patience_ends() -> None:
    api, _ = client(lambda request: httpx.Response(503, json={}), patience=0.3)
    with pytest.raises(GaveUp, match="503"):
        await post(api)
    assert api.traffic.gave_up == 1


async def test_a_refusal_is_final_and_counted() -> None:
    api, asked = client(lambda request: httpx.Response(409, json={"type": "/problems/ambulance-unit-taken"}))
    assert await post(api) == 409
    assert len(asked) == 1
    assert dict(api.traffic.refusals) == {"record_contact 409 ambulance-unit-taken": 1}


async def test_a_repeated_request_must_be_answered_alike() -> None:
    honest, asked = client(lambda request: httpx.Response(201, json={"id": 1}))
    await post(honest, repeat=True)
    assert len({request.headers["Idempotency-Key"] for request in asked}) == 1
    assert honest.traffic.repeated_differently == []

    doubling, _ = client(lambda request: httpx.Response(201, json={"id": uuid.uuid4().hex}))
    await post(doubling, repeat=True)
    assert doubling.traffic.repeated_differently == ["record_contact: 201, then 201"]
