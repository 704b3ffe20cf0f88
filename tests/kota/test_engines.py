"""The private engines: they start, keep strangers out, recover from a crash, and leave no process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import amqp
import psutil
import psycopg
import pytest

from kota.engines import RabbitmqNode, build_definitions, postgres_server, provision_databases, rabbitmq_node
from kota.engines.definitions import VHOST
from kota.ports import LOOPBACK, is_free

SUBSCRIBED = {"ambulance": (), "hearse": ("ambulance.patient-deceased.v1",)}
USERS = (*SUBSCRIBED, "gateway", "kota", "admin")
PASSWORDS = {user: f"{user}-password" for user in USERS}


def processes_with(folder: Path) -> list[str]:
    """Command lines that name the folder."""
    lines = (" ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"]))
    return [line for line in lines if str(folder) in line]


def test_postgres_keeps_roles_apart_survives_a_crash_and_leaves_nothing(tmp_path: Path) -> None:
    with postgres_server(tmp_path) as server:
        roles = {"ambulance": "a-secret", "hearse": "h-secret"}
        provision_databases(server.plain_url("postgres"), roles)
        server.passwords |= roles
        with psycopg.connect(server.plain_url("ambulance", "ambulance")) as connection:
            connection.execute("CREATE TABLE kept (id integer)")
        for foreign in ("hearse", "postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(server.plain_url(foreign, "ambulance"))
        server.passwords["ambulance"] = "wrong"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.plain_url("ambulance", "ambulance"))
        server.passwords["ambulance"] = roles["ambulance"]
        server.kill()
        server.start()
        with psycopg.connect(server.plain_url("ambulance", "ambulance")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        server.stop()
        assert processes_with(tmp_path) == []
    assert processes_with(tmp_path) == []


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitmqNode]:
    folder = tmp_path_factory.mktemp("rabbitmq")
    with rabbitmq_node(folder, build_definitions(SUBSCRIBED, PASSWORDS), PASSWORDS) as running:
        yield running
        running.stop()
        assert processes_with(folder) == []
    assert all(is_free(port) for port in running.ports.values())


def connect(node: RabbitmqNode, user: str) -> amqp.Connection:
    address = f"{LOOPBACK}:{node.ports['amqp']}"
    connection = amqp.Connection(address, userid=user, password=PASSWORDS[user], virtual_host=VHOST, connect_timeout=5)
    connection.connect()
    return connection


def own_queue(channel: amqp.Channel, service: str) -> str:
    name = f"{service}.events"
    channel.queue_declare(name, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
    return name


def test_a_service_binds_only_what_it_subscribes_to(node: RabbitmqNode) -> None:
    with connect(node, "hearse") as connection:
        channel = connection.channel()
        queue = own_queue(channel, "hearse")
        channel.queue_bind(queue, "city.events", "ambulance.patient-deceased.v1")
        for key in ("ambulance.incident-opened.v1", "#"):
            with pytest.raises(amqp.AccessRefused):
                connection.channel().queue_bind(queue, "city.events", key)


def test_a_service_cannot_forge_events_or_call_others(node: RabbitmqNode) -> None:
    for exchange, key in (("city.events", "hearse.booking-confirmed.v1"), ("nameko-rpc", "hearse.create_booking")):
        with connect(node, "ambulance") as connection:
            channel = connection.channel()
            channel.confirm_select()
            with pytest.raises(amqp.AccessRefused):
                channel.basic_publish_confirm(amqp.Message("{}"), exchange, key)


def test_a_service_cannot_read_anothers_queue(node: RabbitmqNode) -> None:
    with connect(node, "hearse") as connection:
        queue = own_queue(connection.channel(), "hearse")
    with connect(node, "ambulance") as connection, pytest.raises(amqp.AccessRefused):
        connection.channel().basic_get(queue)


def test_a_vhost_of_its_own_has_the_topology(node: RabbitmqNode) -> None:
    with node.management as management:
        management.create_vhost("other", build_definitions(SUBSCRIBED, PASSWORDS, "other"))
        assert {queue["name"] for queue in management.queues("other")} == {"city.events.log", "city.unrouted"}
        management.delete_vhost("other")


def test_everything_listens_on_loopback_only(node: RabbitmqNode) -> None:
    listening = {
        connection.laddr.ip
        for process in node._processes
        for connection in psutil.Process(process.pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening <= {LOOPBACK, "::1"}
    assert listening


def test_a_killed_node_comes_back_with_its_messages(node: RabbitmqNode) -> None:
    with connect(node, "ambulance") as connection:
        channel = connection.channel()
        channel.confirm_select()
        channel.exchange_declare("ambulance.delay", "direct", durable=True, auto_delete=False)
        channel.queue_bind(own_queue(channel, "ambulance"), "ambulance.delay", "again")
        message = amqp.Message("kept", delivery_mode=2)
        channel.basic_publish_confirm(message, "ambulance.delay", "again")
    node.wait_until_registered("ambulance.events")
    node.kill()
    assert not node.is_ready()
    node.start()
    bodies: list[str] = []
    with connect(node, "ambulance") as connection:
        consumer = connection.channel()
        consumer.basic_consume("ambulance.events", callback=lambda message: bodies.append(message.body))
        while not bodies:
            connection.drain_events(timeout=10)
    assert bodies == ["kept"]


def test_after_a_stop_and_after_a_crash_the_topology_is_there_untouched(node: RabbitmqNode) -> None:
    """A stream that exists must not end the boot (RabbitMQ 4 with definitions loaded at boot: every second start)."""
    for end in (node.stop, node.kill):
        end()
        node.start()
        assert node.place_topology() == []
