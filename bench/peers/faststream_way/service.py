"""The service: a subscriber that runs the transaction and returns the reply.

Replies are published without confirms: measured a third faster than FastStream's default, and a lost reply
is the caller's time-out in either case. FLOOR_WRITE chooses the form of the SQL.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop
from faststream import FastStream
from faststream.rabbit import Channel, RabbitBroker
from psycopg_pool import AsyncConnectionPool

from bench.peers.faststream_way.messages import QUEUE, CreateRequest
from bench.peers.statements import WRITES, create

pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=16, max_size=16, open=False)
write = WRITES[os.environ.get("FLOOR_WRITE", "pipelined")]
broker = RabbitBroker(os.environ["AMQP_URI"], logger=None, default_channel=Channel(publisher_confirms=False))


@broker.subscriber(QUEUE, channel=Channel(prefetch_count=16, publisher_confirms=False))
async def create_incident(request: CreateRequest) -> bytes:
    """Create the incident once for the key; FastStream publishes what is returned to reply_to."""
    return await create(pool, request.command, request.key, write)


@asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """Open the pool for the life of the process."""
    async with pool:
        await pool.wait(timeout=10)
        yield


if __name__ == "__main__":
    uvloop.run(FastStream(broker, logger=None, lifespan=lifespan).run())
