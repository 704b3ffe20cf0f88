"""Requests to the services: nameko's RPC wire format over one AMQP connection, with a confirming channel.

A mandatory, confirmed publish tells within a millisecond when nobody answers for a service; the reply comes back on
a queue of this process, whose name is new with each connection.
"""

from __future__ import annotations

import asyncio
import uuid

import orjson
from aiormq.abc import AbstractChannel, DeliveredMessage
from aiormq.exceptions import DeliveryError, PublishError
from pamqp.commands import Basic
from pamqp.common import FieldTable
from pydantic import ValidationError

from chassis.telemetry import logger
from contracts.problems import PROBLEMS, Internal, Problem, ProblemData, TimedOut, Unavailable

from .connection import LOST, KeptConnection

log = logger(__name__)
EXCHANGE = "nameko-rpc"
BODY_HEAD, BODY_END = b'{"args":[],"kwargs":{"request":', b"}}"
OK_HEAD, OK_END = b'{"result":', b',"error":null}'


class RpcClient:
    """Calls services; safe for any number of concurrent callers of one event loop."""

    def __init__(self, amqp_uri: str) -> None:
        self._connection = KeptConnection("requests", amqp_uri, self._opened, self._fail_outstanding)
        self._reply_key = ""
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self.start, self.stop = self._connection.start, self._connection.stop

    @property
    def connection(self) -> KeptConnection:
        """Its connection, to be watched."""
        return self._connection

    @property
    def connected(self) -> bool:
        """True while requests can be sent."""
        return self._connection.connected

    async def call(self, operation: str, request: bytes, request_id: str, headers: FieldTable) -> bytes:
        """The JSON bytes of the reply's result; whoever calls says how long it waits.

        Raises the Problem that the service answered, Unavailable if the service certainly did not get the request,
        TimedOut if the broker went away and it is unknown what became of it.
        """
        channel = self._connection.channel
        if channel is None or channel.is_closed:
            raise Unavailable("the message broker is not connected", retry_after=2)
        reply: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[request_id] = reply
        try:
            await self._publish(channel, operation, request, request_id, headers)
            return await reply
        finally:
            del self._waiting[request_id]
            if reply.done() and not reply.cancelled():
                reply.exception()  # seen: a caller that failed before awaiting it must not make asyncio complain

    async def _publish(
        self, channel: AbstractChannel, operation: str, request: bytes, request_id: str, headers: FieldTable
    ) -> None:
        properties = Basic.Properties(
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            reply_to=self._reply_key,
            correlation_id=request_id,
            message_id=request_id,
            headers=headers,
        )
        body = BODY_HEAD + request + BODY_END
        try:
            await channel.basic_publish(  # type: ignore[call-arg]  # `wait`: missing in the abstract class
                body, exchange=EXCHANGE, routing_key=operation, properties=properties, mandatory=True, wait=False
            )
        except (PublishError, DeliveryError):
            raise Unavailable(f"nobody answers for {operation.partition('.')[0]} now", retry_after=2) from None
        except LOST:
            raise TimedOut("the message broker went away", retry_after=2) from None

    async def _opened(self, channel: AbstractChannel) -> None:
        self._reply_key = str(uuid.uuid4())
        queue = f"rpc.reply-gateway-{self._reply_key}"
        await channel.queue_declare(queue, exclusive=True, auto_delete=True)
        await channel.queue_bind(queue, EXCHANGE, self._reply_key)
        await channel.basic_consume(queue, self._on_reply, no_ack=True)

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
                waiting.set_exception(TimedOut("the message broker went away before the reply", retry_after=2))


def result_of(body: bytes) -> bytes:
    """The result's bytes, cut out without parsing when the reply is ours. Raises the problem that it carries."""
    if body.startswith(OK_HEAD) and body.endswith(OK_END):
        return body[len(OK_HEAD) : -len(OK_END)]
    try:
        reply = orjson.loads(body)
        error = reply["error"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        log.error("reply_unreadable")
        raise Internal from None
    if error is None:
        return orjson.dumps(reply.get("result"))
    raise problem_of(error)


def problem_of(error: dict[str, object]) -> Problem:
    """The typed problem of an error reply; one of another kind (a plain nameko service's) is an internal error."""
    try:
        problem = PROBLEMS[str(error["slug"])]()
        problem.data = ProblemData.model_validate(error)
    except (KeyError, TypeError, ValidationError):
        log.error("reply_with_unknown_problem")
        return Internal()
    return problem
