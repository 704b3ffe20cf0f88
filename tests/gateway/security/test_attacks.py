"""Tokens that must not open the door."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from contracts.problems import Unauthenticated
from gateway.security import Authenticator, TrustedIssuer
from gateway.security.keys import public_keys
from gateway.security.tokens import read
from kota.issuer.keys import make

from .conftest import Door
from .servers import Clock, IssuerServer, key_server


def part(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def claims_of(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


async def test_a_good_token_opens(door: Door, issuer: IssuerServer) -> None:
    actor = await door.actor(issuer.staff_token())
    assert (actor.subject, actor.client, actor.roles, actor.rows) == ("demo-somebody", "console", ("dispatcher",), {})
    assert actor.may("ambulance:dispatch") and not actor.may("ambulance:manage")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
async def test_an_unsigned_token_is_refused(door: Door, issuer: IssuerServer, algorithm: str) -> None:
    good = issuer.staff_token()
    header = part({"alg": algorithm, "typ": "at+jwt", "kid": issuer.people_key.kid})
    assert await door.reason(f"{header}.{good.split('.')[1]}.") in {"algorithm", "malformed"}


async def test_the_public_key_is_no_hmac_secret(door: Door, issuer: IssuerServer) -> None:
    header = part({"alg": "HS256", "typ": "at+jwt", "kid": issuer.people_key.kid})
    text = f"{header}.{issuer.staff_token().split('.')[1]}"
    public = issuer.people_key
    for secret in (public.as_pem(private=False), json.dumps(public.as_dict(private=False)).encode()):
        # By hand: joserfc would not let us make this token.
        signature = urlsafe_b64encode(hmac.digest(secret, text.encode(), "sha256")).rstrip(b"=").decode()
        assert await door.reason(f"{text}.{signature}") == "algorithm"


async def test_a_symmetric_key_among_the_public_ones_is_never_used() -> None:
    public = make().as_dict(private=False)
    listed = {
        "keys": [
            OctKey.generate_key(256, {"kid": "s"}).as_dict(private=True),
            public,
            {**public, "use": "enc", "kid": "e"},
        ]
    }
    assert set(public_keys(listed)) == {public["kid"]}


async def test_another_key_under_a_known_id_is_refused(door: Door, issuer: IssuerServer) -> None:
    stranger = ECKey.generate_key("P-256", {"kid": issuer.people_key.kid})
    claims = claims_of(issuer.staff_token())
    forged = jwt.encode({"alg": "ES256", "kid": issuer.people_key.kid}, claims, stranger, algorithms=["ES256"])
    assert await door.reason(forged) == "signature"


async def test_the_key_must_fit_the_algorithm(door: Door, issuer: IssuerServer) -> None:
    claims = claims_of(issuer.staff_token())
    header = {"alg": "RS256", "kid": issuer.people_key.kid}
    assert await door.reason(jwt.encode(header, claims, RSAKey.generate_key(2048), algorithms=["RS256"])) == "malformed"


async def test_a_changed_claim_is_noticed(door: Door, issuer: IssuerServer) -> None:
    header, body, signature = issuer.staff_token("auditor").split(".")
    changed = claims_of(f"{header}.{body}.") | {"roles": ["dispatcher"]}
    assert await door.reason(f"{header}.{part(changed)}.{signature}") == "signature"


async def test_a_token_cannot_bring_its_own_key(door: Door, issuer: IssuerServer) -> None:
    own = make()
    header = {"alg": "ES256", "kid": own.kid, "jwk": own.as_dict(private=False), "jku": "http://127.0.0.1:9/keys"}
    forged = jwt.encode(header, claims_of(issuer.staff_token()), own, algorithms=["ES256"])
    assert await door.reason(forged) == "unknown-key"


@pytest.mark.parametrize("kind", ["logout+jwt", "dpop+jwt", 7])
async def test_another_type_of_token_is_refused(door: Door, issuer: IssuerServer, kind: object) -> None:
    header, body, signature = issuer.staff_token().split(".")
    assert (
        await door.reason(f"{part(claims_of(f'{header}.{header}.') | {'typ': kind})}.{body}.{signature}") == "malformed"
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "http://127.0.0.1:9"}, "unknown-issuer"),
        ({"aud": "another-city"}, "claim-aud"),
        ({"aud": ["another-city", "third"]}, "claim-aud"),
        ({"aud": None}, "claim-aud"),
        ({"sub": None}, "claim-sub"),
        ({"sub": ""}, "claim-sub"),
        ({"sub": " "}, "claim-sub"),
        ({"sub": 7}, "claim-sub"),
        ({"exp": None}, "claim-exp"),
        ({"exp": "tomorrow"}, "claim-exp"),
        ({"roles": {"dispatcher": True}}, "claim-roles"),
        ({"roles": [["dispatcher"]]}, "claim-roles"),
        ({"units": None}, "claim-units"),
        ({"units": [7]}, "claim-units"),
        ({"client_id": 7}, "claim-client_id"),
    ],
)
async def test_wrong_claims_are_refused(door: Door, issuer: IssuerServer, changed: dict[str, Any], reason: str) -> None:
    assert await door.reason(issuer.staff_token(**changed)) == reason


@pytest.mark.parametrize("claim", ["aud", "sub", "exp", "iss"])
async def test_missing_claims_are_refused(door: Door, issuer: IssuerServer, claim: str) -> None:
    claims = claims_of(issuer.staff_token())
    del claims[claim]
    header = {"alg": "ES256", "kid": issuer.people_key.kid}
    reason = await door.reason(jwt.encode(header, claims, issuer.people_key, algorithms=["ES256"]))
    assert reason == ("malformed" if claim == "iss" else f"claim-{claim}")


async def test_one_of_several_audiences_is_enough(door: Door, issuer: IssuerServer) -> None:
    assert (await door.actor(issuer.staff_token(aud=["other", "kota"]))).subject == "demo-somebody"


@pytest.mark.parametrize(
    ("claim", "offset", "reason"),
    [
        ("exp", -59, None),
        ("exp", -61, "expired"),
        ("nbf", 59, None),
        ("nbf", 62, "claim-nbf"),
        ("iat", 62, "claim-iat"),
    ],
)
async def test_clocks_may_differ_by_a_minute(
    door: Door, issuer: IssuerServer, clock: Clock, claim: str, offset: int, reason: str | None
) -> None:
    token = issuer.staff_token(**{claim: int(clock.now) + offset})
    if reason is None:
        assert (await door.actor(token)).subject == "demo-somebody"
    else:
        assert await door.reason(token) == reason


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "token", "Bearer a b"])
async def test_a_header_without_a_token_is_refused(door: Door, header: str | None) -> None:
    with pytest.raises(Unauthenticated):
        await door.authenticator.actor(header)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), st.lists(st.binary(max_size=60), min_size=3, max_size=3)))
def test_rubbish_is_only_ever_unauthenticated(sent: str | list[bytes]) -> None:
    text = sent if isinstance(sent, str) else ".".join(urlsafe_b64encode(b).rstrip(b"=").decode() for b in sent)
    with pytest.raises(Unauthenticated):
        read(text)


@pytest.mark.parametrize("payload", [b"[" * 11_000, b"[]", b"7", b"null", b"\xff", b'{"iss":[]}'])
@pytest.mark.parametrize(
    "header", [b'{"alg":"ES256","kid":"k"}', b"[]", b"null", b'{"alg":["ES256"],"kid":"k"}', b"[" * 11_000]
)
def test_odd_json_is_only_ever_unauthenticated(header: bytes, payload: bytes) -> None:
    with pytest.raises(Unauthenticated):
        read(".".join(urlsafe_b64encode(b).rstrip(b"=").decode() for b in (header, payload, b"s")))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize(
    ("key", "algorithm"), [(RSAKey.generate_key(2048), "RS256"), (OKPKey.generate_key("Ed25519"), "EdDSA")]
)
async def test_the_other_two_algorithms_work(clock: Clock, issuer: IssuerServer, key: Any, algorithm: str) -> None:
    key.ensure_kid()
    claims = claims_of(issuer.staff_token())
    token = jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, algorithms=[algorithm])
    with key_server({"keys": [key.as_dict(private=False)]}) as url:
        async with httpx.AsyncClient() as fetch:
            trusted = TrustedIssuer(issuer.url, url, "kota")
            actor = await Authenticator((trusted,), clock, fetch).actor(f"Bearer {token}")
    assert actor.roles == ("dispatcher",)
