"""A service's own door: who is let in and what is answered."""

from __future__ import annotations

import base64
import os
import resource
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import orjson
import pytest

from chassis.direct.door import CROWDED
from chassis.direct.keys import keys_of
from chassis.direct.wire import sign
from chassis.privacy.keys import KeyConfigurationError
from tests.support.databases import count, gate_closed
from tests.support.direct import DirectCaller, context
from tests.support.rpc import Caller
from tests.support.waiting import until

from .conftest import Deployment

NOTE = "sample.note"


@pytest.fixture
def caller(with_door: Deployment) -> DirectCaller:
    assert with_door.process
    return DirectCaller(with_door.direct_port, "sample")


def seen(deployment: Deployment, subject: str) -> int:
    return count(deployment.url, f"seen WHERE subject = '{subject}'")


FORGERIES: dict[str, Callable[[bytes, bytes, bytes], bytes]] = {
    "no signature": lambda *_: b"",
    "nonsense": lambda *_: b"\xff" * 64,
    "another key": lambda _, told, body: sign(b"k" * 32, NOTE.encode(), told, body),
    "another operation": lambda key, told, body: sign(key, b"sample.count", told, body),
    "another body": lambda key, told, body: sign(key, NOTE.encode(), told, body + b" "),
    "another context": lambda key, told, body: sign(key, NOTE.encode(), told.replace(b'"s"', b'"other"'), body),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_who_does_not_hold_the_key_is_not_let_in(with_door: Deployment, caller: DirectCaller, forgery: str) -> None:
    told, body = context(), b'{"subject":"forged"}'
    signature = FORGERIES[forgery](caller.key, told.encode(), body)
    reply = caller.http.post(f"/{NOTE}", content=body, headers={b"Context": told.encode(), b"Signature": signature})
    assert (reply.status_code, reply.content) == (401, b"")
    assert seen(with_door, "forged") == 0


def test_a_key_can_be_changed_under_way(deploy: Callable[..., Deployment]) -> None:
    old, new = (base64.b64encode(bytes([number]) * 31 + b"x").decode() for number in (1, 2))
    deployment = deploy("sample")
    deployment.start(DIRECT_PORT=str(deployment.direct_port), DIRECT_KEY_SAMPLE=f"{old},{new}")
    caller = DirectCaller(deployment.direct_port, "sample")
    told = context()
    assert caller.post(NOTE, b'{"subject":"known to all"}', told).status_code == 401
    for key in (old, new):
        caller.key = base64.b64decode(key)
        assert caller.post(NOTE, b'{"subject":"changed"}', told).status_code == 200
    assert keys_of("sample", f"{new},{old}", production=True)[0] == base64.b64decode(new)
    for wrong in (f"{new},", "x", ","):
        with pytest.raises(KeyConfigurationError, match="DIRECT_KEY_SAMPLE"):
            keys_of("sample", wrong, production=True)


@pytest.mark.parametrize(
    ("body", "slug"), [(b"", "malformed"), (b"{", "malformed"), (b"\xff", "malformed"), (b"[]", "invalid-request"),
                       (b'{"subject":"a\\u0000b"}', "invalid-request"), (b'{"subject":1}', "invalid-request")]
)  # fmt: skip
def test_a_body_that_is_no_request(caller: DirectCaller, body: bytes, slug: str) -> None:
    reply = caller.post(NOTE, body, context())
    assert (reply.status_code, reply.json()["error"]["slug"]) == (200, slug)


@pytest.mark.parametrize("told", ["", "{}", "7", '{"actor":1}'])
def test_without_a_context_nobody_is_served(caller: DirectCaller, told: str) -> None:
    assert caller.post(NOTE, b'{"subject":"s"}', told).json()["error"]["slug"] == "unauthenticated"


def test_a_request_that_comes_too_late_is_not_worked(with_door: Deployment, caller: DirectCaller) -> None:
    assert caller.post(NOTE, b'{"subject":"late"}', context(deadline=time.time() - 1)).status_code == 410
    assert seen(with_door, "late") == 0


def test_a_request_that_comes_twice_is_applied_once(with_door: Deployment, caller: DirectCaller) -> None:
    told = context()
    replies = [caller.post(NOTE, b'{"subject":"twice"}', told).content for _ in range(2)]
    assert replies[0] == replies[1] and b'"error":null' in replies[0]
    assert seen(with_door, "twice") == 1


def test_a_key_is_the_same_by_both_ways(with_door: Deployment, caller: DirectCaller) -> None:
    with Caller(with_door.vhost) as broker:
        first = broker.call(NOTE, {"subject": "both ways"}, idempotency_key="both")
    assert caller.call(NOTE, {"subject": "both ways"}, idempotency_key="both") == first
    assert (
        caller.call(NOTE, {"subject": "another"}, idempotency_key="both")["error"]["slug"] == "idempotency-key-reused"
    )
    assert seen(with_door, "both ways") == 1


def test_many_at_once_get_each_their_own_reply(with_door: Deployment) -> None:
    def one(number: int) -> str:
        caller = DirectCaller(with_door.direct_port, "sample")
        return str(caller.call(NOTE, {"subject": f"many {number}"})["result"]["id"])

    with ThreadPoolExecutor(40) as pool:
        assert len(set(pool.map(one, range(120)))) == 120
    assert count(with_door.url, "seen WHERE subject LIKE 'many %'") == 120


def test_who_waits_for_a_worker_is_counted(with_door: Deployment) -> None:
    places = 16  # of the usual 28 workers
    with ThreadPoolExecutor(places + 4) as pool:
        with gate_closed(with_door.url):
            asked = [
                pool.submit(DirectCaller(with_door.direct_port, "sample").call, NOTE, {"subject": f"waits {number}"})
                for number in range(places + 4)
            ]
            until(lambda: with_door.process.metric("kota_requests_waiting") == 4, "four to wait")
        assert all(each.result(15)["error"] is None for each in asked)
    assert with_door.process.metric("kota_requests_waiting") == 0


@pytest.mark.parametrize("junk", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET\r\n\r\n", b"\0" * 100])
def test_what_is_no_request_at_all_is_hung_up_on(with_door: Deployment, caller: DirectCaller, junk: bytes) -> None:
    with socket.create_connection(("127.0.0.1", with_door.direct_port), timeout=5) as line:
        line.sendall(junk)
        assert line.recv(1000).startswith(b"HTTP/1.1 400 ")
        assert line.recv(1000) == b""
    assert caller.call(NOTE, {"subject": "after junk"})["error"] is None


def test_a_stranger_cannot_fill_the_memory(with_door: Deployment, caller: DirectCaller) -> None:
    with socket.create_connection(("127.0.0.1", with_door.direct_port), timeout=20) as line:
        line.sendall(b"POST /x HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n")
        with pytest.raises(OSError):  # a reset, at some point of the first 40 MB
            for _ in range(400):
                line.sendall(bytes(100_000))
    assert caller.call(NOTE, {"subject": "after much"})["error"] is None


@pytest.fixture
def many_files(with_door: Deployment) -> None:
    """A thousand connections are a thousand files, here and in the service."""
    assert with_door.process.process
    for pid in (os.getpid(), with_door.process.process.pid):
        _, most = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, most))


