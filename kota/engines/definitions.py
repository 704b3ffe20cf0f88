"""The broker's definitions document: users with least rights, and the topology (topology.py).

A node loads the users and rights at start, so that no slow command-line call is needed; the topology is put in place
once it runs (placing.py). Plain permissions alone would let one service call another's requests, forge its events and
listen in: the topic permissions close that.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.broker import EVENTS_EXCHANGE as EVENTS
from chassis.broker import RPC_EXCHANGE as RPC
from contracts.envelope import listening_key
from kota.engines.topology import Document, topology

VHOST = "kota"
NOTHING = "^$"
REPLY_KEY = "^[0-9a-f-]{36}$"
SALT_BYTES = 4  # fixed by RabbitMQ's format


@dataclass(frozen=True)
class Rights:
    """What a user may configure, write, read, as regular expressions; topics: (write, read) by exchange."""

    configure: str
    write: str
    read: str
    topics: Mapping[str, tuple[str, str]]
    tags: str = ""


def service_rights(service: str, subscribed: Sequence[str]) -> Rights:
    """A service owns its queues, publishes only its own events, reads only what it subscribes to.

    Of a type with a copy sealed for it, it may listen to both copies, so that it can give up the other one."""
    own = rf"{service}\..*|rpcx?-{service}"
    shared = rf"^({own}|nameko-rpc|city\.events)$"
    keys = dict.fromkeys(key for kind in subscribed for key in (kind, listening_key(kind, service)))
    types = "|".join(re.escape(key) for key in keys)
    return Rights(
        configure=f"^({own})$",
        write=shared,
        read=shared,
        topics={
            EVENTS: (rf"^{service}\.", f"^({types})$" if types else NOTHING),
            RPC: (REPLY_KEY, rf"^{service}\.\*$"),
        },
    )


def gateway_rights() -> Rights:
    """The gateway sends requests to any service, reads its own replies and the event stream."""
    replies = r"rpc\.reply-gateway-.*"
    return Rights(
        configure=f"^{replies}$",
        write=f"^({replies}|nameko-rpc)$",
        read=rf"^({replies}|nameko-rpc|city\.events\.log)$",
        topics={RPC: (r"^[a-z]+\.[a-z_]+$", REPLY_KEY)},
    )


def operator_rights(services: Sequence[str]) -> Rights:
    """`kota` reads dead letters, the unrouted, the stream; it replays through a service's delay exchange."""
    names = "|".join(services) or "(?!)"
    return Rights(
        configure=NOTHING,
        write=rf"^({names})\.delay$",
        read=rf"^(({names})\.events\.dead|city\.unrouted|city\.events\.log)$",
        topics={},
        tags="monitoring",
    )


def administrator_rights() -> Rights:
    """Provisioning only; no process of the suite runs with it."""
    return Rights(configure=".*", write=".*", read=".*", topics={}, tags="administrator")


def all_rights(subscriptions: Mapping[str, Sequence[str]]) -> dict[str, Rights]:
    """Each broker user's rights; `subscriptions` maps each service to the event types it subscribes to."""
    services = {name: service_rights(name, types) for name, types in subscriptions.items()}
    return services | {
        "gateway": gateway_rights(),
        "kota": operator_rights(tuple(subscriptions)),
        "admin": administrator_rights(),
    }


def password_hash(password: str, salt: bytes | None = None) -> str:
    """RabbitMQ's salted SHA-256: base64(salt + sha256(salt + password))."""
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode("ascii")


def build_definitions(
    subscriptions: Mapping[str, Sequence[str]], passwords: Mapping[str, str], vhost: str = VHOST
) -> Document:
    """The whole document for one vhost; `passwords` by user name, missing users are left out."""
    rights = {user: right for user, right in all_rights(subscriptions).items() if user in passwords}
    return {
        "vhosts": [{"name": vhost}],
        "users": [_user(user, right, passwords[user]) for user, right in rights.items()],
        "permissions": [
            {"user": user, "vhost": vhost, "configure": r.configure, "write": r.write, "read": r.read}
            for user, r in rights.items()
        ],
        "topic_permissions": [
            {"user": user, "vhost": vhost, "exchange": exchange, "write": write, "read": read}
            for user, right in rights.items()
            for exchange, (write, read) in right.topics.items()
        ],
        **topology(vhost),
    }


def access_of(document: Document) -> Document:
    """The part of the document that a node may load while it boots: users and what they may do.

    RabbitMQ 4 ends its boot over a binding that names a stream which is there but not up yet.
    """
    return {part: document[part] for part in ("vhosts", "users", "permissions", "topic_permissions")}


def _user(name: str, rights: Rights, password: str) -> Document:
    algorithm = "rabbit_password_hashing_sha256"
    return {
        "name": name,
        "password_hash": password_hash(password),
        "hashing_algorithm": algorithm,
        "tags": rights.tags,
    }
