"""One connection to a service's door: HTTP/1.1 parsed by httptools, one request after the other, in one green thread.

No thread is started for a request and nothing is set up for it: that was most of what a request cost beside its work.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httptools

from .wire import LEAVING, OK

READ_BYTES = 65_536
MOST_BYTES = 32_000_000
"""Of a head or a body. The gateway takes far less; this only keeps a stranger from filling our memory."""
REASONS = {200: b"OK", 400: b"Bad Request", 401: b"Unauthorized", 404: b"Not Found", 410: b"Gone", 503: b"Leaving"}


@dataclass
class Received:
    """One request, as it came."""

    target: bytes = b""
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""
    head_bytes: int = 0


class BadRequest(Exception):
    """What came is no request, or too large."""


class _Parser:
    """Collects what httptools finds."""

    def __init__(self) -> None:
        self.complete: deque[Received] = deque()
        self._now = Received()
        self._parts: list[bytes] = []
        self._size = 0
        self._http = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> None:
        """Raises BadRequest."""
        try:
            self._http.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, BadRequest) as error:
            raise BadRequest from error

    def on_message_begin(self) -> None:
        self._now, self._parts, self._size = Received(), [], 0

    def on_url(self, url: bytes) -> None:
        self._now.target += url
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._now.headers[name.lower()] = value
        self._count(len(name) + len(value))

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)
        self._count(len(body))

    def on_message_complete(self) -> None:
        self._now.body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self.complete.append(self._now)

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MOST_BYTES:
            raise BadRequest


class Connection:
    """`answer` gives status and body for a request; it is called for one request at a time."""

    def __init__(self, opened: socket.socket, answer: Callable[[Received], tuple[int, bytes]]) -> None:
        self._socket, self._answer = opened, answer
        self._parser = _Parser()
        self._waits = True
        self.closing = False

    def serve(self) -> None:
        """Until the other side goes, or `close`."""
        try:
            while request := self._next():
                self._waits = False
                status, body = (LEAVING, b"") if self.closing else self._answer(request)
                self._send(status, body)
                if self.closing or status != OK:
                    return
                self._waits = True
        except BadRequest:
            self.closing = True
            with suppress(OSError):
                self._send(400, b"")
        except OSError:
            return  # gone in the middle: its caller asks again, and is known by its request's id
        finally:
            self._socket.close()

    def close(self) -> None:
        """Take no more: what is being answered is answered, what has arrived is told that nothing was done."""
        self.closing = True
        if self._waits:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)

    def hang_up(self) -> None:
        """At once, whatever is under way."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _next(self) -> Received | None:
        while not self._parser.complete:
            data = self._socket.recv(READ_BYTES)
            if not data:
                return None
            self._parser.feed(data)
        return self._parser.complete.popleft()

    def _send(self, status: int, body: bytes) -> None:
        ending = b"Connection: close\r\n" if self.closing or status != OK else b""
        head = b"HTTP/1.1 %d %b\r\nContent-Length: %d\r\n%b\r\n" % (status, REASONS[status], len(body), ending)
        self._socket.sendall(head + body)
