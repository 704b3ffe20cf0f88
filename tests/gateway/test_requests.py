"""Bad input over HTTP: whatever is wrong, the reply is a 4xx problem that names it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from gateway.routes import ROUTES
from gateway.table import Route
from tests.gateway.support.asking import ID, address, login, pointers
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.responder import Responder

INCIDENTS, CONTACTS = "/v1/ambulance/incidents", "/v1/ambulance/contacts"


@pytest.fixture
def post(gateway: GatewayProcess, issuer: Issuer) -> Iterator[Any]:
    """POST as the dispatcher."""

    def send(path: str, **options: Any) -> httpx.Response:
        options["headers"] = {**issuer.headers("dispatcher"), **options.get("headers", {})}
        return gateway.post(path, **options)

    return send


@pytest.mark.parametrize("route", [r for r in ROUTES if r.path_fields], ids=lambda route: route.operation)
def test_a_wrong_path_field_is_named(gateway: GatewayProcess, issuer: Issuer, route: Route) -> None:
    values = {name: "%00" for name in route.path_fields}
    options: dict[str, Any] = {} if route.reads else {"json": {}}
    reply = gateway.client.request(route.method, route.path.format(**values), headers=login(issuer, route), **options)
    assert reply.status_code == 422
    assert {f"/path/{name}" for name in route.path_fields} <= pointers(reply)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.reads], ids=lambda route: route.operation)
def test_an_unknown_query_parameter_is_named(gateway: GatewayProcess, issuer: Issuer, route: Route) -> None:
    reply = gateway.get(address(route) + "?colour=red", headers=login(issuer, route))
    fields = route.request.model_fields.items()
    needed = {f"/query/{name}" for name, field in fields if field.is_required() and name not in route.path_fields}
    assert (reply.status_code, pointers(reply)) == (422, {"/query/colour", *needed})


def test_query_parameters_are_checked(gateway: GatewayProcess, issuer: Issuer) -> None:
    headers = issuer.headers("dispatcher")
    for query, pointer in (
        ("limit=0", "/query/limit"),
        ("limit=many", "/query/limit"),
        ("limit=1&limit=2", "/query/limit"),
        ("cursor=%00", "/query/cursor"),
        ("cursor=*", "/query/cursor"),
        ("state=", "/query/state"),
    ):
        reply = gateway.get(f"{INCIDENTS}?{query}", headers=headers)
        assert (reply.status_code, pointers(reply)) == (422, {pointer}), query
    reply = gateway.get(f"{INCIDENTS}/{ID}?incident_id={ID}", headers=headers)
    assert (reply.status_code, pointers(reply)) == (422, {"/query/incident_id"})


def test_a_post_takes_no_query(post: Any) -> None:
    reply = post(f"{INCIDENTS}?kind=fire", json={})
    assert (reply.status_code, pointers(reply)) == (422, {"/query/kind"})


def test_a_path_field_stands_only_in_the_path(post: Any) -> None:
    reply = post(f"{INCIDENTS}/{ID}/closure", json={"incident_id": ID, "outcome": "cancelled"})
    assert (reply.status_code, pointers(reply)) == (422, {"/incident_id"})


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"\xff\xfe",
        b'{"complaint": "\\ud800"}',
        b'{"patients": NaN}',
        b"[" * 100_000,
        b"{}x",
    ],
)
def test_what_is_no_json_object_is_malformed(post: Any, body: bytes) -> None:
    for path in (INCIDENTS, f"{INCIDENTS}/{ID}/closure"):
        reply = post(path, content=body, headers={"Content-Type": "application/json"})
        assert (reply.status_code, reply.json()["type"]) in (
            (400, "/problems/malformed"),
            (422, "/problems/invalid-request"),  # JSON, but not an object
        ), reply.text
        assert reply.headers["content-type"] == "application/problem+json"


def test_only_json_is_read(post: Any) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"):
        reply = post(INCIDENTS, content=b"{}", headers={"Content-Type": media})
        assert (reply.status_code, reply.json()["type"]) == (415, "/problems/unsupported-media-type"), media
    reply = post(INCIDENTS, content=b'{"kind": 1}', headers={"Content-Type": "Application/JSON; charset=utf-8"})
    assert reply.status_code == 422


def test_a_large_body_is_refused(post: Any) -> None:
    large = b'{"complaint": "' + b"x" * 1_000_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    declared = post(INCIDENTS, content=large, headers=headers)
    chunked = post(INCIDENTS, content=iter([large[:500_000], large[500_000:]]), headers=headers)
    assert (declared.status_code, chunked.status_code) == (413, 413)
    assert declared.json()["limit"] == chunked.json()["limit"] == 1_000_000


def test_a_slow_body_is_refused(gateway: GatewayProcess, issuer: Issuer) -> None:
    token = issuer.token("dispatcher")
    head = f"POST {INCIDENTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 2\r\n\r\n{{"
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("head", [b"", b"POST /v1/ambulance/incidents HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_slow_head_is_cut_off(gateway: GatewayProcess, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=8) as connection:
        connection.sendall(head)
        assert connection.recv(1000) == b""


def test_wrong_addresses_and_methods(gateway: GatewayProcess, issuer: Issuer) -> None:
    for path in (
        "/",
        "/v1",
        "/v1/ambulance/incidents/",
        "/v2/ambulance/incidents",
        "/docs/assets/none",
        "/problems/none",
    ):
        reply = gateway.get(path)
        assert (reply.status_code, reply.json()["type"]) == (404, "/problems/not-found"), path
    for method, path, allowed in (
        ("DELETE", INCIDENTS, "GET, POST"),
        ("PUT", f"{INCIDENTS}/{ID}", "GET"),
        ("POST", "/health/live", "GET, HEAD"),
        ("OPTIONS", CONTACTS, "GET, POST"),
    ):
        reply = gateway.client.request(method, path)
        assert (reply.status_code, reply.json()["type"]) == (405, "/problems/method-not-allowed"), path
        assert ", ".join(sorted(reply.headers["allow"].split(", "))) == allowed


@pytest.mark.parametrize("key", ["", "a" * 256, "grüße", "a\tb"])
def test_an_unusable_idempotency_key_is_named(post: Any, key: str) -> None:
    reply = post(INCIDENTS, json={}, headers={"Idempotency-Key": key.encode()})
    assert (reply.status_code, pointers(reply)) == (422, {"/header/Idempotency-Key"})


def test_the_super_app_must_send_a_key(gateway: GatewayProcess, issuer: Issuer) -> None:
    reply = gateway.post(INCIDENTS, json={}, headers=issuer.headers("super-app"))
    assert (reply.status_code, reply.json()["type"]) == (422, "/problems/idempotency-key-missing")


def test_problems_speak_the_callers_language(gateway: GatewayProcess) -> None:
    titles = {
        language: gateway.get("/", headers={"Accept-Language": language}) for language in ("", "en", "fr,en;q=0.5")
    }
    assert titles[""].json()["title"] == "Tidak ditemukan"
    assert titles["en"].json()["title"] == titles["fr,en;q=0.5"].json()["title"] == "Not found"
    assert titles["en"].headers["content-language"] == "en"


def test_a_wrong_field_of_the_service_is_located_too(
    gateway: GatewayProcess, issuer: Issuer, ambulance: Responder
) -> None:
    from contracts.problems import wrong_field

    def refuse(*_: Any) -> None:
        raise wrong_field("incident_id", "unknown", "no such incident")

    ambulance.answers["ambulance.get_incident"] = refuse
    reply = gateway.get(f"{INCIDENTS}/{ID}", headers=issuer.headers("dispatcher"))
    assert (reply.status_code, pointers(reply)) == (422, {"/path/incident_id"})


def test_garbage_does_no_harm(gateway: GatewayProcess) -> None:
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as connection:
        connection.sendall(b"\xff\xfe\r\n\r\n")
        assert b"400" in connection.recv(1000)
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as connection:
        connection.sendall(b"GET /v1/\xff HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404")
    assert gateway.get("/health/live").status_code == 200
