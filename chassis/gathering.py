"""Many AMQP frames in one system call: py-amqp writes each message to the socket by itself, and wakes the broker."""

from __future__ import annotations

from typing import Any

from amqp.method_framing import frame_writer

MOST_BYTES = 64_000


class GatheredFrames:
    """What is written inside `with` waits until `flush`, or until it is much. `connection` is py-amqp's."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._transport, self._waiting = connection, connection.transport, bytearray()
        self._gathering, self._at_once = frame_writer(connection, self), connection.frame_writer

    def __enter__(self) -> None:
        self._connection.frame_writer = self._gathering

    def __exit__(self, *_: object) -> None:
        self._connection.frame_writer = self._at_once

    def write(self, data: bytes) -> None:
        """Called by py-amqp as if this were the transport."""
        self._waiting += data
        if len(self._waiting) >= MOST_BYTES:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            data, self._waiting = bytes(self._waiting), bytearray()
            self._transport.write(data)
