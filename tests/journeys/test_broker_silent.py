"""A broker that does not answer: service and gateway say within ten seconds that they are not ready, and are well again
within two of its return."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import contracts
from kota.engines import RabbitmqNode, build_definitions, rabbitmq_node
from kota.engines.definitions import VHOST
from kota.health import plain_client
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.wire import Wire
from tests.support.broker import PASSWORDS, Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

from .troubles import frozen, full_disk

NOTICED, WELL_AGAIN = 10.0, 2.0
LASTS_SECONDS = 12.0


@pytest.fixture(scope="module")
def node(folder: Path) -> Iterator[RabbitmqNode]:
    """A node of these tests alone, which may suffer."""
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(folder / "mq-silent", definitions, PASSWORDS) as running:
        yield running


@pytest.fixture
def wire(node: RabbitmqNode) -> Iterator[Wire]:
    made = Wire(node.ports["amqp"])
    yield made
    made.flow()
    made.cut()


@pytest.fixture
def both(
    node: RabbitmqNode, wire: Wire, database: Callable[[str], str], tmp_path: Path
) -> Iterator[tuple[ServiceProcess, GatewayProcess]]:
    """A service and a gateway, both behind the wire."""
    vhost = Vhost(node, VHOST)

    def uri(user: str) -> str:
        return vhost.uri(user).replace(f":{node.ports['amqp']}/", f":{wire.port}/")

    issuer = Issuer()
    service = ServiceProcess("hearse", database("hearse"), uri("hearse"), tmp_path / "hearse.log", {})
    with issuer.running():
        service.start()
        with GatewayProcess(uri("gateway"), issuer.url, tmp_path / "gateway.log") as gateway:
            yield service, gateway
        service.end()


def readiness(url: str) -> tuple[int, dict[str, Any]]:
    reply = plain_client().get(url, timeout=2)
    return reply.status_code, reply.json()["checks"]


def urls(both: tuple[ServiceProcess, GatewayProcess]) -> list[str]:
    service, gateway = both
    return [service.url("/health/ready"), f"{gateway.url}/health/ready"]


def stays_well(both: tuple[ServiceProcess, GatewayProcess]) -> None:
    wrong: dict[str, Any] = {}

    def well() -> bool:
        wrong.update({url: checks for url in urls(both) for status, checks in [readiness(url)] if status != 200})
        return all(readiness(url)[0] == 200 for url in urls(both))

    try:
        until(well, "both to be ready", limit=WELL_AGAIN)
    except AssertionError as error:
        raise AssertionError(f"{error}: {wrong}") from None


@contextmanager
def swallowed(wire: Wire) -> Iterator[None]:
    """Half-open connections: nothing arrives any more, and nobody is told."""
    wire.swallow()
    try:
        yield
    finally:
        wire.flow()


@pytest.mark.parametrize("trouble", ["frozen", "disk full", "swallowed by the network"])
@pytest.mark.timeout(240)
def test_not_ready_within_ten_seconds_and_well_within_two(
    both: tuple[ServiceProcess, GatewayProcess], node: RabbitmqNode, wire: Wire, trouble: str
) -> None:
    stays_well(both)
    troubles = {"frozen": lambda: frozen(node), "disk full": lambda: full_disk(node)}
    with troubles.get(trouble, lambda: swallowed(wire))():
        begun = time.monotonic()
        for url in urls(both):
            until(lambda url=url: readiness(url)[0] == 503, f"{url} to notice", limit=NOTICED)
            _, checks = readiness(url)
            assert "ok" not in checks["broker"] and checks["broker"], checks
        assert time.monotonic() - begun < NOTICED
        until(lambda: time.monotonic() - begun > LASTS_SECONDS, "the trouble to last", limit=LASTS_SECONDS + 5)
        assert [readiness(url)[0] for url in urls(both)] == [503, 503]
    stays_well(both)
    with Caller(Vhost(node, VHOST)) as caller:
        reply = caller.call("hearse.list_bookings", {"limit": 1}, limit=5)
        assert reply["error"] is None, reply
