"""The development issuer: log-ins, discovery, and never in production."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from kota.issuer.keys import load_or_make
from kota.issuer.users import SUPER_APP, USERS, demo_log_ins
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.support.processes import ROOT

STREAM = "/v1/ambulance/units"


def ask(issuer: Issuer, path: str = "/token", **form: str) -> httpx.Response:
    """A token request."""
    return httpx.post(issuer.url + path, data=form, timeout=5)


@pytest.mark.parametrize("name", [user.name for user in USERS])
def test_a_demo_user_logs_in_and_is_known_to_the_gateway(issuer: Issuer, gateway: GatewayProcess, name: str) -> None:
    reply = ask(issuer, grant_type="password", username=name, password=f"demo-{name}")
    assert reply.headers["cache-control"] == "no-store"
    headers = {"Authorization": f"Bearer {reply.json()['access_token']}"}
    assert gateway.get(STREAM, headers=headers).status_code in (403, 503)  # known, whatever the role may do


def test_the_super_app_gets_its_own_and_citizens_tokens(issuer: Issuer, gateway: GatewayProcess) -> None:
    client = {"client_id": SUPER_APP.name, "client_secret": SUPER_APP.password}
    own = ask(issuer, grant_type="client_credentials", **client).json()["access_token"]
    citizen = ask(issuer, "/citizens/token", sub="citizen-1", **client).json()["access_token"]
    headers = {"Authorization": f"Bearer {own}", "Idempotency-Key": "k"}
    path = "/v1/ambulance/incidents"
    assert gateway.post(path, json={}, headers={**headers, "Citizen-Token": citizen}).status_code == 503
    assert gateway.post(path, json={}, headers={**headers, "Citizen-Token": own}).status_code == 401
    assert gateway.get(path, headers={"Authorization": f"Bearer {citizen}"}).status_code == 401


def test_wrong_log_ins_are_refused(issuer: Issuer) -> None:
    for status, error, form in (
        (400, "invalid_grant", {"grant_type": "password", "username": "dispatcher", "password": "x"}),
        (400, "invalid_grant", {"grant_type": "password", "username": "mayor", "password": "demo-mayor"}),
        (400, "invalid_grant", {"grant_type": "password"}),
        (401, "invalid_client", {"grant_type": "client_credentials", "client_id": "super-app", "client_secret": ""}),
        (400, "unsupported_grant_type", {"grant_type": "implicit"}),
        (400, "unsupported_grant_type", {}),
    ):
        reply = ask(issuer, **form)
        assert (reply.status_code, reply.json()["error"]) == (status, error)


def test_discovery_leads_to_the_keys(issuer: Issuer) -> None:
    found = httpx.get(f"{issuer.url}/.well-known/openid-configuration", timeout=5).json()
    assert found["issuer"] == issuer.url
    keys = httpx.get(found["jwks_uri"], timeout=5).json()["keys"]
    assert [key["kid"] for key in keys] == [issuer.people.key.kid]
    assert not any("d" in key for key in keys), "the private part stays here"


def test_the_key_is_kept_and_private(tmp_path: Path) -> None:
    first, again = load_or_make(tmp_path / "i", "people"), load_or_make(tmp_path / "i", "people")
    assert first.as_dict(private=True) == again.as_dict(private=True)
    assert (tmp_path / "i" / "people.jwk.json").stat().st_mode & 0o777 == 0o600


def test_it_refuses_to_start_in_production(tmp_path: Path) -> None:
    environment = {"KOTA_ENV": "production", "KOTA_HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "kota.issuer"], cwd=ROOT, env=environment, capture_output=True, timeout=20, check=False
    )
    assert ended.returncode != 0
    assert b"production" in ended.stderr


def test_the_printed_log_ins_are_the_real_ones() -> None:
    assert {name for name, _, _ in demo_log_ins()} == {user.name for user in (*USERS, SUPER_APP)}
