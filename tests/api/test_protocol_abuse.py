"""Broken, hostile and odd HTTP: always a short, clear refusal, never a hang, a crash or another's request."""

from __future__ import annotations

import pytest

from .suite import Suite
from .wire import ask, connect, posted, read, request

CONTACTS = "/v1/ambulance/contacts"
MEGABYTE = 1_000_000


@pytest.mark.parametrize("method", ["TRACE", "PATCH", "DELETE", "OPTIONS", "PUT", "BREW"])
def test_a_method_that_is_not_offered_is_refused_and_names_those_that_are(suite: Suite, method: str) -> None:
    reply = ask(suite, request(suite, method, CONTACTS))
    if method == "BREW":
        assert reply.status in (400, 405)
        return
    assert (reply.status, reply.slug, reply.headers["allow"]) == (405, "method-not-allowed", "GET, POST")


@pytest.mark.parametrize(
    "target",
    [
        "/v1/ambulance/%2e%2e/ambulance/contacts",
        "/v1/ambulance/../ambulance/contacts",
        "/v1//ambulance/contacts",
        "//v1/ambulance/contacts",
        "/v1/ambulance/contacts/",
        "/v1/ambulance/contacts%2F",
        "/V1/ambulance/contacts",
        "/v1/ambulance/contacts;x=1",
        "/v1/ambulance/contacts%00",
        "/v1/ambulance%5Ccontacts",
        "/etc/passwd",
        "/v1/" + "a/" * 10_000,
    ],
    ids=lambda target: target[:40],
)
def test_an_address_is_one_address_whatever_tricks_it_plays(suite: Suite, target: str) -> None:
    assert ask(suite, request(suite, "GET", target)).status in (404, 414)


@pytest.mark.parametrize("target", ["*", "contacts", "http://[", "/v1/ambulance/contacts\x01", "/\xff"], ids=repr)
def test_a_target_that_is_none_is_refused(suite: Suite, target: str) -> None:
    assert 400 <= ask(suite, request(suite, "GET", target)).status < 500


def test_an_address_of_many_kilobytes_is_refused(suite: Suite) -> None:
    assert 400 <= ask(suite, request(suite, "GET", "/v1/ambulance/units/" + "A" * 60_000)).status < 500


def test_headers_of_many_kilobytes_are_refused_or_ignored(suite: Suite) -> None:
    reply = ask(suite, request(suite, "GET", CONTACTS, *(f"X-{n}: {'a' * 1000}" for n in range(200))))
    assert reply.status in (200, 400, 431)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "application/jsonx", ""])
