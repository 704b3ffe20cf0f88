"""Requests straight to a service: sent again when that is safe, refused when nothing was done, in doubt otherwise."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chassis.answering import error_reply
from contracts.context import Actor, Context
from contracts.problems import Problem, TimedOut, Unavailable
from gateway.calling import Caller
from gateway.direct import Address, DirectClient
from tests.gateway.support.doorkeeper import KEY, Doorkeeper, reply

LEAVING = b"HTTP/1.1 503 Leaving\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
NOT_SIGNED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"


def hang_up(_: bytes) -> None:
    return None


async def ask(door: Doorkeeper, body: bytes = b"{}") -> bytes:
    client = DirectClient({"ambulance": door.address})
    try:
        async with asyncio.timeout(5):
            return await client.call("ambulance.get_unit", body, b"{}")
    finally:
        client.stop()


async def test_a_lost_request_is_sent_again() -> None:
    async with Doorkeeper([hang_up, lambda _: reply(b"second")]).open() as door:
        assert await ask(door, b'{"a":1}') == b"second"
        assert door.heard == [b'{"a":1}'] * 2


async def test_one_that_is_lost_again_and_again_is_in_doubt() -> None:
    async with Doorkeeper([hang_up]).open() as door:
        with pytest.raises(TimedOut):
            await ask(door)
        assert len(door.heard) == 3


async def test_a_service_that_leaves_has_done_nothing() -> None:
    async with Doorkeeper([lambda _: LEAVING, lambda _: reply(b"the other")]).open() as door:
        assert await ask(door) == b"the other"
    async with Doorkeeper([lambda _: LEAVING]).open() as door:
        with pytest.raises(Unavailable):
            await ask(door)


async def test_lost_first_and_refused_afterwards_is_in_doubt_all_the_same() -> None:
    async with Doorkeeper([hang_up, lambda _: LEAVING]).open() as door:
        with pytest.raises(TimedOut):
            await ask(door)


@pytest.mark.parametrize(
    ("answer", "problem"), [(NOT_SIGNED, Unavailable), (GONE, TimedOut), (b"junk\r\n\r\n", TimedOut)]
)
async def test_other_answers(answer: bytes, problem: type[Problem]) -> None:
    async with Doorkeeper([lambda _: answer]).open() as door:
        with pytest.raises(problem):
            await ask(door)


async def test_nobody_there_is_told_at_once() -> None:
    async with Doorkeeper([hang_up]).open() as door:
        nobody = door.address
    client = DirectClient({"ambulance": nobody})

    async def refused() -> None:
        with pytest.raises(Unavailable):
            await client.call("ambulance.get_unit", b"{}", b"{}")

    begun = asyncio.get_running_loop().time()
    await refused()
    assert asyncio.get_running_loop().time() - begun < 0.1


async def test_connections_are_kept_and_each_carries_one_request_at_a_time() -> None:
    async with Doorkeeper([lambda body: reply(b"<" + body + b">")]).open() as door:
        client = DirectClient({"ambulance": door.address})
        for _ in range(5):
            asked = [client.call("ambulance.get_unit", b"%d" % number, b"{}") for number in range(8)]
            assert await asyncio.gather(*asked) == [b"<%d>" % number for number in range(8)]
        assert door.connections == 8
        client.stop()


async def test_who_gives_up_leaves_no_answer_for_the_next() -> None:
    waits: list[Any] = [lambda _: b"", reply]
    async with Doorkeeper(waits).open() as door:
        client = DirectClient({"ambulance": door.address})
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await client.call("ambulance.get_unit", b"first", b"{}")
        assert await client.call("ambulance.get_unit", b"second", b"{}") == b"second"
        assert door.connections == 2
        client.stop()


@pytest.mark.parametrize("url", ["", "ambulance:80", "https://ambulance:80", "http://ambulance", "http://a:80/path"])
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(ValueError, match="http://host:port"):
        Address.of(url, KEY)


class Broker:
    """The other way, and whether it was taken."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def call(self, operation: str, *_: Any) -> bytes:
        self.asked.append(operation)
        return b'"over the broker"'


async def carried(door: Doorkeeper, broker: Broker, *, answers: bool) -> bytes:
    direct = DirectClient({"ambulance": door.address})
    # It stands for the gateway's own client of the broker, of which a caller wants `call` alone.
    caller = Caller(direct, broker, lambda: answers)  # type: ignore[arg-type]
    context = Context(actor=Actor(subject="s"), correlation_id="c", request_id="r")
    try:
        return await caller.call("ambulance.get_unit", b"{}", context, 2.0)
    finally:
        direct.stop()


@pytest.mark.parametrize("answer", [LEAVING, NOT_SIGNED])
async def test_what_a_door_does_not_take_goes_over_the_broker(answer: bytes) -> None:
    async with Doorkeeper([lambda _: answer]).open() as door:
        assert await carried(door, Broker(), answers=True) == b'"over the broker"'
        with pytest.raises(Unavailable):
            await carried(door, Broker(), answers=False)


async def test_what_a_service_answers_is_not_asked_again() -> None:
    refused = error_reply(Unavailable("the database is away", retry_after=2))
    async with Doorkeeper([lambda _: reply(refused)]).open() as door:
        broker = Broker()
        with pytest.raises(Unavailable):
            await carried(door, broker, answers=True)
        assert (len(door.heard), broker.asked) == (1, [])
