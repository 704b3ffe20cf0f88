"""The sealed cookie, form tokens, keys, where a log-in may lead."""

from __future__ import annotations

import base64
import random
import time

import pytest
from starlette.requests import Request
from starlette.responses import Response

from console.parts.paths import safe_path
from console.session.cookies import PIECE, Cookie
from console.session.door import SHIFT_SECONDS, Door
from console.session.sealing import Sealer
from console.session.session import Session
from console.settings import Settings


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


def settings(**more: str) -> Settings:
    given = {"CONSOLE_SESSION_KEYS": key("a"), "OIDC_ISSUER": "http://127.0.0.1:1", **more}
    return Settings.model_validate(given)


def person(**more: object) -> Session:
    known = {"id": "1", "subject": "s", "name": "n", "access": "t", "refresh": "", "expires_at": time.time() + 600}
    return Session(**{**known, "began_at": time.time(), "rows": (("npsn", ("99000001",)),), **more})  # type: ignore[arg-type]


def request(response: Response) -> Request:
    """The next request of a browser that got this reply."""
    set_cookies = [value.decode() for name, value in response.raw_headers if name == b"set-cookie"]
    cookies = "; ".join(one.split(";")[0] for one in set_cookies)
    return Request({"type": "http", "headers": [(b"cookie", cookies.encode())]})


async def returned(door: Door, session: Session) -> Session | None:
    response = Response()
    door.enter(Request({"type": "http", "headers": []}), response, session)
    return (await door.session(request(response)))[0]


async def test_a_session_comes_back_as_it_was() -> None:
    session = person(scopes=frozenset({"a:b"}), roles=("x",))
    assert await returned(Door(settings()), session) == session


async def test_long_tokens_come_in_pieces_and_shorter_ones_leave_no_rest() -> None:
    door, short = Door(settings()), person()
    response = Response()
    # Sealed text is compressed first: only what does not repeat is long.
    long = person(access=base64.b64encode(random.Random(1).randbytes(6000)).decode())
    door.enter(Request({"type": "http", "headers": []}), response, long)
    coming = request(response)
    assert len(coming.cookies) > 1 and all(len(value) <= PIECE for value in coming.cookies.values())
    assert (await door.session(coming))[0] == long
    second = Response()
    door.enter(coming, second, short)
    gone = [value for name, value in second.raw_headers if name == b"set-cookie" and b"Max-Age=0" in value]
    assert len(gone) == len(coming.cookies) - 1


@pytest.mark.parametrize(
    "change", [lambda text: text[:-4] + "AAAA", lambda text: "", lambda text: "x", lambda text: "é"]
)
def test_what_was_not_sealed_by_us_opens_nothing(change) -> None:  # type: ignore[no-untyped-def]
    sealer = Sealer(key("a"))
    assert sealer.open(change(sealer.seal({"x": 1}))) is None


def test_keys_are_changed_one_after_the_other() -> None:
    old, both, new = Sealer(key("a")), Sealer(f"{key('b')},{key('a')}"), Sealer(key("b"))
    assert both.open(old.seal({"x": 1})) == {"x": 1} == new.open(both.seal({"x": 1}))
    assert new.open(old.seal({"x": 1})) is None


def test_a_form_that_was_opened_before_a_new_key_came_is_good_after_it() -> None:
    token = Door(settings()).form_token(person())
    both = Door(settings(CONSOLE_SESSION_KEYS=f"{key('b')},{key('a')}"))
    assert both.is_form_token(person(), token) and not both.is_form_token(person(), "é")
    assert not Door(settings(CONSOLE_SESSION_KEYS=key("b"))).is_form_token(person(), token)


@pytest.mark.parametrize("keys", ["", "short", ",", base64.b64encode(b"x" * 31).decode()])
def test_unusable_keys_are_named_at_the_start(keys: str) -> None:
    with pytest.raises(ValueError, match="CONSOLE_SESSION_KEYS"):
        settings(CONSOLE_SESSION_KEYS=keys)


async def test_no_session_outlives_a_shift_or_its_end() -> None:
    door = Door(settings())
    assert await returned(door, person(began_at=time.time() - SHIFT_SECONDS - 1)) is None
    assert await returned(door, person(expires_at=time.time() - 1)) is None
    session = person()
    door.leave(Request({"type": "http", "headers": []}), Response(), session)
    assert await returned(door, session) is None


def test_a_form_token_is_of_one_person() -> None:
    door = Door(settings())
    token = door.form_token(person())
    assert door.is_form_token(person(id="another session"), token)
    assert not door.is_form_token(person(subject="another"), token) and not door.is_form_token(person(), "")


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/gawat-darurat?x=1", "/gawat-darurat?x=1"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_a_log_in_never_leads_elsewhere(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_behind_https_the_cookie_is_bound_to_this_host() -> None:
    response = Response()
    Cookie("kota", secure=True).write(response, "x", {})
    (cookie,) = (value for name, value in response.raw_headers if name == b"set-cookie")
    assert cookie.startswith(b"__Host-kota-0=x") and b"Secure" in cookie and b"HttpOnly" in cookie


def test_production_refuses_plain_http() -> None:
    with pytest.raises(ValueError, match="CONSOLE_URL"):
        settings(KOTA_ENV="production", CONSOLE_URL="http://console.example", OIDC_ISSUER="https://id.example")
