"""What every reply carries, health, metrics, limits, documentation, the end."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import httpx

from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.gateway.support.responder import Responder
from tests.support.broker import Vhost

CONTACTS, UNITS = "/v1/ambulance/contacts", "/v1/ambulance/units"


def test_every_reply_carries_the_security_headers(gateway: GatewayProcess) -> None:
    for path in ("/health/live", "/docs", "/nothing", UNITS, "/problems/internal"):
        reply = gateway.get(path)
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in reply.headers


def test_no_token_no_entry(gateway: GatewayProcess, issuer: Issuer) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}, {"Citizen-Token": "x"}):
        reply = gateway.get(UNITS, headers=headers)
        assert (reply.status_code, reply.json()["type"]) == (401, "/problems/unauthenticated")
        assert reply.headers["www-authenticate"].startswith("Bearer")
    reply = gateway.get(UNITS, headers=issuer.headers("umkm-officer"))
    assert (reply.status_code, reply.json()["scope"]) == (403, "ambulance:read")


def test_who_am_i_and_what_may_i_do(gateway: GatewayProcess, issuer: Issuer) -> None:
    assert gateway.get("/v1/me").status_code == 401
    dispatcher = gateway.get("/v1/me", headers=issuer.headers("dispatcher")).json()
    assert dispatcher["roles"] == ["dispatcher"] and dispatcher["rows"] == {}
    assert "ambulance:dispatch" in dispatcher["scopes"] and "hearse:book" not in dispatcher["scopes"]
    assert gateway.get("/v1/me", headers=issuer.headers("crew-amb-01")).json()["rows"] == {"unit": ["AMB-01"]}


def test_the_gateway_collects_its_garbage(gateway: GatewayProcess) -> None:
    """It spares it while it imports."""

    def collections() -> float:
        found = re.search(r'^python_gc_collections_total\{generation="0"\} (\S+)', gateway.get("/metrics").text, re.M)
        assert found is not None
        return float(found[1])

    before = collections()
    for _ in range(200):
        gateway.get("/nothing")
    assert collections() > before


def test_a_request_can_be_counted_without_naming_anybody(
    gateway: GatewayProcess, issuer: Issuer, ambulance: Responder
) -> None:
    unit = "AMB-77"
    assert gateway.get(f"{UNITS}/{unit}", headers=issuer.headers("dispatcher")).status_code == 200
    text = gateway.get("/metrics").text
    assert 'kota_http_requests_total{method="GET",route="/v1/ambulance/units/{unit_id}",status="200"}' in text
    assert unit not in text


def test_fair_shares(city: Vhost, issuer: Issuer, ambulance: Responder, tmp_path: Path) -> None:
    limits = {"REQUESTS_PER_MINUTE": "3", "INTAKE_PER_MINUTE": "2", "CITIZEN_PER_MINUTE": "1"}
    with GatewayProcess(city.uri("gateway"), issuer.url, tmp_path / "log", **limits) as gateway:
        headers = issuer.headers("dispatcher")
        replies = [gateway.get(UNITS, headers=headers) for _ in range(4)]
        assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
        assert 1 <= int(replies[-1].headers["retry-after"]) <= 120
        contacts = [gateway.post(CONTACTS, json={}, headers=headers).status_code for _ in range(3)]
        assert contacts == [201, 201, 429], "emergency intake has a share of its own"
        citizen = issuer.headers("super-app") | {"Citizen-Token": issuer.citizens.mint({"sub": "c1"})}
        own = [gateway.post(CONTACTS, json={}, headers=citizen | {"Idempotency-Key": f"k{n}"}) for n in range(2)]
        assert [reply.status_code for reply in own] == [201, 429]


def test_who_sends_no_token_shares_the_limit_of_an_address_and_takes_nobody_elses(
    city: Vhost, issuer: Issuer, tmp_path: Path
) -> None:
    market, limits = "/v1/umkm/market", {"PUBLIC_PER_MINUTE": "2"}
    with (
        Responder(city.uri("umkm"), "umkm"),
        GatewayProcess(city.uri("gateway"), issuer.url, tmp_path / "gateway.log", **limits) as own,
    ):
        statuses = [own.get(market).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert own.get(market, headers=issuer.headers("dispatcher")).status_code == 200, "a log-in is no hindrance"
        for headers in ({"Authorization": "Bearer x"}, {"Citizen-Token": "x"}):
            assert own.get(market, headers=headers).status_code == 401, "what is sent has to be good"
        assert own.get("/v1/umkm/businesses").status_code == 401


def test_the_documentation_needs_no_internet(gateway: GatewayProcess) -> None:
    page = gateway.get("/docs").text
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(links) == 3
    for link in links:
        assert link.startswith("/")
        assert gateway.get(link).status_code == 200
    assert "http" not in gateway.get("/docs/start.js").text
    assert gateway.get("/openapi.json").json()["openapi"] == "3.1.0"


def test_every_problem_is_explained(gateway: GatewayProcess) -> None:
    problems = gateway.get("/problems").json()["problems"]
    assert len(problems) > 20
    for problem in problems:
        assert gateway.get(problem["type"]).json() == problem
        assert problem["explanation"]
        assert problem["title"].keys() == {"en", "id"}


def test_sigterm_ends_open_feeds_and_the_process(city: Vhost, issuer: Issuer, tmp_path: Path) -> None:
    with GatewayProcess(city.uri("gateway"), issuer.url, tmp_path / "log") as gateway:
        with httpx.stream("GET", f"{gateway.url}/v1/stream", headers=issuer.headers("dispatcher"), timeout=10) as feed:
            lines = feed.iter_lines()
            assert next(lines).startswith("retry:")
            gateway.process.send_signal(signal.SIGTERM)
            list(lines)
        assert gateway.process.wait(8) == 0


def test_a_missing_setting_is_named(gateway: GatewayProcess, tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.support.processes import ROOT

    for environment, named in (
        ({}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://x", "OIDC_JWKS_URL": "http://x", "KOTA_ENV": "production"}, "https OIDC_ISSUER"),
    ):
        ended = subprocess.run(
            [sys.executable, "-m", "gateway"], cwd=ROOT, env=environment, capture_output=True, timeout=20, check=False
        )
        assert ended.returncode != 0
        assert named in ended.stderr.decode()
        assert "Traceback" not in ended.stderr.decode()
