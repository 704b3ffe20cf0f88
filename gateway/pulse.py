"""Whether the broker does its work: it is asked again and again to take over a message that nobody reads.

A broker that is frozen, that a network has swallowed, or whose disk is full looks connected for a long time. Only an
answer shows that it is well.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from pamqp.commands import Basic

from chassis.beats import ANSWER_SECONDS, BEAT_SECONDS, BLOCKED, Beats
from chassis.supported import rabbitmq_refusal

from .connection import LOST, KeptConnection

EXCHANGE, NOBODYS = "nameko-rpc", "gateway.pulse"


class Pulse:
    """Beats on the first of the connections. `reason` says what is wrong, in a word for operators; empty if nothing."""

    def __init__(self, *connections: KeptConnection) -> None:
        self._connections = connections
        self._beats = Beats()
        self._task: asyncio.Task[None] | None = None

    @property
    def reason(self) -> str:
        """Why the broker can't be relied on at this moment."""
        return self._beats.reason

    @property
    def dispensable(self) -> bool:
        """Whether what needs no broker may go on without it."""
        return self._beats.dispensable

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
            await asyncio.sleep(0.2 if self._beats.wrong else BEAT_SECONDS)
            await self._beat()

    async def _beat(self) -> None:
        channel = self._connections[0].channel
        if channel is None or channel.is_closed:
            self._beats.away(self._connections[0].reason, unusable=self._connections[0].refused)
            return
        if unfit := rabbitmq_refusal(_text(channel.connection.server_properties.get("version"))):
            self._beats.away(unfit, unusable=True)
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await channel.basic_publish(
                    b"", exchange=EXCHANGE, routing_key=NOBODYS, properties=Basic.Properties(delivery_mode=1)
                )
                # The first message of a connection is taken even when it is blocked; what follows is not read.
                await channel.exchange_declare(EXCHANGE, passive=True)
        except LOST:
            if self._beats.missed(BLOCKED):
                for connection in self._connections:
                    connection.drop()
        else:
            self._beats.answered()


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
