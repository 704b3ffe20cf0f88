"""What a service's database role and broker user must not do is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import amqp
import psycopg
import pytest

import contracts
from chassis.broker import ConfirmedBatch, ServiceQueues
from chassis.declaring import declare_queues
from contracts.base import EVENTS
from kota.engines import PostgresServer, RabbitmqNode, provision_databases
from tests.support.broker import Vhost

ROLES = {"rights_one": "pw-1", "rights_two": "pw-2"}
SERVICES = contracts.services()
OTHER = {name: next(other for other in SERVICES if other != name) for name in SERVICES}
REPLY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def roles(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """Two services' databases and roles as the operator makes them."""
    provision_databases(postgres.plain_url("postgres"), ROLES)
    postgres.passwords.update(ROLES)
    yield postgres
    with psycopg.connect(postgres.plain_url("postgres"), autocommit=True) as connection:
        for name in ROLES:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            connection.execute(f"DROP ROLE {name}".encode())


def test_a_role_works_in_its_own_database(roles: PostgresServer) -> None:
    with psycopg.connect(roles.plain_url("rights_one", "rights_one")) as connection:
        connection.execute("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("database", ["rights_two", "postgres", "template1"])
def test_a_role_is_refused_elsewhere(roles: PostgresServer, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(roles.plain_url(database, "rights_one"))


def test_a_role_may_not_rise(roles: PostgresServer) -> None:
    with psycopg.connect(roles.plain_url("rights_one", "rights_one"), autocommit=True) as connection:
        for statement in ("CREATE DATABASE more", "CREATE ROLE more", "SET ROLE rights_two", "SET ROLE postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


@pytest.fixture(scope="module")
def shared(broker: RabbitmqNode) -> Iterator[Vhost]:
    """A vhost in which every service has declared its queues, as itself."""
    made = Vhost.create(broker)
    for name, types in contracts.subscriptions().items():
        with made.connect(name) as connection:
            channel = connection.channel()
            declare_queues(connection.connection, ServiceQueues(name), types, (1, 10, 60, 600))
            channel.queue_declare(f"rpcx-{name}", durable=True)
            channel.queue_bind(f"rpcx-{name}", "nameko-rpc", f"{name}.*")
    yield made
    made.delete()


Attempt = Callable[[Any, ConfirmedBatch], Any]


def refused(vhost: Vhost, user: str, attempt: Attempt) -> bool:
    """True if the broker answers 403 ACCESS_REFUSED."""
    with vhost.connect(user) as connection:
        batch = ConfirmedBatch(connection)
        try:
            attempt(connection.channel(), batch)
            batch.wait()
        except amqp.AccessRefused:
            return True
    return False


def publish(exchange: str, key: str) -> Attempt:
    return lambda _channel, batch: batch.send(amqp.Message("{}"), exchange, key)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_refused_what_is_anothers(shared: Vhost, name: str) -> None:
    other = OTHER[name]
    theirs = ServiceQueues(other)
    unheard = next(kind for kind in EVENTS if kind not in contracts.subscriptions()[name])
    attempts: dict[str, Attempt] = {
        "publish another's event": publish("city.events", f"{other}.anything.v1"),
        "call another's operation": publish("nameko-rpc", f"{other}.get"),
        "call its own operation": publish("nameko-rpc", f"{name}.get"),
        "publish past the exchange": publish("", theirs.events),
        "write to another's delay": publish(theirs.delay, "dead"),
        "write to the unrouted": publish("city.unrouted", "x"),
        "read another's events": lambda channel, _: channel.basic_get(theirs.events),
        "read another's requests": lambda channel, _: channel.basic_consume(f"rpcx-{other}"),
        "read another's dead": lambda channel, _: channel.basic_get(theirs.dead),
        "read the whole log": lambda channel, _: channel.basic_get("city.events.log"),
        "listen to a type it does not subscribe to": lambda channel, _: channel.queue_bind(
            f"{name}.events", "city.events", unheard
        ),
        "listen to everything": lambda channel, _: channel.queue_bind(f"{name}.events", "city.events", "#"),
        "listen to what is sealed for another": lambda channel, _: channel.queue_bind(
            f"{name}.events", "city.events", f"ambulance.patient-deceased.v1.sealed.{other}"
        ),
        "listen to another's requests": lambda channel, _: channel.queue_bind(f"{name}.x", "nameko-rpc", f"{other}.*"),
        "listen to replies": lambda channel, _: channel.queue_bind(f"rpcx-{name}", "nameko-rpc", REPLY),
        "declare another's queue": lambda channel, _: channel.queue_declare(f"{other}.new", durable=True),
        "delete another's queue": lambda channel, _: channel.queue_delete(theirs.events),
        "empty another's queue": lambda channel, _: channel.queue_purge(theirs.events),
        "delete the exchange": lambda channel, _: channel.exchange_delete("city.events"),
        "declare a shared exchange": lambda channel, _: channel.exchange_declare("city.more", "topic"),
    }
    allowed = [what for what, attempt in attempts.items() if not refused(shared, name, attempt)]
    assert allowed == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_its_own_work(shared: Vhost, name: str) -> None:
    own = ServiceQueues(name)
    attempts: dict[str, Attempt] = {
        "publish": publish("city.events", f"{name}.anything.v1"),
        "reply": publish("nameko-rpc", REPLY),
        "park": publish(own.delay, "dead"),
        "read": lambda channel, _: channel.basic_get(own.events),
    }
    assert [what for what, attempt in attempts.items() if refused(shared, name, attempt)] == []


def test_the_gateway_asks_and_listens_and_publishes_no_event(shared: Vhost) -> None:
    attempts: dict[str, Attempt] = {
        "publish an event": publish("city.events", "ambulance.incident-opened.v1"),
        "forge a reply": publish("nameko-rpc", REPLY),
        "write past the exchange": publish("", "hearse.events"),
        "read a service's events": lambda channel, _: channel.basic_get("hearse.events"),
        "declare a queue": lambda channel, _: channel.queue_declare("gateway.queue", durable=True),
        "listen to requests": lambda channel, _: channel.queue_bind("rpcx-hearse", "nameko-rpc", "hearse.*"),
    }
    assert [what for what, attempt in attempts.items() if not refused(shared, "gateway", attempt)] == []
    assert not refused(shared, "gateway", publish("nameko-rpc", "hearse.get_booking"))


def test_the_operator_replays_but_declares_and_publishes_nothing(shared: Vhost) -> None:
    attempts: dict[str, Attempt] = {
        "publish an event": publish("city.events", "ambulance.incident-opened.v1"),
        "send a request": publish("nameko-rpc", "hearse.get_booking"),
        "declare a queue": lambda channel, _: channel.queue_declare("kota.queue", durable=True),
        "read events": lambda channel, _: channel.basic_get("hearse.events"),
    }
    assert [what for what, attempt in attempts.items() if not refused(shared, "kota", attempt)] == []
    assert not refused(shared, "kota", publish("hearse.delay", "again"))
