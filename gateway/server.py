"""uvicorn with the three things that it lacks: a limit for slow heads, whole replies in one write, an end for feeds."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .app import Gateway
from .settings import Settings

SHUTDOWN_SECONDS = 10


class GatheredWrites:
    """A transport that sends what is written within one turn of the loop at once.

    uvicorn writes a reply's head and body apart, and uvloop sends each at once: two system calls, two packets, two
    wake-ups of the client, which was a tenth of the gateway's time for each request.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send soon."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def close(self) -> None:
        """Send what waits, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._waiting:
            data, self._waiting = b"".join(self._waiting), []
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def protocol(head_seconds: float) -> type[HttpToolsProtocol]:
    """A connection that is closed when a request's head does not arrive whole within `head_seconds`."""

    class Protocol(HttpToolsProtocol):
        _late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(GatheredWrites(transport, self.loop))  # type: ignore[arg-type]
            self._late = self.loop.call_later(head_seconds, self._close_late)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            if self._late is None:
                self._late = self.loop.call_later(head_seconds, self._close_late)

        def on_headers_complete(self) -> None:
            self._disarm()
            super().on_headers_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            self._disarm()
            super().connection_lost(exc)

        def _disarm(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

        def _close_late(self) -> None:
            self._late = None
            self.transport.close()

    return Protocol


class Server(uvicorn.Server):
    """Ends the live feeds before it waits for running replies."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway) -> None:
        super().__init__(config)
        self._gateway = gateway

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._gateway.feed.close_listeners()
        await super().shutdown(sockets)


def server(settings: Settings) -> Server:
    """A server that is not started yet."""
    gateway = Gateway(settings)
    config = uvicorn.Config(
        gateway.asgi,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=protocol(settings.head_seconds),
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return Server(config, gateway)
