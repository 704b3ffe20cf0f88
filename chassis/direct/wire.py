"""The wire format of a direct request, HTTP/1.1:

    POST /<service>.<operation>      Context: <contracts.context.Context as JSON, ASCII>
                                     Signature: <HMAC-SHA256 over operation, context and body, in hex>
    <the request as JSON>

The reply is that of the broker's way, `{"result": …, "error": …}`, with status 200 whatever the answer is. Other
statuses say that nothing was done: 401 not signed with the service's key, 410 too late, 503 the service is leaving.

The key is shared by one service and the gateway, as its broker user's rights are: who holds it may say who asks. A
request that somebody repeats is known by its id (changes), or too late after seconds (its deadline).
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

CONTEXT, SIGNATURE = b"Context", b"Signature"
UNPUBLISHED = "unpublished"
"""The operation that every service has: events that wait for the broker (unpublished.py)."""
OK, NOT_SIGNED, TOO_LATE, LEAVING = 200, 401, 410, 503
KEY_VARIABLE = "DIRECT_KEY_{}"


def key_variable(service: str) -> str:
    """Where a service, and the gateway, find the key of its door."""
    return KEY_VARIABLE.format(service.upper())


def sign(key: bytes, operation: bytes, context: bytes, body: bytes) -> bytes:
    """The signature. A line break stands neither in an operation nor in a header, so no two requests give one text."""
    return hmac.digest(key, b"%b\n%b\n%b" % (operation, context, body), "sha256").hex().encode()


def is_signed(keys: Sequence[bytes], operation: bytes, context: bytes, body: bytes, signature: bytes) -> bool:
    """True if whoever sent it holds one of the keys."""
    return any(hmac.compare_digest(sign(key, operation, context, body), signature) for key in keys)


def message(key: bytes, host: bytes, operation: bytes, context: bytes, body: bytes) -> bytes:
    """The whole HTTP request."""
    return b"POST /%b HTTP/1.1\r\nHost: %b\r\nContext: %b\r\nSignature: %b\r\nContent-Length: %d\r\n\r\n%b" % (
        operation,
        host,
        context,
        sign(key, operation, context, body),
        len(body),
        body,
    )


class Asked(BaseModel):
    """`after`: the place in the outbox from which on the asker wants to know."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, ge=0)


class Waiting(BaseModel):
    """One event that waits: its place in the outbox, its envelope as headers, its body as JSON. Nothing that is sealed
    for one service is among it."""

    seq: int
    headers: dict[str, str]
    body: str


class Unpublished(BaseModel):
    """Oldest first."""

    events: tuple[Waiting, ...]