def test_another_kind_of_content_is_refused(suite: Suite, kind: str) -> None:
    headers = (f"Content-Type: {kind}",) if kind else ()
    reply = ask(suite, request(suite, "POST", CONTACTS, *headers, "Content-Length: 2", body=b"{}"))
    assert (reply.status, reply.slug) == (415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;a=b"])
def test_json_is_json_however_it_is_written(suite: Suite, kind: str) -> None:
    reply = ask(suite, request(suite, "POST", CONTACTS, f"Content-Type: {kind}", "Content-Length: 2", body=b"{}"))
    assert reply.status == 201


def test_a_complaint_of_ten_megabytes_is_refused_by_its_announced_length(suite: Suite) -> None:
    head = request(suite, "POST", CONTACTS, "Content-Type: application/json", f"Content-Length: {10 * MEGABYTE}")
    reply = ask(suite, head + b'{"complaint":"' + b"a" * MEGABYTE)
    assert (reply.status, reply.slug) == (413, "too-large")


def test_a_body_in_chunks_is_refused_when_it_has_grown_too_large(suite: Suite) -> None:
    head = request(suite, "POST", CONTACTS, "Content-Type: application/json", "Transfer-Encoding: chunked")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    reply = ask(suite, head + chunk * 20 + b"0\r\n\r\n")
    assert (reply.status, reply.slug) == (413, "too-large")


def test_a_body_in_chunks_is_read(suite: Suite) -> None:
    head = request(suite, "POST", CONTACTS, "Content-Type: application/json", "Transfer-Encoding: chunked")
    assert ask(suite, head + b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n").status == 201


@pytest.mark.parametrize(
    "framing",
    [
        ("Content-Length: 2", "Content-Length: 40"),
        ("Content-Length: -1",),
        ("Content-Length: 2x",),
        ("Content-Length: 99999999999999999999999",),
        ("Transfer-Encoding: chunked", "Content-Length: 2"),
        ("Transfer-Encoding: xchunked",),
    ],
    ids=" | ".join,
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(suite: Suite, framing: tuple[str, ...]) -> None:
    """Else a proxy and the gateway could see different requests in the same bytes."""
    sent = request(suite, "POST", CONTACTS, "Content-Type: application/json", *framing, body=b"{}")
    assert 400 <= ask(suite, sent).status < 500


@pytest.mark.timeout(60)
def test_a_body_that_stops_in_the_middle_ends_in_a_refusal(suite: Suite) -> None:
    with connect(suite) as connection:
        connection.settimeout(20)
        connection.sendall(request(suite, "POST", CONTACTS, "Content-Type: application/json", "Content-Length: 50"))
        connection.sendall(b'{"complaint"')
        assert read(connection).status == 408


@pytest.mark.timeout(60)
def test_a_head_that_never_ends_loses_its_connection(suite: Suite) -> None:
    with connect(suite) as connection:
        connection.settimeout(20)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: kota\r\n")
        assert connection.recv(1) == b""


def test_requests_in_a_row_on_one_connection_are_answered_in_their_order(suite: Suite) -> None:
    targets = [CONTACTS, "/no-such", "/v1/ambulance/units", "/health/live"] * 5
    with connect(suite) as connection:
        connection.sendall(b"".join(request(suite, "GET", target) for target in targets))
        pending = bytearray()
        assert [read(connection, pending).status for _ in targets] == [200, 404, 200, 200] * 5


def test_a_refused_body_does_not_become_the_next_request(suite: Suite) -> None:
    """The rest of a refused body must be read or the connection closed, never taken for a request."""
    hidden = request(suite, "POST", CONTACTS, "Content-Type: application/json", "Content-Length: 2", body=b"{}")
    with connect(suite) as connection:
        outer = request(
            suite, "POST", CONTACTS, "Content-Type: text/plain", f"Content-Length: {len(hidden)}", body=hidden
        )
        connection.sendall(outer + request(suite, "GET", "/health/live"))
        pending = bytearray()
        assert read(connection, pending).status == 415
        assert read(connection, pending).status == 200  # that of /health/live


@pytest.mark.parametrize("name", ["X-Correlation-Id", "Accept-Language", "X-Purpose", "Traceparent", "Origin"])
@pytest.mark.parametrize("value", ["a" * 5000, "\xff\xfe", "%0d%0aX-Injected: 1", "'; DROP TABLE contact; --"])
def test_no_header_changes_the_reply_of_another(suite: Suite, name: str, value: str) -> None:
    reply = ask(suite, request(suite, "GET", CONTACTS, f"{name}: {value}"))
    assert reply.status == 200
    assert "x-injected" not in reply.headers
    assert value not in str(reply.headers)


@pytest.mark.parametrize("line", ["X-A: 1\r\n folded", "No colon", ": no name", "X A: 1", "X-A: a\0b"], ids=repr)
def test_a_broken_header_line_is_refused(suite: Suite, line: str) -> None:
    assert ask(suite, request(suite, "GET", CONTACTS, line)).status in (200, 400)


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "é", "." * 20_000, "eyJhbGciOiJub25lIn0.e30."], ids=lambda t: t[:12]
)
def test_what_is_no_token_is_refused(suite: Suite, token: str) -> None:
    reply = ask(suite, f"GET {CONTACTS} HTTP/1.1\r\nHost: k\r\nAuthorization: Bearer {token}\r\n\r\n".encode("latin-1"))
    assert (reply.status, reply.slug) == (401, "unauthenticated")
    assert reply.headers["www-authenticate"].startswith("Bearer")


def test_two_tokens_in_one_request_are_refused(suite: Suite) -> None:
    sent = request(suite, "GET", CONTACTS, f"Authorization: Bearer {suite.token('hearse-officer')}")
    reply = ask(suite, sent)
    assert (reply.status, reply.slug) == (422, "invalid-request")


def test_two_idempotency_keys_in_one_request_are_refused(suite: Suite) -> None:
    sent = posted(suite, CONTACTS, b"{}", "Idempotency-Key: one", "Idempotency-Key: two")
    reply = ask(suite, sent)
    assert (reply.status, reply.slug) == (422, "invalid-request")


@pytest.mark.parametrize("key", ["", " ", "a" * 256, "\xe9", "a\tb"], ids=repr)
def test_an_unusable_idempotency_key_is_refused(suite: Suite, key: str) -> None:
    reply = ask(suite, posted(suite, CONTACTS, b"{}", f"Idempotency-Key: {key}"))
    assert (reply.status, reply.slug) == (422, "invalid-request")
