"""One issuer, one vhost, one gateway and one responder for all of these tests; a second gateway on a wire to cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kota.engines import RabbitmqNode
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.responder import Responder
from tests.gateway.support.wire import Wire
from tests.support.broker import Vhost


@pytest.fixture(scope="package")
def issuer() -> Iterator[Issuer]:
    """The trusted issuer."""
    made = Issuer()
    with made.running():
        yield made


@pytest.fixture(scope="package")
def city(broker: RabbitmqNode) -> Iterator[Vhost]:
    """The vhost of these tests."""
    made = Vhost.create(broker)
    yield made
    made.delete()


@pytest.fixture(scope="package")
def gateway(city: Vhost, issuer: Issuer, folder: Path) -> Iterator[GatewayProcess]:
    """The gateway, with its own broker user, and with limits high enough for tests."""
    with GatewayProcess(
        city.uri("gateway"), issuer.url, folder / "gateway.log", BODY_SECONDS="1", HEAD_SECONDS="1"
    ) as process:
        yield process


@pytest.fixture
def ambulance(city: Vhost) -> Iterator[Responder]:
    """Somebody who answers for the ambulance service."""
    with Responder(city.uri("ambulance"), "ambulance") as responder:
        yield responder


@pytest.fixture
def wire(city: Vhost) -> Iterator[Wire]:
    """A connection to the broker that can be cut."""
    made = Wire(city.node.ports["amqp"])
    yield made
    made.cut()


@pytest.fixture
def wired(city: Vhost, issuer: Issuer, wire: Wire, tmp_path: Path) -> Iterator[GatewayProcess]:
    """A gateway behind that wire."""
    uri = city.uri("gateway").replace(f":{city.node.ports['amqp']}/", f":{wire.port}/")
    with GatewayProcess(uri, issuer.url, tmp_path / "gateway.log", HEARTBEAT_SECONDS="1") as process:
        yield process
