"""Many listeners at one feed, and one that does not keep up."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import httpx

from tests.support.broker import Vhost
from tests.support.waiting import until

from .client import Client, headers, listening
from .door import LIMIT, opened
from .publishing import numbered

LISTENERS = 200
BULK = "x" * 4000


async def test_every_listener_gets_every_event_once_and_one_consumer_serves_them(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(listening(door.url)) for _ in range(LISTENERS)]
        numbered(vhost, range(20))
        await asyncio.gather(*(_has(client, 20) for client in clients))
        assert door.feed.listeners == LISTENERS
        with vhost.node.management as management:  # its figures come a moment later

            def consumers() -> list[str]:
                found = management.request("GET", f"/consumers/{vhost.name}")
                return [consumer["queue"]["name"] for consumer in found]

            assert until(consumers, "the consumer to be counted") == ["city.events.log"]
    assert all(client.numbers == list(range(20)) for client in clients)


async def test_a_listener_that_left_is_forgotten(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway"), heartbeat=0.1) as door:
        async with listening(door.url) as client:
            await client.until(lambda: client.heartbeats > 0, "heartbeat")
            assert door.feed.listeners == 1
        async with asyncio.timeout(LIMIT):
            while door.feed.listeners:
                await asyncio.sleep(0.01)


async def test_a_slow_listener_is_told_to_resync_and_resumes_without_a_gap(vhost: Vhost) -> None:
    count = 6000
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as quick:
        slow = await _not_reading(door.url)
        for start in range(0, count, 200):
            await asyncio.to_thread(numbered, vhost, range(start, start + 200), text=BULK)
            await _has(quick, start + 200)
        seen = await _read_all(slow)
        assert seen.controls == ["resync"]
        assert seen.numbers == list(range(len(seen.numbers)))
        assert len(seen.numbers) < count
        async with listening(door.url, last=seen.last_id) as again:
            await again.until(lambda: len(again.numbers) >= count - len(seen.numbers), "the rest")
    assert quick.numbers == list(range(count))
    assert seen.numbers + again.numbers == list(range(count))


async def _has(client: Client, count: int) -> None:
    await client.until(lambda: len(client.numbers) >= count, f"{count} events")


async def _not_reading(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A listener with small buffers that has begun and then stops reading."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, (urlsplit(url).hostname, urlsplit(url).port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers().items())
    writer.write(f"GET /v1/stream HTTP/1.0\r\n{lines}\r\n".encode())
    await asyncio.wait_for(reader.readuntil(b"retry:"), LIMIT)
    return reader, writer


async def _read_all(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> Client:
    reader, writer = connection
    async with asyncio.timeout(LIMIT):
        text = await reader.read()
    writer.close()
    client = Client(httpx.Response(200, content=text))
    await client.read()
    return client
