"""Logging in by the code flow with PKCE (RFC 7636), and signing out."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from chassis.telemetry import logger

from ..api import ApiProblem, Gateway, Unreachable
from ..parts.page import Page
from ..parts.paths import safe_path
from .cookies import Cookie
from .door import Door
from .provider import LogInFailed, LogInServerDown, Tokens
from .session import Session

log = logger(__name__)
STARTED_SECONDS = 600


def routes(door: Door, gateway: Gateway, page: Page) -> APIRouter:
    """Log-in, the way back from the log-in server, sign-out."""
    router = APIRouter()
    started = Cookie("kota-masuk", secure=door.settings.secure)

    @router.get("/masuk")
    async def begin(request: Request) -> Response:
        drawn = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24)}
        drawn["verifier"] = secrets.token_urlsafe(48)
        try:
            address = await door.provider.log_in_address(**drawn, language=page.language(request))
        except LogInServerDown as error:
            return _failed(request, "down", error)
        response = RedirectResponse(address, 303)
        back = safe_path(request.query_params.get("ke", "/"))
        sealed = door.sealer.seal({**drawn, "back": back, "until": time.time() + STARTED_SECONDS})
        started.write(response, sealed, request.cookies, STARTED_SECONDS)
        return response

    @router.get("/masuk/kembali")
    async def finish(request: Request) -> Response:
        kept = door.sealer.open(started.read(request.cookies)) or {}
        sent = request.query_params
        state = sent.get("state", "").encode()
        if kept.get("until", 0) < time.time() or not secrets.compare_digest(state, kept["state"].encode()):
            return _failed(request, "late", None)
        try:
            tokens = await door.provider.exchange(sent.get("code", ""), kept["nonce"], kept["verifier"])
            session = await _session(gateway, tokens, page.language(request))
        except (LogInServerDown, Unreachable) as error:
            return _failed(request, "down", error)
        except (LogInFailed, ApiProblem) as error:
            return _failed(request, "refused", error)
        response = RedirectResponse(kept["back"], 303)
        door.enter(request, response, session)
        started.clear(response, request.cookies)
        return response

    def _failed(request: Request, why: str, error: Exception | None) -> Response:
        log.warning("log_in_failed", why=why, error=str(error or ""))
        status = 503 if why == "down" else 400
        return page.plain(request, "log_in_failed.html", status, why=why)

    return router


async def _session(gateway: Gateway, tokens: Tokens, language: str) -> Session:
    """What the gateway says of the person, once: their desks and rows."""
    me: Mapping[str, Any] = await gateway.of(tokens.access, language).get("/v1/me")
    claims = tokens.claims
    return Session(
        id=secrets.token_urlsafe(12),
        subject=str(me["subject"]),
        name=str(claims.get("name") or claims.get("preferred_username") or me["subject"])[:80],
        access=tokens.access,
        refresh=tokens.refresh,
        expires_at=tokens.expires_at,
        began_at=time.time(),
        roles=tuple(me["roles"]),
        scopes=frozenset(me["scopes"]),
        rows=tuple((kind, tuple(rows)) for kind, rows in sorted(me["rows"].items())),
    )
