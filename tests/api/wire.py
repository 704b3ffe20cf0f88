"""HTTP by hand: bytes out, bytes in, for what no well-behaved client would send."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass

import orjson

from .suite import Suite

WAIT_SECONDS = 8.0


@dataclass(frozen=True)
class Reply:
    """One reply as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def slug(self) -> str:
        """Of a problem document."""
        assert self.headers["content-type"] == "application/problem+json", self
        return str(orjson.loads(self.body)["type"].rpartition("/")[2])


def connect(suite: Suite) -> socket.socket:
    """A connection to the gateway."""
    return socket.create_connection((suite.host, suite.port), timeout=WAIT_SECONDS)


def request(
    suite: Suite, method: str, target: str, *headers: str, user: str = "dispatcher", body: bytes = b""
) -> bytes:
    """The bytes of a request; `target` and `headers` go out as they are."""
    lines = [f"{method} {target} HTTP/1.1", "Host: kota", f"Authorization: Bearer {suite.token(user)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def posted(suite: Suite, target: str, body: bytes, *headers: str, user: str = "dispatcher") -> bytes:
    """A POST of JSON with the right length."""
    fields = ("Content-Type: application/json", f"Content-Length: {len(body)}", *headers)
    return request(suite, "POST", target, *fields, user=user, body=body)


def ask(suite: Suite, sent: bytes) -> Reply:
    """Send it and read one reply."""
    with connect(suite) as connection:
        # Refused before all was sent: the reply is there all the same.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        return read(connection)


def read(connection: socket.socket, pending: bytearray | None = None) -> Reply:
    """The next reply; what follows it stays in `pending`."""
    data = pending if pending is not None else bytearray()
    while b"\r\n\r\n" not in data:
        _more(connection, data)
    head, _, _ = bytes(data).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status, begin = int(first.split()[1]), len(head) + 4
    end = begin + (0 if status in (204, 304) else int(headers.get("content-length", 0)))
    while len(data) < end:
        _more(connection, data)
    body = bytes(data[begin:end])
    del data[:end]
    return Reply(status, headers, body)


def _more(connection: socket.socket, data: bytearray) -> None:
    chunk = connection.recv(65_536)
    assert chunk, f"the connection ended after {bytes(data[:300])!r}"
    data += chunk
