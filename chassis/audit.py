"""The hash chain over the audit log: any row altered, removed or reordered afterwards is named.

A row is written in the transaction that it describes. Chaining there would make every writer wait for the one before
it, so a sealer links rows right after, in the order (txid, id), taking only rows of transactions that are certainly
finished. The hashes are keyed: without AUDIT_KEY nobody who can write to the database can forge the chain.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

BATCH = 2000
GENESIS = b"\x00" * 32

_COLUMNS = "id, at, actor, roles, action, subject, correlation_id, causation_id, purpose, detail"
_NEW = f"""
SELECT {_COLUMNS}, txid FROM audit a
WHERE (txid, id) > (%s, %s)
  AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)
ORDER BY txid, id LIMIT {BATCH}
"""
_MISSED = f"""
SELECT {_COLUMNS}, txid FROM audit a
WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)
  AND NOT txid BETWEEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                   AND pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1
ORDER BY txid, id LIMIT {BATCH}
"""
_INSERT = (
    "INSERT INTO audit_seal (number, audit_id, txid, row_hash, chain_hash, sealed_at) VALUES (%s, %s, %s, %s, %s, %s)"
)
# A number that this server has not given out yet comes from a restored backup: no position to go on from.
_LAST = """
SELECT number, chain_hash, CASE WHEN txid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint THEN txid ELSE 0 END,
       audit_id
FROM audit_seal ORDER BY number DESC LIMIT 1
"""
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('audit sealer', 0))"
_WALK = f"""
SELECT s.number, s.audit_id, s.row_hash, s.chain_hash, {", ".join("a." + name for name in _COLUMNS.split(", "))}
FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id ORDER BY s.number
"""
_UNSEALED = "SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the log is not what was sealed. `kind`: altered, removed, reordered or seal-removed."""

    kind: str
    audit_id: int
    seal: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` saw: how many rows the seal covers, its head, how many rows wait for it."""

    sealed: int
    head: str
    unsealed: int
    findings: tuple[Finding, ...]


def seal(connection: Any, key: bytes, now: datetime, *, sweep: bool = False) -> int:
    """Link new rows into the chain; returns how many. Zero if another process is sealing.

    `sweep` looks for any unsealed row at all (slow): once at start, for rows restored from a backup.
    """
    with connection.transaction():
        if not connection.execute(_LOCK).fetchone()[0]:
            return 0
        last, chain, *position = connection.execute(_LAST).fetchone() or (0, GENESIS, 0, 0)
        rows = connection.execute(_MISSED).fetchall() if sweep else connection.execute(_NEW, position).fetchall()
        seals = []
        for number, (*row, txid) in enumerate(rows, start=last + 1):
            row_hash = _row_hash(key, tuple(row))
            chain = _link(key, chain, number, row[0], row_hash)
            seals.append((number, row[0], txid, row_hash, chain, now))
        if seals:
            connection.cursor().executemany(_INSERT, seals)
        return len(seals)


def verify(connection: Any, key: bytes) -> Verdict:
    """Walk the whole chain and name every row that does not fit."""
    walk = _Walk(key)
    with connection.transaction(), connection.cursor(name="audit_walk") as cursor:
        cursor.itersize = BATCH
        cursor.execute(_WALK)
        findings = tuple(finding for row in cursor for finding in walk.step(row))
    unsealed = connection.execute(_UNSEALED).fetchone()[0]
    return Verdict(walk.number, walk.chain.hex(), unsealed, findings)


class _Walk:
    """The verifier's place in the chain."""

    def __init__(self, key: bytes) -> None:
        self.key, self.number, self.chain = key, 0, GENESIS

    def step(self, row: tuple[Any, ...]) -> Iterator[Finding]:
        """Check the next seal; `row` is the seal followed by its audit row (all null if it is gone)."""
        number, audit_id, row_hash, chain_hash, *content = row
        for missing in range(self.number + 1, number):
            yield Finding("seal-removed", 0, missing)
        intact = number == self.number + 1
        if intact and not hmac.compare_digest(_link(self.key, self.chain, number, audit_id, row_hash), chain_hash):
            yield Finding("reordered", audit_id, number)
        elif content[0] is None:
            yield Finding("removed", audit_id, number)
        elif not hmac.compare_digest(_row_hash(self.key, tuple(content)), row_hash):
            yield Finding("altered", audit_id, number)
        self.number, self.chain = number, chain_hash


def _row_hash(key: bytes, row: tuple[Any, ...]) -> bytes:
    audit_id, at, *rest = row
    canonical = orjson.dumps([audit_id, at.timestamp(), *rest], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(key, b"row" + canonical, hashlib.sha256)


def _link(key: bytes, chain: bytes, number: int, audit_id: int, row_hash: bytes) -> bytes:
    return hmac.digest(key, b"link" + chain + f"{number}/{audit_id}/".encode() + row_hash, hashlib.sha256)
