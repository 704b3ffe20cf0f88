"""The gateway. FASTSTREAM_RPC chooses how a reply comes back.

`request` is the documented `broker.request`; FastStream allows it one request at a time for each broker
object (its issue 1318). `replies` is what its maintainer advises there for more: a reply queue with a
subscriber of one's own. It is several times faster, so it is the default.
"""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Header, Response
from faststream import AckPolicy
from faststream.rabbit import RabbitBroker, RabbitMessage, RabbitQueue

from bench.peers.faststream_way.messages import QUEUE, CreateRequest
from bench.peers.http import created
from bench.peers.work import PATH, CreateIncident

TIMEOUT_SECONDS = 10.0
broker = RabbitBroker(os.environ["AMQP_URI"], logger=None)
reply_queue = RabbitQueue(f"bench.replies.{uuid.uuid4()}", exclusive=True, auto_delete=True)
waiting: dict[str, asyncio.Future[bytes]] = {}


@broker.subscriber(reply_queue, ack_policy=AckPolicy.ACK_FIRST)
async def take_reply(message: RabbitMessage) -> None:
    """Hand the reply to the request that waits for it."""
    future = waiting.get(message.correlation_id or "")
    if future is not None and not future.done():
        future.set_result(message.body)


async def call_documented(request: CreateRequest) -> bytes:
    """One request at a time, by FastStream's own lock."""
    reply = await broker.request(request, QUEUE, timeout=TIMEOUT_SECONDS)
    return reply.body


async def call_concurrent(request: CreateRequest) -> bytes:
    """Publish, then wait for the reply with the same correlation id."""
    correlation_id = str(uuid.uuid4())
    waiting[correlation_id] = asyncio.get_running_loop().create_future()
    try:
        await broker.publish(request, QUEUE, reply_to=reply_queue.name, correlation_id=correlation_id)
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await waiting[correlation_id]
    finally:
        del waiting[correlation_id]


call = {"request": call_documented, "replies": call_concurrent}[os.environ.get("FASTSTREAM_RPC", "replies")]


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """The broker runs for the life of the process."""
    async with broker:
        await broker.start()
        yield


app = FastAPI(lifespan=lifespan)


@app.post(PATH, status_code=201)
async def create_incident(command: CreateIncident, idempotency_key: Annotated[str, Header()]) -> Response:
    """Call the service and pass its reply on."""
    return created(await call(CreateRequest(key=idempotency_key, command=command)))


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
