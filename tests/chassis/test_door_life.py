"""A service's own door opens and closes: without a broker, without files, told to end, killed."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import orjson
import pytest

from gateway.direct import Address, DirectClient
from kota.health import plain_client
from tests.support.databases import count, gate_closed, waiting_at_gate
from tests.support.direct import DirectCaller, context
from tests.support.processes import ServiceProcess
from tests.support.waiting import until

from .conftest import Deployment

NOTE = "sample.note"
NOWHERE = "amqp://admin:none@127.0.0.1:1/nowhere"


@pytest.fixture(scope="module")
def lonely(deploy: Callable[..., Deployment]) -> Iterator[ServiceProcess]:
    """A service that has never had a broker."""
    deployment = deploy("sample")
    values = {"DIRECT_PORT": str(deployment.direct_port)}
    process = ServiceProcess(
        "sample", deployment.url, NOWHERE, deployment.folder / "lonely.log", values, deployment.root
    )
    process.launch()
    yield process
    process.end()


def test_a_service_begins_without_its_broker_and_ends_without_it(lonely: ServiceProcess) -> None:
    caller = DirectCaller(int(lonely.environment["DIRECT_PORT"]), "sample")
    url = lonely.environment["DATABASE_URL_SAMPLE"]

    until(lambda: "direct_listens" in lonely.text(), "the door to open", 20)
    assert caller.call(NOTE, {"subject": "lonely", "publish": 2, "remind_in": 0.1})["error"] is None
    until(lambda: count(url, "seen WHERE kind = 'timer'") == 1, "its clock to run")
    waiting = caller.post("sample.unpublished", b'{"after":0}', context()).json()["result"]["events"]
    assert [each["headers"]["ce-type"] for each in waiting] == ["hearse.booking-drafted.v1"] * 2
    assert orjson.loads(waiting[0]["body"])["booking_id"]
    after = waiting[0]["seq"]
    more = caller.post("sample.unpublished", orjson.dumps({"after": after}), context()).json()["result"]["events"]
    assert more == waiting[1:]
    until(lambda: lonely.status() == "degraded", "it to be as good as ready", 20)
    assert plain_client().get(lonely.url("/health/ready"), timeout=5).status_code == 200
    lonely.signal(signal.SIGTERM)
    assert lonely.wait(10) == 0


def test_out_of_files_for_a_while_it_takes_connections_afterwards(with_door: Deployment) -> None:
    process = with_door.process.process
    assert process is not None
    usual = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (1, usual[1]))
    try:
        with socket.create_connection(("127.0.0.1", with_door.direct_port), timeout=5):
            until(
                lambda: "direct_accept_failed" in with_door.process.text(), "the door to be told that no file is left"
            )
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, usual)
    assert DirectCaller(with_door.direct_port, "sample").call(NOTE, {"subject": "after"})["error"] is None


def test_told_to_end_it_answers_what_it_has_and_takes_no_more(deploy: Callable[..., Deployment]) -> None:
    deployment = deploy("sample")
    process = deployment.start(DIRECT_PORT=str(deployment.direct_port))
    with ThreadPoolExecutor(5) as pool:
        idle = DirectCaller(deployment.direct_port, "sample")
        assert idle.call(NOTE, {"subject": "before"})["error"] is None
        with gate_closed(deployment.url):
            working = [
                pool.submit(DirectCaller(deployment.direct_port, "sample").call, NOTE, {"subject": f"hand {number}"})
                for number in range(4)
            ]
            until(lambda: waiting_at_gate(deployment.url) == 4, "four to be worked")
            process.signal(signal.SIGTERM)
            until(lambda: not listens(deployment.direct_port), "the door to be closed")
            assert process.process is not None and process.process.poll() is None
        assert [each.result(10)["error"] for each in working] == [None] * 4
    assert process.wait(20) == 0
    assert count(deployment.url, "seen WHERE subject LIKE 'hand %'") == 4


def test_when_one_of_two_dies_the_other_answers_and_nothing_is_done_twice(
    deploy: Callable[..., Deployment],
) -> None:
    """Both share the port; the gateway's client sends again what was lost."""
    deployment = deploy("sample")
    both = [deployment.start(DIRECT_PORT=str(deployment.direct_port)) for _ in range(2)]
    key = DirectCaller(deployment.direct_port, "sample").key
    address = Address("127.0.0.1", deployment.direct_port, key)

    async def ask() -> list[bytes]:
        client = DirectClient({"sample": address})
        asked = [
            asyncio.create_task(client.call(NOTE, b'{"subject":"survives %d"}' % number, context().encode()))
            for number in range(12)
        ]
        await asyncio.to_thread(until, lambda: waiting_at_gate(deployment.url) == 12, "all to be worked")
        both[0].kill()
        gate.close()
        replies = await asyncio.gather(*asked)
        client.stop()
        return replies

    with ExitStack() as gate:
        gate.enter_context(gate_closed(deployment.url))
        replies = asyncio.run(ask())
    assert all(b'"error":null' in reply for reply in replies)
    assert count(deployment.url, "seen WHERE subject LIKE 'survives %'") == 12
    lost = both[1].metric('kota_requests_total{operation="sample.note",outcome="ok"}') - 12
    assert -12 < lost <= 0, "neither of the two had all of them"


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
