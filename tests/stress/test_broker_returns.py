"""A broker node comes back every time, after a stop and after kill -9, with the stream and the queues it had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import contracts
from chassis.broker import EVENT_LOG, ServiceQueues
from chassis.declaring import declare_queues
from kota.engines import Management, RabbitmqNode, build_definitions, rabbitmq_node
from kota.engines.definitions import VHOST
from tests.support.broker import PASSWORDS, Vhost
from tests.support.waiting import until

STARTS = 20


@pytest.fixture
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitmqNode]:
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(tmp_path_factory.mktemp("mq"), definitions, PASSWORDS) as running:
        yield running


@pytest.mark.timeout(STARTS * 60)
def test_twenty_starts_of_twenty(node: RabbitmqNode) -> None:
    vhost = Vhost(node, VHOST)
    with vhost.connect() as connection:
        declare_queues(connection.connection, ServiceQueues("hearse"), ["ambulance.patient-deceased.v1"], (1, 10))
    node.wait_until_registered("hearse.events")
    for number in range(1, STARTS + 1):
        (node.stop if number % 2 else node.kill)()
        node.start()
        assert node.place_topology() == [], f"start {number} found the topology otherwise"
        with node.management as management:
            until(lambda: is_up(management, EVENT_LOG), f"the stream after start {number}", limit=30)


def is_up(management: Management, name: str) -> bool:
    """True once the broker says that the queue runs. RabbitMQ 3.10 lists a stream that is not up yet nowhere but among
    the definitions."""
    return any(queue["name"] == name and queue.get("state") == "running" for queue in management.queues(VHOST))
