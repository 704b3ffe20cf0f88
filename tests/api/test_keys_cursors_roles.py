"""Retries with a key, tampered cursors, and the wrong person at every door."""

from __future__ import annotations

import asyncio
import base64
import time
import uuid

import httpx
import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.routes import ROUTES
from gateway.security.roles import PUBLIC, ROLES
from gateway.table import Route

from .cases import Bench
from .suite import Suite

CONTACTS = "/v1/ambulance/contacts"
INCIDENTS = "/v1/ambulance/incidents"
STRANGERS = {"umkm-officer": "umkm_officer", "hearse-officer": "hearse_officer", "call-taker": "call_taker"}
MOMENT, ID = "2026-02-01T08:00:00+00:00", str(uuid.UUID(int=7))


def _post(suite: Suite, body: bytes, key: str, user: str = "dispatcher", path: str = CONTACTS) -> httpx.Response:
    headers = {**suite.headers(user), "content-type": "application/json", "idempotency-key": key}
    return httpx.post(suite.url + path, content=body, headers=headers, timeout=10)


def test_a_retry_gets_the_same_bytes(suite: Suite) -> None:
    key = str(uuid.uuid4())
    first, again = (_post(suite, b'{"complaint":"sesak"}', key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content


def test_a_retry_may_be_spaced_otherwise_but_not_say_otherwise(suite: Suite) -> None:
    key = str(uuid.uuid4())
    first = _post(suite, b'{"complaint":"sesak","channel":"call"}', key)
    assert _post(suite, b'{ "channel" : "call", "complaint" : "sesak" }', key).content == first.content
    other = _post(suite, b'{"complaint":"pingsan"}', key)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_a_key_belongs_to_one_person_and_one_address(suite: Suite) -> None:
    key = str(uuid.uuid4())
    ids = {
        _post(suite, b"{}", key).json()["id"],
        _post(suite, b"{}", key, user="call-taker").json()["id"],
        _post(suite, b"{}", key, path=INCIDENTS).json()["id"],
    }
    assert len(ids) == 3


def test_a_refused_request_does_not_use_up_its_key(suite: Suite) -> None:
    key = str(uuid.uuid4())
    assert _post(suite, b'{"patients":-1}', key, path=INCIDENTS).status_code == 422
    assert _post(suite, b'{"patients":1}', key, path=INCIDENTS).status_code == 201


async def test_the_same_request_many_times_at_once_has_one_effect(suite: Suite) -> None:
    headers = {**suite.headers("dispatcher"), "idempotency-key": str(uuid.uuid4())}
    async with httpx.AsyncClient(base_url=suite.url, headers=headers, timeout=10) as client:
        replies = await asyncio.gather(*(client.post(INCIDENTS, json={"landmark": "pasar"}) for _ in range(20)))
        last = await client.post(INCIDENTS, json={"landmark": "pasar"})
    assert {reply.status_code for reply in replies} <= {201, 409}
    assert {reply.json()["type"] for reply in replies if reply.status_code == 409} <= {"/problems/still-running"}
    assert {reply.content for reply in replies if reply.status_code == 201} == {last.content}


def test_the_super_app_must_send_a_key(suite: Suite) -> None:
    reply = httpx.post(suite.url + CONTACTS, json={}, headers=suite.citizen_headers("citizen-1"), timeout=10)
    assert (reply.status_code, reply.json()["type"]) == (422, "/problems/idempotency-key-missing")


LISTS = [route for route in ROUTES if "cursor" in route.request.model_fields and not route.path_fields]
CURSORS: tuple[object, ...] = (
    [],
    {},
    None,
    "x",
    [None],
    [None, None],
    [[], {}],
    ["a\0"],
    ["a\0", "b"],
    ["a\0", ID],
    [MOMENT],
    [MOMENT, ID, 1],
    ["2026-02-01", ID],
    ["2026-02-01T08:00:00", ID],
    ["9999-12-31T23:59:59-14:00", ID],
    ["0001-01-01T00:00:00+14:00", ID],
    [10**30, ID],
    [MOMENT, "x"],
    [1.5],
    [["a"]],
    [True],
)


@pytest.mark.parametrize("route", LISTS, ids=lambda route: route.path)
def test_a_made_up_cursor_is_refused_or_harmless(suite: Suite, route: Route) -> None:
    with httpx.Client(base_url=suite.url, headers=suite.headers(Bench(route).valid().user), timeout=10) as client:
        for inside in CURSORS:
            cursor = base64.urlsafe_b64encode(orjson.dumps(inside) if inside != [10**30, ID] else b"[1e30]").decode()
            reply = client.get(route.path, params={"cursor": cursor.rstrip("=")})
            if reply.status_code == 200:
                continue  # it happens to be a place in this list
            assert reply.status_code == 422, (inside, reply.text)
            assert [error["pointer"] for error in reply.json()["errors"]] == ["/query/cursor"], inside


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_nobody_without_the_scope_gets_in(suite: Suite, route: Route) -> None:
    case = Bench(route).valid()
    if route.scope in PUBLIC:
        assert httpx.request(route.method, suite.url + case.url, timeout=10).status_code < 500
        return
    strangers = [user for user, role in STRANGERS.items() if route.scope not in ROLES[role]]
    assert strangers
    for user in strangers:
        headers = {**suite.headers(user), "content-type": "application/json"}
        reply = httpx.request(route.method, suite.url + case.url, content=case.body, headers=headers, timeout=10)
        assert (reply.status_code, reply.json()["type"]) == (403, "/problems/forbidden"), user
    assert httpx.request(route.method, suite.url + case.url, content=case.body, timeout=10).status_code == 401


def test_a_token_of_a_key_of_our_own_making_is_refused(suite: Suite) -> None:
    _, payload, _ = suite.token("dispatcher").split(".")
    claims = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    key = ECKey.generate_key("P-256", {"kid": "ours"})
    for lifetime in (600, -600):
        claims |= {"iat": int(time.time()) - 900, "exp": int(time.time()) + lifetime}
        forged = jwt.encode({"alg": "ES256", "kid": "ours", "typ": "at+jwt"}, claims, key)
        reply = httpx.get(suite.url + CONTACTS, headers={"authorization": f"Bearer {forged}"}, timeout=10)
        assert reply.status_code == 401


def test_a_token_with_a_letter_changed_is_refused(suite: Suite) -> None:
    head, payload, signature = suite.token("auditor").split(".")
    for place in (0, len(payload) // 2):
        other = "A" if payload[place] != "A" else "B"
        forged = f"{head}.{payload[:place]}{other}{payload[place + 1 :]}.{signature}"
        reply = httpx.get(suite.url + CONTACTS, headers={"authorization": f"Bearer {forged}"}, timeout=10)
        assert reply.status_code == 401
