"""A listener that comes back with Last-Event-ID gets all that it missed, once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import amqp
import pytest

import contracts
from chassis.broker import EVENT_LOG
from gateway.feed import catching_up, hub
from kota.engines import build_definitions, rabbitmq_node
from kota.engines.definitions import VHOST
from kota.engines.placing import place
from kota.engines.topology import topology
from tests.support.broker import PASSWORDS, Vhost
from tests.support.waiting import until

from .client import Client, listening
from .door import LIMIT, opened
from .publishing import DRAFTED, numbered


async def test_from_memory(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door:
        numbered(vhost, range(100))
        await door.tail(99)
        async with listening(door.url, last=39) as client:
            numbered(vhost, range(100, 110))
            await client.until(lambda: len(client.numbers) == 70, "70 events")
    assert client.numbers == list(range(40, 110))


async def test_without_an_id_only_what_is_new(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door:
        numbered(vhost, range(10))
        await door.tail(9)
        async with listening(door.url) as client:
            numbered(vhost, [10])
            await client.until(lambda: bool(client.numbers), "event")
    assert client.numbers == [10]


async def test_from_the_stream_when_memory_does_not_reach_back(vhost: Vhost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "KEPT", 20)
    async with opened(vhost.uri("gateway")) as door:
        numbered(vhost, range(1000))
        await door.tail(999)
        async with listening(door.url, last=9) as client:
            # Published while the listener catches up: must join on without a gap and without a double.
            await asyncio.to_thread(numbered, vhost, range(1000, 1500))
            await client.until(lambda: len(client.numbers) >= 1490, "1,490 events")
    assert client.numbers == list(range(10, 1500))
    assert client.controls == []


async def test_from_another_gateway_that_has_just_started(vhost: Vhost) -> None:
    numbered(vhost, range(300))
    numbered(vhost, range(300, 310))
    async with opened(vhost.uri("gateway")) as door, listening(door.url, last=4) as client:
        await client.until(lambda: len(client.numbers) >= 305, "305 events")
    assert client.numbers == list(range(5, 310))


async def test_from_another_gateway_that_is_ahead(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door:
        numbered(vhost, range(10))
        await door.tail(9)
        async with listening(door.url, last=14) as client:
            async with asyncio.timeout(LIMIT):
                while not door.feed.listeners:
                    await asyncio.sleep(0.01)
            numbered(vhost, range(10, 30))
            numbered(vhost, [30])
            await client.until(lambda: bool(client.numbers) and client.numbers[-1] == 30, "the last event")
    assert client.numbers == list(range(15, 31))


async def test_an_id_that_the_stream_has_not_reached_is_told(vhost: Vhost) -> None:
    numbered(vhost, [0])
    async with opened(vhost.uri("gateway")) as door, listening(door.url, last=1000) as client:
        await client.until(lambda: client.controls == ["resync"], "resync")


@pytest.mark.parametrize("strange", ["-1", "abc", "7-xyz", "9" * 30, "0-", "null", "7-00000000"])
async def test_an_id_of_another_kind_or_stream_is_told_and_the_feed_goes_on(vhost: Vhost, strange: str) -> None:
    """A browser sends the same id for ever: a refusal would end its feed for good."""
    async with opened(vhost.uri("gateway")) as door:
        numbered(vhost, range(10))
        await door.tail(9)
        async with listening(door.url, last=strange) as client:
            await client.until(lambda: client.controls == ["resync"], "resync")
            numbered(vhost, [10, 11])
            await client.until(lambda: client.numbers == [10, 11], "what comes after")


async def test_the_id_that_was_shown_resumes_where_it_stood(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door:
        async with listening(door.url) as client:
            numbered(vhost, range(3))
            await client.until(lambda: len(client.numbers) == 3, "three events")
        numbered(vhost, range(3, 6))
        await door.tail(5)
        async with listening(door.url, last=client.frames[1].id) as again:
            await again.until(lambda: len(again.numbers) == 4, "four events")
    assert (again.numbers, again.controls) == ([2, 3, 4, 5], [])


async def test_a_stream_that_was_made_anew_is_noticed_by_a_running_gateway(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as client:
        numbered(vhost, range(20))
        await client.until(lambda: len(client.numbers) == 20, "20 events")
        await asyncio.to_thread(_made_anew, vhost)
        await asyncio.to_thread(numbered, vhost, range(100, 103))
        await client.until(lambda: client.numbers[-1] == 102, "the events of the new stream")
        assert client.controls == ["resync"] and client.numbers == [*range(20), 100, 101, 102]
        async with listening(door.url, last=client.frames[3].id) as returned:
            await returned.until(lambda: returned.controls == ["resync"], "the word that it is another stream")


def _made_anew(vhost: Vhost) -> None:
    with vhost.node.management as management:
        management.request("DELETE", f"/queues/{vhost.name}/{EVENT_LOG}")
        place(management, vhost.name, topology(vhost.name))


async def test_a_long_gap_is_read_in_bounded_slices_without_what_the_listener_may_not_see(
    vhost: Vhost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "KEPT", 20)
    slices: list[int] = []
    read = catching_up.read_slice

    async def watched(*arguments: object) -> catching_up.Slice:
        part = await read(*arguments, most=50)  # type: ignore[arg-type]
        slices.append(len(part.entries))
        return part

    monkeypatch.setattr(hub, "read_slice", watched)
    async with opened(vhost.uri("gateway")) as door:
        for start in range(0, 2000, 20):
            numbered(vhost, range(start, start + 19))
            numbered(vhost, [start + 19], DRAFTED)
        await door.tail(1999)
        async with listening(door.url, last=0) as everything:
            await everything.until(lambda: len(everything.numbers) == 1999, "the whole gap")
        assert len(slices) >= 39 and max(slices) <= 50
        slices.clear()
        async with listening(door.url, "hearse_officer", last=0) as hearse:
            await hearse.until(lambda: len(hearse.numbers) == 100, "the few it may see")
    assert everything.numbers == list(range(1, 2000)) and everything.controls == []
    assert hearse.numbers == list(range(19, 2000, 20)) and max(slices) <= 50 and sum(slices) <= 102


async def test_after_the_connection_was_cut(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as client:
        numbered(vhost, range(50))
        await client.until(lambda: len(client.numbers) == 50, "50 events")
        await asyncio.to_thread(_cut, vhost)
        numbered(vhost, range(50, 150))
        await client.until(lambda: len(client.numbers) >= 150, "150 events")
    assert client.numbers == list(range(150))


async def test_cut_again_and_again_under_load(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as client:
        for round_ in range(3):
            numbered(vhost, range(round_ * 200, round_ * 200 + 200))
            await asyncio.to_thread(_cut, vhost)
        await client.until(lambda: len(client.numbers) >= 600, "600 events")
    assert client.numbers == list(range(600))


def _cut(vhost: Vhost) -> None:
    """Close the feed's connection from the broker's side, as soon as the broker lists it."""
    with vhost.node.management as management:

        def close() -> bool:
            mine = [c for c in management.request("GET", "/connections") if c.get("vhost") == vhost.name]
            for connection in mine:
                management.request("DELETE", f"/connections/{quote(connection['name'], safe='')}")
            return bool(mine)

        until(close, "the feed's connection to be listed", limit=20)


@pytest.fixture
def own_node(folder: Path) -> Iterator[Vhost]:
    """A node of this test alone, which may stop it."""
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(folder / "mq-feed", definitions, PASSWORDS) as node:
        yield Vhost(node, VHOST)


async def test_after_the_node_was_restarted(own_node: Vhost) -> None:
    async with opened(own_node.uri("gateway")) as door, listening(door.url) as steady:
        numbered(own_node, range(50))
        await steady.until(lambda: len(steady.numbers) == 50, "50 events")
        await asyncio.to_thread(_restart, own_node)
        await asyncio.to_thread(numbered, own_node, range(50, 100))
        await steady.until(lambda: len(steady.numbers) >= 100, "100 events")
        async with listening(door.url, last=20) as returned:
            await _has(returned, 79)
    assert steady.numbers == list(range(100))
    assert returned.numbers == list(range(21, 100))


def _restart(vhost: Vhost) -> None:
    """Until the stream is there again: the relay, too, waits for it before it publishes."""
    vhost.node.stop()
    vhost.node.start()
    until(lambda: _has_stream(vhost), "the stream to be back", limit=30)


def _has_stream(vhost: Vhost) -> bool:
    with vhost.connect() as connection:
        try:
            connection.channel().queue_declare(EVENT_LOG, passive=True)
        except amqp.AMQPError:
            return False
        return True


async def _has(client: Client, count: int) -> None:
    await client.until(lambda: len(client.numbers) >= count, f"{count} events")
