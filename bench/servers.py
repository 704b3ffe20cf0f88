"""PostgreSQL and RabbitMQ for a benchmark: those of DATABASE_URL and AMQP_URI, else private, durable ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kota.engines import build_definitions, postgres_server, provision_databases, rabbitmq_node
from kota.secrets import random_password
from kota.services import subscriptions

ADMINISTRATOR = "admin"


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses: the administrators' for the peers; by service or broker user for ours (private servers)."""

    database_url: str
    amqp_uri: str
    databases: dict[str, str] = field(default_factory=dict)
    brokers: dict[str, str] = field(default_factory=dict)


@contextmanager
def servers(services: Sequence[str] = ()) -> Iterator[Servers]:
    """The servers for the length of the block, provisioned with least rights for `services`."""
    given = os.environ.get("DATABASE_URL"), os.environ.get("AMQP_URI")
    if given[0] and given[1]:
        yield Servers(given[0], given[1])
        return
    if any(given):
        raise SystemExit("Set both DATABASE_URL and AMQP_URI to use your own servers, or neither")
    with tempfile.TemporaryDirectory(prefix="kota-bench-", ignore_cleanup_errors=True) as folder:
        # The database's own account must reach its files below this folder.
        Path(folder).chmod(0o755)
        with _private(Path(folder), services) as private:
            yield private


@contextmanager
def _private(folder: Path, services: Sequence[str]) -> Iterator[Servers]:
    users = (ADMINISTRATOR, "gateway", "kota", *services)
    passwords = {user: random_password() for user in users}
    definitions = build_definitions({name: subscriptions(name) for name in services}, passwords)
    with (
        postgres_server(folder / "postgres", durable=True) as postgres,
        rabbitmq_node(folder / "rabbitmq", definitions, passwords) as node,
    ):
        postgres.passwords |= {name: passwords[name] for name in services}
        superuser = postgres.plain_url("postgres")
        provision_databases(superuser, {name: passwords[name] for name in services})
        yield Servers(
            superuser,
            node.amqp_uri(ADMINISTRATOR),
            {name: postgres.url(name, name) for name in services},
            {user: node.amqp_uri(user) for user in users},
        )
