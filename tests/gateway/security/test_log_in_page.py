"""The development issuer's code flow with PKCE: what a console of the suite goes through, and what is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from .conftest import Door
from .servers import IssuerServer

VERIFIER = "v" * 43
BACK = "http://127.0.0.1:8002/masuk/kembali"
ASKED = {
    "response_type": "code",
    "client_id": "console",
    "redirect_uri": BACK,
    "state": "s1",
    "nonce": "n1",
    "scope": "openid",
    "code_challenge": create_s256_code_challenge(VERIFIER),
}
WHO = {"username": "dispatcher", "password": "demo-dispatcher"}


def log_in(issuer: IssuerServer, **changed: str) -> httpx.Response:
    return httpx.post(f"{issuer.url}/authorize", data={**ASKED, **WHO, **changed}, timeout=5)


def code_of(reply: httpx.Response) -> str:
    assert reply.status_code == 303, reply.text
    sent = parse_qs(urlsplit(reply.headers["location"]).query)
    assert sent["state"] == ["s1"] and reply.headers["location"].startswith(BACK)
    return sent["code"][0]


def exchange(issuer: IssuerServer, code: str, **changed: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": "console",
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return httpx.post(f"{issuer.url}/token", data={**form, **changed}, timeout=5)


async def test_a_person_logs_in_and_is_renewed(door: Door, issuer: IssuerServer) -> None:
    shown = httpx.get(f"{issuer.url}/authorize", params={**ASKED, "code_challenge_method": "S256"}, timeout=5)
    assert shown.status_code == 200 and "script" not in shown.text
    got: dict[str, Any] = exchange(issuer, code_of(log_in(issuer))).json()
    assert (await door.actor(got["access_token"])).roles == ("dispatcher",)
    renewal = {"grant_type": "refresh_token", "client_id": "console", "refresh_token": got["refresh_token"]}
    again = httpx.post(f"{issuer.url}/token", data=renewal, timeout=5)
    assert (await door.actor(again.json()["access_token"])).roles == ("dispatcher",)
    assert httpx.post(f"{issuer.url}/token", data=renewal, timeout=5).status_code == 400  # good once


def test_a_code_is_good_once_for_its_own_client_and_verifier(issuer: IssuerServer) -> None:
    code = code_of(log_in(issuer))
    assert exchange(issuer, code).status_code == 200
    for changed in ({}, {"code_verifier": "w" * 43}, {"redirect_uri": BACK + "/other"}, {"client_id": "other"}):
        wrong = code if not changed else code_of(log_in(issuer))
        reply = exchange(issuer, wrong, **changed)
        assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant"), changed


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://elsewhere.example/back"},
        {"redirect_uri": "http://127.0.0.1:80@elsewhere.example/"},
        {"code_challenge": "short"},
        {"response_type": "token"},
    ],
)
def test_what_no_client_of_ours_asks_leads_nowhere(issuer: IssuerServer, changed: dict[str, str]) -> None:
    reply = log_in(issuer, **changed)
    assert reply.status_code in (400, 401) and "location" not in reply.headers


def test_another_password_shows_the_page_again_without_it(issuer: IssuerServer) -> None:
    reply = log_in(issuer, password="geheim-4711", state='"><script>')
    assert reply.status_code == 401
    assert "geheim-4711" not in reply.text and "<script" not in reply.text


async def test_an_identity_token_opens_no_door_of_the_api(door: Door, issuer: IssuerServer) -> None:
    got = exchange(issuer, code_of(log_in(issuer))).json()
    assert await door.reason(got["id_token"]) == "claim-aud"
