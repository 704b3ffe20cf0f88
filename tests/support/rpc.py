"""A caller in the wire format of nameko RPC, as plain as it gets: one connection, one reply queue."""

from __future__ import annotations

import time
import uuid
from types import TracebackType
from typing import Any, Self

import amqp
import orjson

from chassis.broker import RPC_EXCHANGE, ConfirmedBatch
from contracts.context import Context

from .broker import Vhost

ALL_SCOPES = ["hearse:bookings", "hearse:read", "sample:read", "sample:write"]


class Caller:
    """Sends requests and waits for replies by their correlation id."""

    def __init__(self, vhost: Vhost, user: str = "gateway") -> None:
        self.connection = vhost.connect(user)
        self.batch = ConfirmedBatch(self.connection)
        self.key = str(uuid.uuid4())
        self.replies: dict[str, bytes] = {}
        channel = self.connection.channel()
        queue = f"rpc.reply-gateway-{self.key}"
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, RPC_EXCHANGE, self.key)
        channel.basic_consume(queue, no_ack=True, callback=self._keep)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.release()

    def _keep(self, message: Any) -> None:
        self.replies[message.properties["correlation_id"]] = bytes(
            message.body if isinstance(message.body, bytes) else message.body.encode()
        )

    def send(self, operation: str, request: Any, *, scopes: list[str] | None = None, **context: Any) -> str:
        """Publish a request; returns its id."""
        request_id = str(uuid.uuid4())
        actor = {"subject": "s-1", "client": "c-1", "scopes": ALL_SCOPES if scopes is None else scopes}
        values = {"actor": actor, "correlation_id": "story-1", "request_id": request_id} | context
        headers = {"nameko.context": Context.model_validate(values).model_dump_json()}
        self.send_raw(operation, orjson.dumps({"args": [], "kwargs": {"request": request}}), headers, request_id)
        return request_id

    def send_raw(self, operation: str, body: bytes, headers: dict[str, Any], request_id: str, **more: Any) -> None:
        """Publish any bytes; `more` replaces properties, None leaves one out."""
        properties: dict[str, Any] = {"reply_to": self.key, "correlation_id": request_id} | more
        kept = {name: value for name, value in properties.items() if value is not None}
        message = amqp.Message(body, content_type="application/json", application_headers=headers, **kept)
        self.batch.send(message, RPC_EXCHANGE, operation, mandatory=True)
        self.batch.wait()

    def wait(self, request_id: str, limit: float = 15.0) -> dict[str, Any]:
        """The reply, or TimeoutError."""
        end = time.monotonic() + limit
        while request_id not in self.replies:
            self.connection.drain_events(timeout=max(end - time.monotonic(), 0.001))
        reply: dict[str, Any] = orjson.loads(self.replies[request_id])
        return reply

    def call(self, operation: str, request: Any, limit: float = 15.0, **context: Any) -> dict[str, Any]:
        """Send and wait."""
        return self.wait(self.send(operation, request, **context), limit)
