"""Each message and each request is applied once, however often it comes.

A broker's redelivery and a client's retry are the same problem: a row (consumer, message_id) is written in the
transaction that applies the message, and whoever comes second finds it. A request with an Idempotency-Key is claimed by
that, one without by its own id: the broker gives it to another process when the first dies before its ack.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from contracts.problems import StillRunning

from .privacy import FieldCipher

RETENTION = timedelta(days=30)
"""Longer than the stream, parked messages and backups live: a late replay must still be recognised."""

DELIVERIES_KEPT = timedelta(days=1)
"""Requests without a key: only the broker repeats them, and not once their deadline has passed."""

REPLY_FIELD = "inbox.reply"
KEYED, DELIVERED = "request", "delivery"

_LOOK_UP = "SELECT fingerprint, reply FROM inbox WHERE consumer = %s AND message_id = %s"
_CLAIM = """
SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)), found.*
FROM (SELECT 1) AS one
LEFT JOIN (SELECT true AS known, fingerprint, reply FROM inbox WHERE consumer = %s AND message_id = %s) AS found ON true
"""
_WAIT = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_PRUNE = f"DELETE FROM inbox WHERE received_at < %s AND (consumer = '{DELIVERED}' OR received_at < %s)"


@dataclass(frozen=True, slots=True)
class Claim:
    """The wish to apply one message. `fingerprint` tells a retry of the same request from a reused key."""

    consumer: str
    message_id: str
    fingerprint: bytes | None = None

    def check(self, cursor: Any) -> None:
        """Inside a transaction: pass if the message is new and nobody else is at it.

        Raises AlreadyApplied if it was applied, StillRunning if another worker is applying it now. A request that the
        broker repeats has no client who could ask again, so it waits for the worker that has it.
        """
        lock = f"{self.consumer}/{self.message_id}"
        mine, known, fingerprint, reply = cursor.execute(_CLAIM, (lock, self.consumer, self.message_id)).fetchone()
        if known:
            raise AlreadyApplied(self, fingerprint, reply)
        if not mine and self.consumer == DELIVERED:
            cursor.execute(_WAIT, (lock,))
            if (applied := cursor.execute(_LOOK_UP, (self.consumer, self.message_id)).fetchone()) is not None:
                raise AlreadyApplied(self, *applied)
        elif not mine:
            raise StillRunning("the same message is being applied at this moment", retry_after=1)

    def row(self, now: datetime, reply: bytes | None, cipher: FieldCipher) -> dict[str, Any]:
        """The inbox row that says it was applied; the reply may hold personal data, so it is stored encrypted."""
        sealed = reply and cipher.encrypt(reply.decode(), field=REPLY_FIELD, row=self.message_id).encode()
        return {
            "consumer": self.consumer,
            "message_id": self.message_id,
            "fingerprint": self.fingerprint,
            "reply": sealed,
            "received_at": now,
        }


class AlreadyApplied(Exception):
    """The message was applied before."""

    def __init__(self, claim: Claim, fingerprint: bytes | None, reply: bytes | None) -> None:
        super().__init__(f"{claim.consumer} has already applied {claim.message_id}")
        self.same_request = fingerprint == claim.fingerprint
        self._message_id, self._reply = claim.message_id, reply

    def reply(self, cipher: FieldCipher) -> bytes:
        """What was answered then."""
        sealed = (self._reply or b"").decode()
        return cipher.decrypt(sealed, field=REPLY_FIELD, row=self._message_id).encode()

    @classmethod
    def look_up(cls, cursor: Any, claim: Claim) -> AlreadyApplied:
        """After a collision at commit: what the winner answered."""
        fingerprint, reply = cursor.execute(_LOOK_UP, (claim.consumer, claim.message_id)).fetchone()
        return cls(claim, fingerprint, reply)


def request_claim(client: str, subject: str, resource: str, key: str, request: bytes) -> Claim:
    """The claim of an HTTP request. A key's scope is client, acting person, method and path, never the token."""
    scope = orjson.dumps([client, subject, resource, key])  # no text can pretend to be two
    return Claim(KEYED, hashlib.sha256(scope).hexdigest(), hashlib.sha256(request).digest())


def delivery_claim(client: str, subject: str, operation: str, request_id: str, request: bytes) -> Claim:
    """The claim of a request that came without a key. What it asks for is part of it: an id that a careless client
    uses again for another request must not get it the first one's reply."""
    fingerprint = hashlib.sha256(request).digest()
    scope = orjson.dumps([client, subject, operation, request_id, fingerprint.hex()])
    return Claim(DELIVERED, hashlib.sha256(scope).hexdigest(), fingerprint)


def prune(cursor: Any, now: datetime) -> int:
    """Remove rows that no retry can meet any more; returns how many."""
    return int(cursor.execute(_PRUNE, (now - DELIVERIES_KEPT, now - RETENTION)).rowcount)
