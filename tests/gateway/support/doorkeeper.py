"""A service's door that behaves as it is told, over a real socket: for what a real service does only by accident."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from gateway.direct import Address

KEY = bytes(range(32))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b"
Behaviour = Callable[[bytes], bytes | None]


def reply(body: bytes) -> bytes:
    """A whole answer."""
    return OK % (len(body), body)


@dataclass
class Doorkeeper:
    """`behaviours` are used up one by one, the last for ever: bytes to send, or None to hang up. `heard`: requests."""

    behaviours: list[Behaviour]
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0
    address: Address = field(default_factory=lambda: Address("", 0, KEY))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Doorkeeper]:
        """For the length of the block."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = Address("127.0.0.1", server.sockets[0].getsockname()[1], KEY)
        async with server:
            yield self
            server.close_clients() if hasattr(server, "close_clients") else None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                body = await reader.readexactly(length)
                self.heard.append(body)
                behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
                answer = behaviour(body)
                if answer is None:
                    break
                writer.write(answer)
                await writer.drain()
        writer.close()
