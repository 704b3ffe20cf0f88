"""Requests to the services' own doors, over HTTP/1.1 connections that are kept: no broker between.

A connection carries one request at a time, so a reply needs no name. What is sent and signed: chassis/direct/wire.py.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httptools

from chassis.direct.wire import LEAVING, NOT_SIGNED, OK, message
from chassis.telemetry import logger
from contracts.problems import TimedOut, Unavailable

log = logger(__name__)
CONNECT_SECONDS = 2.0
KEPT_SECONDS = 60.0
"""A connection is not used for longer: so that processes that have come since get their share."""
TRIES = 3


class Lost(Exception):
    """The connection ended before the reply: nobody knows what became of the request."""


@dataclass(frozen=True)
class Address:
    """Where a service's processes listen, and the key that signs requests to them."""

    host: str
    port: int
    key: bytes

    @classmethod
    def of(cls, url: str, key: bytes) -> Address:
        """From `http://host:port`. Raises ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.port is None or parts.path.strip("/"):
            raise ValueError(f"a service's address must look like http://host:port, not {url!r}")
        return cls(parts.hostname, parts.port, key)


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[tuple[int, bytes]] | None = None
        self._parts: list[bytes] = []
        self.opened_at = time.monotonic()
        self.open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        self.open = False
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(Lost())

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            log.error("direct_reply_unreadable")
            self.close()

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)

    def on_message_complete(self) -> None:
        self.open = self.open and self._parser.should_keep_alive()
        if self._reply is not None and not self._reply.done():
            self._reply.set_result((self._parser.get_status_code(), b"".join(self._parts)))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body. Raises Lost. Who is cancelled meanwhile must close the line: a reply is still to come."""
        assert self._transport is not None, "connected"
        self._parts = []
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._reply

    @property
    def usable(self) -> bool:
        """True if another request may go over it."""
        return self.open and time.monotonic() - self.opened_at < KEPT_SECONDS

    def close(self) -> None:
        """Use it no more."""
        self.open = False
        if self._transport is not None:
            self._transport.abort()


class DirectClient:
    """Calls the services whose addresses are known; safe for any number of callers of one event loop."""

    def __init__(self, addresses: Mapping[str, Address]) -> None:
        self._addresses = addresses
        self._idle: defaultdict[str, list[Line]] = defaultdict(list)

    @property
    def services(self) -> frozenset[str]:
        """Who can be asked."""
        return frozenset(self._addresses)

    async def call(self, operation: str, request: bytes, context: bytes) -> bytes:
        """The reply's body. Raises Unavailable if the service certainly did nothing, TimedOut if nobody knows.

        What was sent and lost is sent again, to another process or to the same when it is back: a service knows a
        request by its id and applies it once.
        """
        service = operation.partition(".")[0]
        address = self._addresses[service]
        sent = message(address.key, address.host.encode(), operation.encode(), context, request)
        in_doubt = False
        for _ in range(TRIES):
            try:
                line = await self._line(service, address)
            except (OSError, TimeoutError):
                break
            try:
                status, body = await self._ask(service, line, sent)
            except Lost:
                in_doubt = True
                continue
            if status == OK:
                return body
            if status == NOT_SIGNED:
                log.error("direct_key_refused", service=service)
                break
            if status != LEAVING:  # too late, or no request in its eyes
                raise TimedOut("the request came too late", retry_after=1)
        if in_doubt:
            raise TimedOut(f"{service} went away before the reply", retry_after=2)
        raise Unavailable(f"nobody answers for {service} now", retry_after=2)

    async def _ask(self, service: str, line: Line, sent: bytes) -> tuple[int, bytes]:
        try:
            reply = await line.ask(sent)
        except BaseException:
            line.close()
            raise
        if line.usable:
            self._idle[service].append(line)
        else:
            line.close()
        return reply

    async def _line(self, service: str, address: Address) -> Line:
        idle = self._idle[service]
        while idle:
            line = idle.pop()  # the one used last: those that are not needed grow old and end
            if line.usable:
                return line
            line.close()
        async with asyncio.timeout(CONNECT_SECONDS):
            _, made = await asyncio.get_running_loop().create_connection(Line, address.host, address.port)
        return made

    def stop(self) -> None:
        """Close what is open."""
        for lines in self._idle.values():
            while lines:
                lines.pop().close()
