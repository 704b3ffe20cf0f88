"""A vhost of its own for a test, as seen by each of the suite's broker users."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import amqp
from kombu import Connection

import contracts
from chassis.broker import EVENTS_EXCHANGE, ConfirmedBatch, connect
from contracts.base import Event
from contracts.envelope import CONTENT_TYPE, Envelope, encode, make, routing_keys
from kota.engines import RabbitmqNode, build_definitions

PASSWORDS = {user: f"test-{user}" for user in (*contracts.services(), "gateway", "kota", "admin")}


@dataclass(frozen=True)
class Vhost:
    """Where one test's messages live."""

    node: RabbitmqNode
    name: str

    @classmethod
    def create(cls, node: RabbitmqNode) -> Vhost:
        """Make it with the suite's exchanges, stream, users and rights."""
        made = cls(node, f"t{uuid.uuid4().hex[:12]}")
        with node.management as management:
            management.create_vhost(made.name, build_definitions(contracts.subscriptions(), PASSWORDS, made.name))
        return made

    def delete(self) -> None:
        """Remove it with all its queues."""
        with self.node.management as management:
            management.delete_vhost(self.name)

    def uri(self, user: str) -> str:
        """The address as this user."""
        return self.node.amqp_uri(user, self.name)

    def connect(self, user: str = "admin") -> Connection:
        """An open connection."""
        return connect(self.uri(user), name="test")

    def depth(self, queue: str) -> int:
        """Messages ready in a queue, counted by the broker itself."""
        with self.connect() as connection:
            return int(connection.channel().queue_declare(queue, passive=True).message_count)

    def publish(self, event: Event, *, user: str = "admin", **attributes: Any) -> Envelope:
        """Publish an event as its service would; attributes replace those of the envelope."""
        from datetime import UTC, datetime

        values = {"id": uuid.uuid4(), "subject": "s", "sequence": 1, "time": datetime.now(UTC), "correlation_id": "c"}
        envelope = make(event, **(values | attributes))
        self.publish_raw(encode(event), envelope.headers(), event.type, user=user)
        return envelope

    def publish_raw(self, body: bytes, headers: dict[str, Any], event_type: str, *, user: str = "admin") -> None:
        """Publish any bytes under all keys of a type, confirmed."""
        with self.connect(user) as connection:
            batch = ConfirmedBatch(connection)
            message = amqp.Message(body, content_type=CONTENT_TYPE, delivery_mode=2, application_headers=headers)
            for key in routing_keys(event_type):
                batch.send(message, EVENTS_EXCHANGE, key)
            batch.wait()