@pytest.mark.usefixtures("many_files")
def test_strangers_do_not_hold_all_places(with_door: Deployment, caller: DirectCaller) -> None:
    address = ("127.0.0.1", with_door.direct_port)
    with ExitStack() as lines:
        known = lines.enter_context(closing(HTTPConnection(*address, timeout=5)))
        assert asked_on(known, caller.key, "before strangers") == 200
        silent = [lines.enter_context(socket.create_connection(address, timeout=5)) for _ in range(CROWDED + 100)]
        silent[-1].sendall(b"POST /")
        assert {line.recv(1) for line in silent[:100]} == {b""}, "the oldest are hung up on"
        for line in silent[-CROWDED // 2 :]:
            line.setblocking(False)
            with pytest.raises(BlockingIOError):
                line.recv(1)
        assert asked_on(known, caller.key, "on a line that is known") == 200
        assert DirectCaller(address[1], "sample").call(NOTE, {"subject": "by a new line"})["error"] is None


@pytest.mark.usefixtures("many_files")
def test_who_comes_with_many_at_once_is_not_taken_for_strangers(with_door: Deployment, caller: DirectCaller) -> None:
    """As a gateway does: all connections first, and then what it has to say."""
    with ExitStack() as stack:
        lines = [
            stack.enter_context(closing(HTTPConnection("127.0.0.1", with_door.direct_port, timeout=20)))
            for _ in range(CROWDED // 2)
        ]
        for line in lines:
            line.connect()
        assert {asked_on(line, caller.key, "many at once") for line in lines} == {200}


def asked_on(line: HTTPConnection, key: bytes, subject: str) -> int:
    """The status of a signed request on this very connection."""
    told, body = context().encode(), orjson.dumps({"subject": subject})
    line.request("POST", f"/{NOTE}", body, {"Context": told, "Signature": sign(key, NOTE.encode(), told, body)})
    reply = line.getresponse()
    assert reply.read()
    return reply.status


def test_what_waits_for_the_broker_is_told_without_what_is_sealed(with_door: Deployment, caller: DirectCaller) -> None:
    caller.call(NOTE, {"subject": "told", "publish": 3})
    reply = caller.post("sample.unpublished", b'{"after":0}', context()).json()
    assert reply["error"] is None  # the broker is there: as a rule nothing waits
    assert caller.post("sample.unpublished", b'{"before":0}', context()).json()["error"]["slug"] == "malformed"
    assert caller.post("sample.unpublished", b"{}", context(deadline=1.0)).status_code == 410
