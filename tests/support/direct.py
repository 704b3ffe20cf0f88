"""A caller at a service's own door, with another HTTP client than the gateway's."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import orjson

from chassis.direct.wire import key_variable, sign
from chassis.privacy.keys import development_secret
from contracts.context import Context

from .rpc import ALL_SCOPES


class DirectCaller:
    """Sends requests and waits for their replies; the interface is that of `tests.support.rpc.Caller`."""

    def __init__(self, port: int, service: str) -> None:
        self.key = development_secret(key_variable(service), production=False)
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False)

    def call(
        self, operation: str, request: Any, limit: float = 15.0, *, scopes: list[str] | None = None, **context: Any
    ) -> dict[str, Any]:
        """Send and wait."""
        actor = {"subject": "s-1", "client": "c-1", "scopes": ALL_SCOPES if scopes is None else scopes}
        values = {"actor": actor, "correlation_id": "story-1", "request_id": str(uuid.uuid4())} | context
        told = Context.model_validate(values).model_dump_json(ensure_ascii=True)
        reply = self.post(operation, orjson.dumps(request), told)
        reply.raise_for_status()
        answer: dict[str, Any] = reply.json()
        return answer

    def post(self, operation: str, body: bytes, context: str, **headers: str) -> httpx.Response:
        """Any bytes, signed unless `headers` hold another signature."""
        signature = sign(self.key, operation.encode(), context.encode(), body).decode()
        return self.http.post(
            f"/{operation}", content=body, headers={"Context": context, "Signature": signature} | headers
        )


def context(**values: Any) -> str:
    """What a request tells of who asks, as its header."""
    actor = {"subject": "s", "client": "c", "scopes": ["sample:write"]}
    given = {"actor": actor, "correlation_id": "c", "request_id": str(uuid.uuid4())} | values
    return Context.model_validate(given).model_dump_json(ensure_ascii=True)
