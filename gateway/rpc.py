"""Requests to the services: nameko's RPC wire format over one AMQP connection, with a confirming channel.

A mandatory, confirmed publish tells within a millisecond when nobody answers for a service; the reply comes back on
a queue of this process. The connection is kept by a loop of our own.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import defaultdict
from contextlib import suppress

import aiormq
import orjson
from aiormq.abc import AbstractChannel, DeliveredMessage
from aiormq.exceptions import AMQPError, DeliveryError, PublishError
from pamqp.commands import Basic

from chassis.telemetry import logger
from contracts.context import CONTEXT_KEY, Context
from contracts.problems import PROBLEMS, Internal, Problem, ProblemData, TimedOut, Unavailable

log = logger(__name__)
EXCHANGE = "nameko-rpc"
RECONNECT_SECONDS = 0.5
QUEUE_EXPIRES_MS = 60_000
LOST = (AMQPError, ConnectionError, OSError, RuntimeError)


class RpcClient:
    """Calls services; safe for any number of concurrent callers of one event loop."""

    def __init__(self, amqp_uri: str, *, calls_per_service: int = 200) -> None:
        self._uri = amqp_uri
        self._reply_key = str(uuid.uuid4())
        self._channel: AbstractChannel | None = None
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self._running: defaultdict[str, int] = defaultdict(int)
        self._limit = calls_per_service
        self._keeper: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """True while requests can be sent."""
        return self._channel is not None and not self._channel.is_closed

    async def start(self) -> None:
        """Connect, and stay connected until `stop`."""
        ready = asyncio.Event()
        self._keeper = asyncio.create_task(self._keep_connected(ready))
        with suppress(TimeoutError):
            await asyncio.wait_for(ready.wait(), 5)

    async def stop(self) -> None:
        """Close the connection; outstanding calls fail."""
        if self._keeper:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper

    async def call(self, operation: str, request: bytes, context: Context, timeout: float) -> bytes:
        """The JSON bytes of the reply's result.

        Raises the Problem that the service answered, Unavailable if it certainly did not get the request, TimedOut
        if it is unknown what became of it.
        """
        service = operation.partition(".")[0]
        if self._running[service] >= self._limit:
            raise Unavailable(f"{service} has too many requests under way", retry_after=1)
        self._running[service] += 1
        try:
            return await self._exchange(operation, request, context, timeout)
        finally:
            self._running[service] -= 1

    async def _exchange(self, operation: str, request: bytes, context: Context, timeout: float) -> bytes:
        reply: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[context.request_id] = reply
        try:
            async with asyncio.timeout(timeout):
                await self._publish(operation, request, context)
                return await reply
        except TimeoutError:
            raise TimedOut(f"no reply within {timeout:g} s", retry_after=1) from None
        finally:
            del self._waiting[context.request_id]

    async def _publish(self, operation: str, request: bytes, context: Context) -> None:
        channel = self._channel
        if channel is None or channel.is_closed:
            raise Unavailable("the broker is not connected", retry_after=2)
        properties = Basic.Properties(
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._reply_key,
            correlation_id=context.request_id,
            headers={f"nameko.{CONTEXT_KEY}": context.model_dump_json()},
        )
        body = b'{"args":[],"kwargs":{"request":' + request + b"}}"
        try:
            await channel.basic_publish(body, exchange=EXCHANGE, routing_key=operation, properties=properties, mandatory=True)
        except (PublishError, DeliveryError):
            raise Unavailable(f"nobody answers for {operation.partition('.')[0]}", retry_after=2) from None
        except LOST:
            raise TimedOut("the broker went away", retry_after=2) from None

    async def _keep_connected(self, ready: asyncio.Event) -> None:
        while True:
            try:
                connection = await aiormq.connect(self._uri)
                try:
                    self._channel = await self._open(connection)
                    ready.set()
                    log.info("broker_connected")
                    await connection.closing
                finally:
                    self._channel = None
                    with suppress(*LOST):
                        await connection.close()
            except LOST as error:
                log.warning("broker_lost", reason=type(error).__name__)
            self._fail_outstanding()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _open(self, connection: aiormq.abc.AbstractConnection) -> AbstractChannel:
        channel = await connection.channel(publisher_confirms=True)
        queue = f"rpc.reply-gateway-{self._reply_key}"
        await channel.queue_declare(queue, auto_delete=True, durable=True, arguments={"x-expires": QUEUE_EXPIRES_MS})
        await channel.queue_bind(queue, EXCHANGE, self._reply_key)
        await channel.basic_consume(queue, self._on_reply, no_ack=True)
        return channel

    async def _on_reply(self, message: DeliveredMessage) -> None:
        waiting = self._waiting.get(message.header.properties.correlation_id or "")
        if waiting is None or waiting.done():
            return  # the caller has given up: its retry with the same key will get this answer
        try:
            waiting.set_result(result_of(message.body))
        except Problem as problem:
            waiting.set_exception(problem)

    def _fail_outstanding(self) -> None:
        for waiting in list(self._waiting.values()):
            if not waiting.done():
                waiting.set_exception(TimedOut("the broker went away before the reply", retry_after=2))


_OK, _OK_END = b'{"result":', b',"error":null}'


def result_of(body: bytes) -> bytes:
    """The result's bytes, cut out without parsing when the reply is ours. Raises the problem that it carries."""
    if body.startswith(_OK) and body.endswith(_OK_END):
        return body[len(_OK) : -len(_OK_END)]
    reply = orjson.loads(body)
    if reply.get("error") is None:
        return orjson.dumps(reply.get("result"))
    raise problem_of(reply["error"])


def problem_of(error: dict[str, object]) -> Problem:
    """The typed problem of an error reply; one of another kind (a plain nameko service's) is an internal error."""
    kind = PROBLEMS.get(str(error.get("slug")))
    if kind is None:
        return Internal()
    problem = kind()
    problem.data = ProblemData.model_validate(error)
    return problem


def deadline(timeout: float) -> float:
    """Unix seconds after which nobody waits."""
    return time.time() + timeout
