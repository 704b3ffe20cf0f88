"""The broker objects that belong to no single service: exchanges, the stream of all events, bindings, one policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.broker import EVENT_LOG, EVENTS_EXCHANGE, RPC_EXCHANGE, UNLIMITED_DELIVERIES, UNROUTED

Document = dict[str, Any]

ANY_TYPE = "*.*.*"
"""Every type (`service.what-happened.v1`), but not the longer keys of copies that are sealed for one service."""
KEEP_POLICY = "kota-keep"
KEPT_QUEUES = r"^([a-z]+\.events(\..+)?|city\.unrouted)$"


def topology(vhost: str) -> Document:
    """As a part of a definitions document for this vhost."""
    return {
        "exchanges": [
            _exchange(vhost, RPC_EXCHANGE, "topic"),
            _exchange(vhost, EVENTS_EXCHANGE, "topic", {"alternate-exchange": UNROUTED}),
            _exchange(vhost, UNROUTED, "fanout"),
        ],
        "queues": [
            _queue(vhost, UNROUTED, {"x-queue-type": "quorum"}),
            _queue(vhost, EVENT_LOG, {"x-queue-type": "stream", "x-max-age": "7D"}),
        ],
        "bindings": [_binding(vhost, UNROUTED, UNROUTED, ""), _binding(vhost, EVENTS_EXCHANGE, EVENT_LOG, ANY_TYPE)],
        "policies": [_keep(vhost)],
    }


def _keep(vhost: str) -> Document:
    """RabbitMQ 4 drops a message that came back twenty times, also from a person who only looked at it. A policy,
    because it reaches the queues of an older version too, whose arguments nobody can change."""
    return {
        "vhost": vhost,
        "name": KEEP_POLICY,
        "pattern": KEPT_QUEUES,
        "apply-to": "queues",
        "priority": 1,
        "definition": {"delivery-limit": UNLIMITED_DELIVERIES},
    }


def _exchange(vhost: str, name: str, kind: str, arguments: Mapping[str, str] | None = None) -> Document:
    common = {"durable": True, "auto_delete": False, "internal": False}
    return {"name": name, "vhost": vhost, "type": kind, **common, "arguments": dict(arguments or {})}


def _queue(vhost: str, name: str, arguments: Mapping[str, str]) -> Document:
    return {"name": name, "vhost": vhost, "durable": True, "auto_delete": False, "arguments": dict(arguments)}


def _binding(vhost: str, source: str, queue: str, key: str) -> Document:
    common = {"destination_type": "queue", "arguments": {}}
    return {"source": source, "vhost": vhost, "destination": queue, "routing_key": key, **common}
