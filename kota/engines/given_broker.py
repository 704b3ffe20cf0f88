"""Provisioning a broker that the operator brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote, urlsplit

import amqp

from chassis.broker import EVENT_LOG, EVENTS_EXCHANGE
from kota.engines.definitions import VHOST, access_of, build_definitions
from kota.engines.management import Management
from kota.engines.placing import place
from kota.engines.rabbitmq_programs import require_supported
from kota.engines.topology import topology
from kota.errors import OperatorError


def provision_over_http(
    management_uri: str, subscriptions: Mapping[str, Sequence[str]], passwords: Mapping[str, str], vhost: str
) -> None:
    """Create users, rights and topology through the management API named by a URL with log-in."""
    parts = urlsplit(management_uri)
    base = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".removesuffix("/")
    with Management(base, unquote(parts.username or "guest"), unquote(parts.password or "guest")) as management:
        require_supported(management.request("GET", "/overview")["rabbitmq_version"])
        management.import_definitions(access_of(build_definitions(subscriptions, passwords, vhost)))
        place(management, vhost, topology(vhost))


def declare_over_amqp(uri: str) -> None:
    """Declare the shared exchanges, queues and bindings with the log-in in the URI; AMQP has no word for policies."""
    parts = urlsplit(uri)
    if parts.scheme not in {"amqp", "amqps"} or not parts.hostname:
        raise OperatorError("AMQP_URI is not an address of a broker.", "Write amqp://user:password@host:5672/vhost.")
    secure = parts.scheme == "amqps"
    connection = amqp.Connection(
        f"{parts.hostname}:{parts.port or (5671 if secure else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl=secure,
        connect_timeout=10,
    )
    try:
        connection.connect()
        require_supported(str(connection.server_properties.get("version")))
        _declare(connection.channel())
        connection.close()
    except (OSError, amqp.AMQPError) as error:
        raise OperatorError(f"The broker in AMQP_URI refused: {error}", "Check address, log-in and vhost.") from error


def _declare(channel: amqp.Channel) -> None:
    objects = topology(VHOST)
    for exchange in objects["exchanges"]:
        channel.exchange_declare(
            exchange["name"],
            exchange["type"],
            durable=True,
            auto_delete=False,
            arguments=exchange["arguments"],
        )
    for queue in objects["queues"]:
        channel.queue_declare(queue["name"], durable=True, auto_delete=False, arguments=queue["arguments"])
    for binding in objects["bindings"]:
        channel.queue_bind(binding["destination"], binding["source"], binding["routing_key"])
    channel.queue_unbind(EVENT_LOG, EVENTS_EXCHANGE, "#")  # an older version's, which let sealed copies in
