"""The page on which a person logs in (authorization code flow, RFC 6749 section 4.1, with PKCE)."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from .codes import Codes, LogIn
from .forms import Refused, read_form, same
from .page import log_in_page
from .users import CONSOLE, find

ASKED = ("response_type", "client_id", "redirect_uri", "state", "nonce", "scope", "code_challenge")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def routes(codes: Codes) -> APIRouter:
    """Log in, and the end of a session."""
    router = APIRouter()

    @router.get("/authorize")
    async def ask(request: Request) -> Response:
        asked = _asked(dict(request.query_params), request.query_params.get("code_challenge_method", ""))
        return HTMLResponse(
            log_in_page(asked, english=request.query_params.get("ui_locales") == "en"), headers=_HEADERS
        )

    @router.post("/authorize")
    async def answer(request: Request) -> Response:
        form = await read_form(request)
        asked, english = _asked(form, "S256"), form.get("ui_locales") == "en"
        user = find(form.get("username", "").strip().lower())
        if user is None or not same(form.get("password", ""), user.password):
            return HTMLResponse(log_in_page(asked, english=english, wrong=True), 401, headers=_HEADERS)
        code = codes.give(
            LogIn(user, asked["client_id"], asked["redirect_uri"], asked["code_challenge"], asked.get("nonce", ""))
        )
        return _back(asked["redirect_uri"], code=code, state=asked.get("state", ""))

    @router.get("/logout")
    async def end(request: Request) -> Response:
        target = request.query_params.get("post_logout_redirect_uri", "")
        if not _on_this_machine(target):
            return HTMLResponse("<!doctype html><title>Kota</title><p>Anda telah keluar. / You have signed out.</p>")
        return RedirectResponse(target, 303)

    return router


def _asked(given: dict[str, str], method: str) -> dict[str, str]:
    """What a client asked for. Refused on this page, never by a redirect to an address that nobody checked."""
    asked = {name: given[name] for name in ASKED if name in given}
    if asked.get("client_id") != CONSOLE:
        raise Refused("invalid_client", f"the only client that people log in to is {CONSOLE!r}", 401)
    if not _on_this_machine(asked.get("redirect_uri", "")):
        raise Refused("invalid_request", "redirect_uri must be an address of this machine")
    if asked.get("response_type") != "code" or method != "S256" or len(asked.get("code_challenge", "")) != 43:
        raise Refused("invalid_request", "send response_type=code and a code_challenge by S256")
    return asked


def _on_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and parts.hostname in LOOPBACK and not parts.username


def _back(redirect_uri: str, **answer: str) -> Response:
    mark = "&" if urlsplit(redirect_uri).query else "?"
    return RedirectResponse(redirect_uri + mark + urlencode(answer), 303)


# No form-action: browsers apply it to the redirect after the form, too, and that leads to the client's own port.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
}
