"""The development issuer itself: users, keys on disk, its process, its refusal in production."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from kota.errors import OperatorError
from kota.home import CHECKOUT
from kota.issuer.client import citizen_token, token
from kota.issuer.keys import FILE, load_or_make
from kota.issuer.users import DEMO_USERS, SUPER_APP, demo_log_ins

from .conftest import Door
from .servers import IssuerServer

ROWS = {
    "hearse-crew-jnz-01": {"unit": ("JNZ-01",)},
    "morgue": {"facility": ("RS-CONTOH-1",)},
    "crew-amb-01": {"unit": ("AMB-01",)},
    "crew-amb-02": {"unit": ("AMB-02",)},
    "school-99000001": {"npsn": ("99000001",)},
}


async def test_every_demo_user_gets_in(door: Door, issuer: IssuerServer) -> None:
    for user in DEMO_USERS:
        actor = await door.actor(token(issuer.url, user.name))
        assert (actor.roles, actor.rows) == ((user.role,), ROWS.get(user.name, {}))


async def test_the_super_app_with_a_citizen(door: Door, issuer: IssuerServer) -> None:
    actor = await door.actor(token(issuer.url, "super-app"), citizen_token(issuer.url, "citizen-9001"))
    assert (actor.subject, actor.client, actor.roles) == ("citizen-9001", "super-app", ("super_app",))


@pytest.mark.parametrize(
    ("path", "form", "status", "error"),
    [
        ("/token", {}, 400, "unsupported_grant_type"),
        ("/token", {"grant_type": "password", "username": "auditor", "password": "no"}, 400, "invalid_grant"),
        ("/token", {"grant_type": "password", "username": "nobody", "password": "demo-nobody"}, 400, "invalid_grant"),
        (
            "/token",
            {"grant_type": "password", "username": "super-app", "password": "demo-super-app"},
            400,
            "invalid_grant",
        ),
        (
            "/token",
            {"grant_type": "client_credentials", "client_id": "super-app", "client_secret": "é"},
            401,
            "invalid_client",
        ),
        ("/citizen-token", {"sub": "citizen-9001"}, 401, "invalid_client"),
        (
            "/citizen-token",
            {"sub": "", "client_id": "super-app", "client_secret": SUPER_APP.password},
            400,
            "invalid_request",
        ),
        ("/token", {"x": "y" * 20_000}, 413, "invalid_request"),
    ],
)
def test_refusals_as_oauth_says(issuer: IssuerServer, path: str, form: dict[str, str], status: int, error: str) -> None:
    reply = httpx.post(issuer.url + path, data=form, timeout=5)
    assert (reply.status_code, reply.json()["error"]) == (status, error)


def test_the_client_may_log_in_by_basic(issuer: IssuerServer) -> None:
    form = {"grant_type": "client_credentials"}
    reply = httpx.post(f"{issuer.url}/token", data=form, auth=(SUPER_APP.name, SUPER_APP.password), timeout=5)
    assert reply.status_code == 200
    assert (reply.json()["token_type"], reply.json()["expires_in"]) == ("Bearer", 8 * 3600)
    assert reply.headers["cache-control"] == "no-store"


def test_discovery_leads_to_the_keys_and_shows_no_private_one(issuer: IssuerServer) -> None:
    found = httpx.get(f"{issuer.url}/.well-known/openid-configuration", timeout=5).json()
    assert found["issuer"] == issuer.url
    for address in (found["jwks_uri"], f"{issuer.url}/jwks.json", f"{issuer.url}/citizens/jwks.json"):
        (key,) = httpx.get(address, timeout=5).json()["keys"]
        assert "d" not in key and key["kid"]
    for state in ("live", "ready"):
        assert httpx.get(f"{issuer.url}/health/{state}", timeout=5).json() == {"status": state}


def test_keys_outlive_a_restart_in_a_private_file(tmp_path: Path) -> None:
    first = load_or_make(tmp_path / FILE)
    again = load_or_make(tmp_path / FILE)
    assert {name: key.as_dict(private=True) for name, key in first.items()} == {
        name: key.as_dict(private=True) for name, key in again.items()
    }
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert first["people"].kid != first["citizens"].kid


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"people": {}, "citizens": 7}'])
def test_a_file_that_is_not_ours_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(OperatorError, match=FILE):
        load_or_make(tmp_path / FILE)


def test_the_helper_says_what_is_wrong(issuer: IssuerServer) -> None:
    with pytest.raises(OperatorError, match="no demo user 'nobody'"):
        token(issuer.url, "nobody")
    issuer.stop()
    with pytest.raises(OperatorError, match="Is the suite up"):
        token(issuer.url, "auditor")


def test_the_printed_table_names_every_log_in() -> None:
    assert [row[0] for row in demo_log_ins()] == [*(user.name for user in DEMO_USERS), SUPER_APP.name]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"KOTA_ENV": "production"}, "does not run with KOTA_ENV=production"), ({"ISSUER_PORT": "x"}, "ISSUER_PORT")],
)
def test_the_process_refuses_to_start(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    environment = {"PATH": os.environ["PATH"], "KOTA_HOME": str(tmp_path), **changed}
    done = subprocess.run(
        [sys.executable, "-m", "kota.issuer"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / FILE).exists()
