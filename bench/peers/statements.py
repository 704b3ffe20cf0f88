"""The work's SQL for peers that speak psycopg directly, in three forms that commit the same rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import orjson
from psycopg import AsyncConnection, errors
from psycopg.types.json import Jsonb, set_json_dumps
from psycopg_pool import AsyncConnectionPool

from bench.peers.work import CreateIncident, Rows, fingerprint, rows_for

INBOX = """INSERT INTO bench.inbox (key, fingerprint, reply, received_at)
VALUES (%(key)s, %(fingerprint)b, %(reply)b, %(received_at)s)"""
INCIDENT = """INSERT INTO bench.incident (id, caller_phone, complaint, kind, longitude, latitude, landmark,
  patients, state, opened_at)
VALUES (%(id)s, %(caller_phone)s, %(complaint)s, %(kind)s, %(longitude)s, %(latitude)s, %(landmark)s,
  %(patients)s, %(state)s, %(opened_at)s)"""
OUTBOX = """INSERT INTO bench.outbox (id, type, headers, body)
VALUES (%(id)s, %(type)s, %(headers)s, %(body)b)"""
AUDIT = """INSERT INTO bench.audit (at, actor, action, subject, change)
VALUES (%(at)s, %(actor)s, %(action)s, %(subject)s, %(change)s)"""
STORED = "SELECT fingerprint, reply FROM bench.inbox WHERE key = %s"

Write = Callable[[AsyncConnection, Rows], Awaitable[None]]
set_json_dumps(orjson.dumps)


class KeyReused(Exception):
    """The Idempotency-Key was used before with another body (HTTP 422)."""


async def write_plain(connection: AsyncConnection, rows: Rows) -> None:
    """One statement after the other: six round trips with BEGIN and COMMIT."""
    async with connection.transaction():
        await _inserts(connection, rows)


async def write_pipelined(connection: AsyncConnection, rows: Rows) -> None:
    """The same statements in libpq's pipeline mode, sent and answered together.

    No transaction() block here: psycopg synchronises at both its ends, which makes three round trips of one.
    """
    async with connection.pipeline():
        await _inserts(connection, rows)
        await connection.commit()


async def _inserts(connection: AsyncConnection, rows: Rows) -> None:
    cursor = connection.cursor()
    await cursor.execute(INBOX, rows.inbox, prepare=True)
    await cursor.execute(INCIDENT, rows.incident, prepare=True)
    await cursor.execute(OUTBOX, rows.outbox | {"headers": Jsonb(rows.outbox["headers"])}, prepare=True)
    await cursor.execute(AUDIT, rows.audit | {"change": Jsonb(rows.audit["change"])}, prepare=True)


async def create(pool: AsyncConnectionPool, command: CreateIncident, key: str, write: Write) -> bytes:
    """Do the work once for `key`; a repetition gets the stored reply.

    Raises KeyReused when `key` came before with another body.
    """
    rows = rows_for(command, key, datetime.now(UTC))
    async with pool.connection() as connection:
        try:
            await write(connection, rows)
        except errors.UniqueViolation:
            await connection.rollback()
            return await _stored_reply(connection, command, key)
    return rows.reply


async def _stored_reply(connection: AsyncConnection, command: CreateIncident, key: str) -> bytes:
    cursor = await connection.execute(STORED, [key])
    stored = await cursor.fetchone()
    if stored is None or stored[0] != fingerprint(command):
        raise KeyReused(f"Idempotency-Key {key} was used with another body; send a new key")
    return bytes(stored[1])


WRITES: dict[str, Write] = {"plain": write_plain, "pipelined": write_pipelined}
