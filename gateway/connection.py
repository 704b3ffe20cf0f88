"""One AMQP connection, kept up by a loop of our own.

A loop of our own because what must happen after a loss differs: outstanding requests fail, the feed resumes at its
offset. Used by the requests and by the live feed, each with a connection of its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiormq
from aiormq.abc import AbstractChannel, AbstractConnection
from aiormq.exceptions import AMQPError
from yarl import URL

from chassis.repeated import Repeated
from chassis.telemetry import logger

log = logger(__name__)
RECONNECT_SECONDS = 0.5
CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 1.0
REFUSED = "ACCESS_REFUSED"
HEARTBEAT_SECONDS = "10"
# aiormq raises RuntimeError for writing to a connection that is being closed.
LOST = (AMQPError, ConnectionError, OSError, RuntimeError, TimeoutError)


class KeptConnection:
    """Connects, calls `opened` with a channel, waits for the loss, calls `lost`, and again, until `stop`."""

    def __init__(
        self,
        name: str,
        amqp_uri: str,
        opened: Callable[[AbstractChannel], Awaitable[None]],
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._name, self._uri = name, URL(amqp_uri).update_query(heartbeat=HEARTBEAT_SECONDS, name=f"gateway {name}")
        self._opened, self._lost = opened, lost
        self._up = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._dropped: asyncio.Future[None] | None = None
        self.channel: AbstractChannel | None = None
        self.reason, self.refused = "not connected", False
        self._told = Repeated()

    @property
    def connected(self) -> bool:
        """True while the channel can be used."""
        return self.channel is not None and not self.channel.is_closed

    async def start(self, wait: float = CONNECT_SECONDS) -> None:
        """Begin; returns when connected, or after `wait` seconds, trying on."""
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self._name}")
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._up.wait()

    async def stop(self) -> None:
        """Close and stay closed."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper

    def drop(self) -> None:
        """Give up the present connection and make another: it may be open on our side only."""
        if self._dropped is not None and not self._dropped.done():
            self._dropped.set_result(None)

    async def _keep(self) -> None:
        while True:
            try:
                await self._once()
            except LOST as error:
                self.reason = f"not connected ({_reason(error)})"
                self.refused = REFUSED in self.reason
                if self._told.is_news("broker", self.reason):
                    log.warning("broker_unreachable", connection=self._name, reason=self.reason)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _once(self) -> None:
        async with asyncio.timeout(CONNECT_SECONDS):
            connection = await aiormq.connect(self._uri)
        try:
            await self._use(connection)
        finally:
            self.channel = None
            self._up.clear()
            self._lost()
            with suppress(*LOST):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await connection.close()

    async def _use(self, connection: AbstractConnection) -> None:
        cancelled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._dropped = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(CONNECT_SECONDS):
            channel = await connection.channel(publisher_confirms=True)
            # The broker cancels a consumer whose queue went away: without this the connection would look well.
            channel.on_consumer_cancel_callbacks.add(lambda _: cancelled.cancel())
            await self._opened(channel)
        self.channel = channel
        self._up.set()
        log.info("broker_connected", connection=self._name)
        ends = {connection.closing, channel.closing, cancelled, self._dropped}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        log.warning("broker_lost", connection=self._name)


def _reason(error: BaseException) -> str:
    """The kind, and the broker's own words (`ACCESS_REFUSED - …`); no client's words, which may repeat the address."""
    words = re.search(r"[A-Z]{3,}_[A-Z_]+ - [^'\"]{1,200}", " ".join(map(str, error.args)))
    return f"{type(error).__name__}: {words[0].strip()}" if words else type(error).__name__
