"""Whether the broker does its work: it is asked again and again to take over a message that nobody reads.

A broker that is frozen, that a network has swallowed, or whose disk is full looks connected for a long time. Only an
answer shows that it is well.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from pamqp.commands import Basic

from chassis.supported import rabbitmq_refusal

from .connection import LOST, KeptConnection

BEAT_SECONDS = 2.0
ANSWER_SECONDS = 3.0
STALE_SECONDS = 8.0
GIVE_UP_AFTER = 2
"""Beats without an answer in a row after which every connection is made anew: it may be open on our side only."""
EXCHANGE, NOBODYS = "nameko-rpc", "gateway.pulse"


class Pulse:
    """Beats on the first of the connections. `reason` says what is wrong, in a word for operators; empty if nothing."""

    def __init__(self, *connections: KeptConnection) -> None:
        self._connections = connections
        self._wrong, self._answered_at, self._missed = "not asked yet", time.monotonic(), 0
        self._task: asyncio.Task[None] | None = None

    @property
    def reason(self) -> str:
        """Why the broker can't be relied on at this moment."""
        silent = time.monotonic() - self._answered_at
        if not self._wrong and silent > STALE_SECONDS:
            return f"no answer for {silent:.0f} s"
        return self._wrong

    async def start(self) -> None:
        """Ask once, then begin."""
        await self._beat()
        self._task = asyncio.create_task(self._run(), name="pulse of the broker")

    async def stop(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(0.2 if self._wrong else BEAT_SECONDS)
            await self._beat()

    async def _beat(self) -> None:
        channel = self._connections[0].channel
        if channel is None or channel.is_closed:
            self._wrong, self._missed = "not connected", 0
            return
        if unfit := rabbitmq_refusal(_text(channel.connection.server_properties.get("version"))):
            self._wrong = unfit
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await channel.basic_publish(
                    b"", exchange=EXCHANGE, routing_key=NOBODYS, properties=Basic.Properties(delivery_mode=1)
                )
                # The first message of a connection is taken even when it is blocked; what follows is not read.
                await channel.exchange_declare(EXCHANGE, passive=True)
        except LOST:
            self._miss()
        else:
            self._wrong, self._missed, self._answered_at = "", 0, time.monotonic()

    def _miss(self) -> None:
        self._wrong = "takes no messages: it is blocked (disk or memory alarm), frozen, or cut off"
        self._missed += 1
        if self._missed == GIVE_UP_AFTER:
            for connection in self._connections:
                connection.drop()


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
