"""The shared objects of the broker: put in place where they are missing or different, left alone where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import amqp
import pytest

from kota.engines import Management
from kota.engines.placing import place
from kota.engines.topology import KEEP_POLICY, topology
from kota.errors import OperatorError
from tests.support.broker import Vhost


@pytest.fixture
def management(vhost: Vhost) -> Iterator[Management]:
    with vhost.node.management as opened:
        yield opened


def put_back(management: Management, vhost: Vhost) -> list[str]:
    return place(management, vhost.name, topology(vhost.name))


def remove(management: Management, vhost: Vhost, kind: str, name: str) -> None:
    management.request("DELETE", f"/{kind}/{vhost.name}/{quote(name, safe='')}")


def test_a_complete_broker_is_not_touched(management: Management, vhost: Vhost) -> None:
    assert put_back(management, vhost) == []


@pytest.mark.parametrize(
    ("kind", "name", "back"),
    [
        ("policies", KEEP_POLICY, [KEEP_POLICY]),
        ("queues", "city.events.log", ["city.events.log", "city.events -> city.events.log"]),
        ("queues", "city.unrouted", ["city.unrouted", "city.unrouted -> city.unrouted"]),
        ("exchanges", "nameko-rpc", ["nameko-rpc"]),
        ("exchanges", "city.events", ["city.events", "city.events -> city.events.log"]),
        ("bindings", "e/city.events/q/city.events.log/*.*.*", ["city.events -> city.events.log"]),
    ],
)
def test_what_is_missing_comes_back(
    management: Management, vhost: Vhost, kind: str, name: str, back: list[str]
) -> None:
    path = name if kind == "bindings" else quote(name, safe="")
    management.request("DELETE", f"/{kind}/{vhost.name}/{path}")
    assert put_back(management, vhost) == back
    assert put_back(management, vhost) == []


def test_the_stream_hears_of_no_sealed_copy_any_more(management: Management, vhost: Vhost) -> None:
    """An older version listened to every key, however long."""
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.queue_bind("city.events.log", "city.events", "#")
        channel.queue_declare("hearse.events", durable=True, auto_delete=False)
        channel.queue_bind("hearse.events", "city.events", "#")
    assert put_back(management, vhost) == ["no more city.events -> city.events.log by #"]
    bound = {(each["destination"], each["routing_key"]) for each in management.bindings(vhost.name)}
    assert {("city.events.log", "*.*.*"), ("hearse.events", "#")} <= bound
    assert put_back(management, vhost) == []


def test_an_exchange_declared_otherwise_is_made_anew_with_the_bindings_of_the_services(
    management: Management, vhost: Vhost
) -> None:
    remove(management, vhost, "exchanges", "city.events")
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.exchange_declare("city.events", "topic", durable=True, auto_delete=False)
        channel.queue_declare("hearse.events", durable=True, auto_delete=False)
        channel.queue_bind("hearse.events", "city.events", "ambulance.patient-deceased.v1")
    changed = put_back(management, vhost)
    assert changed[0] == "city.events" and "city.events -> hearse.events" in changed
    bound = {(each["source"], each["routing_key"]) for each in management.bindings(vhost.name)}
    assert {("city.events", "*.*.*"), ("city.events", "ambulance.patient-deceased.v1")} <= bound
    assert put_back(management, vhost) == []


def test_a_queue_declared_otherwise_is_never_thrown_away(management: Management, vhost: Vhost) -> None:
    remove(management, vhost, "queues", "city.unrouted")
    with vhost.connect() as connection:
        channel = connection.channel()
        channel.queue_declare("city.unrouted", durable=True, auto_delete=False)
        channel.queue_bind("city.unrouted", "city.unrouted", "")
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message("kept"), "city.unrouted", "")
    with pytest.raises(OperatorError, match=r"city\.unrouted was declared otherwise"):
        put_back(management, vhost)
    assert vhost.depth("city.unrouted") == 1
