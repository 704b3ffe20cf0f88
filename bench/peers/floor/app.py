"""The application: one route, one pool, one transaction. FLOOR_WRITE chooses the form of the SQL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI, Header, Response
from psycopg_pool import AsyncConnectionPool

from bench.peers.http import answer_reused_keys, created
from bench.peers.statements import WRITES, create
from bench.peers.work import PATH, CreateIncident

pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=16, max_size=16, open=False)
write = WRITES[os.environ.get("FLOOR_WRITE", "pipelined")]


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Open the pool for the life of the process."""
    async with pool:
        await pool.wait(timeout=10)
        yield


app = FastAPI(lifespan=lifespan)
answer_reused_keys(app)


@app.post(PATH, status_code=201)
async def create_incident(command: CreateIncident, idempotency_key: Annotated[str, Header()]) -> Response:
    """Create the incident once for the key."""
    return created(await create(pool, command, idempotency_key, write))
