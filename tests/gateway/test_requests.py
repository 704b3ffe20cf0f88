"""Bad input over HTTP: whatever is wrong, the reply is a 4xx problem that names it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from contracts.language import indonesian
from gateway.routes import ROUTES
from gateway.table import Route
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.responder import Responder

INCIDENTS, CONTACTS = "/v1/ambulance/incidents", "/v1/ambulance/contacts"
ID = "00000000-0000-0000-0000-000000000001"
WHO = {
    "ambulance:crew": "crew-amb-01",
    "ambulance:manage": "manager",
    "ambulance:supervise": "supervisor",
    "hearse:read": "hearse-officer",
}
WHO |= {"education:read": "education-officer", "umkm:read": "umkm-officer"}


def login(issuer: Issuer, route: Route) -> dict[str, str]:
    """The headers of somebody who may do this."""
    return issuer.headers(WHO.get(route.scope, "dispatcher"))


def address(route: Route) -> str:
    """A possible address of the row."""
    values = {name: "1" if name == "patient_number" else ID for name in route.path_fields}
    return route.path.format(**values)


def pointers(reply: httpx.Response) -> set[str]:
    """Where the reply says that something is wrong."""
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == reply.status_code
    assert uuid.UUID(problem["correlation_id"]) == uuid.UUID(reply.headers["x-correlation-id"])
    return {error["pointer"] for error in problem.get("errors", [])}


@pytest.fixture
def post(gateway: GatewayProcess, issuer: Issuer) -> Iterator[Any]:
    """POST as the dispatcher."""

    def send(path: str, **options: Any) -> httpx.Response:
        options["headers"] = {**issuer.headers("dispatcher"), **options.get("headers", {})}
        return gateway.post(path, **options)

    return send


TAKEN = {
    ("ambulance.record_contact", "phone", str): "in an emergency no phone number is a reason to refuse",
    ("ambulance.open_incident", "phone", str): "likewise",
    ("ambulance.report_positions", "positions", list): "each position is judged by itself, by the service",
}
"""What the edge lets through."""


def wrong_values() -> Iterator[tuple[Route, str, Any]]:
    """Every field of every body, with values that no field can take."""
    for route in ROUTES:
        for name in () if route.reads else route.request.model_fields:
            if name not in route.path_fields:
                for value in ({"x": {"y": 1}}, [[[]]], "x" * 3000, 1e400, "\0"):
                    if value == "\0" or (route.operation, name, type(value)) not in TAKEN:
                        yield route, name, value


def test_every_wrong_field_is_named_in_both_languages(gateway: GatewayProcess, issuer: Issuer) -> None:
    """No responder runs: a value that got through would give a 503."""
    for route, name, value in wrong_values():
        sent = "1e400" if value == 1e400 else httpx.Request("POST", "x:", json=value).content.decode()
        replies = [
            gateway.client.request(
                route.method,
                address(route),
                content=f'{{"{name}": {sent}}}',
                headers=login(issuer, route) | {"Content-Type": "application/json", "Accept-Language": language},
            )
            for language in ("en", "id")
        ]
        wrong = (route.operation, name, value, replies[0].text)
        assert all(400 <= reply.status_code < 500 for reply in replies), wrong
        if replies[0].status_code == 422:
            assert any(pointer.startswith(f"/{name}") for pointer in pointers(replies[0])), wrong
        english, said = (reply.json() for reply in replies)
        assert [one | in_indonesian(one) for one in english.get("errors", [])] == said.get("errors", []), wrong
        assert in_indonesian(english) == in_indonesian(english) | {key: said[key] for key in in_indonesian(english)}


def in_indonesian(said: dict[str, str]) -> dict[str, str | None]:
    """Its texts for people, translated; None for one that has no translation."""
    return {key: indonesian(said[key]) for key in ("detail", "fix") if key in said}


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
    assert (reply.status_code, pointers(reply)) == (422, {"/query/colour"})


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
