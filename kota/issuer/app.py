"""The issuer's addresses: discovery, keys, tokens; beside it, under /citizens, the super app's issuer of citizens."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from . import authorizing
from .codes import Codes, LogIn
from .forms import Refused, read_form, same
from .tokens import LIFETIME_SECONDS, Minter
from .users import SUPER_APP, User, find

GRANTS = ("authorization_code", "refresh_token", "client_credentials", "password")


def create(people: Minter, citizens: Minter) -> FastAPI:
    """The application; `people` and `citizens` are two issuers with a key each."""
    app = FastAPI(title="Kota development issuer", docs_url=None, redoc_url=None, openapi_url=None)
    codes = Codes(time.monotonic)
    app.include_router(authorizing.routes(codes))

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> JSONResponse:
        return JSONResponse({"error": error.error, "error_description": error.description}, error.status)

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        return _metadata(people.issuer)

    @app.get("/jwks.json")
    @app.get("/.well-known/jwks.json")
    async def keys() -> dict[str, Any]:
        return people.key_set()

    @app.get("/citizens/jwks.json")
    async def citizen_keys() -> dict[str, Any]:
        return citizens.key_set()

    @app.post("/token")
    async def token(request: Request) -> JSONResponse:
        form = await read_form(request)
        if form.get("grant_type") == "authorization_code":
            return _logged_in(people, codes, codes.take(form))
        if form.get("grant_type") == "refresh_token":
            return _logged_in(people, codes, codes.renew(form))
        return _reply(_access(people, _grant(form, request)))

    @app.post("/citizen-token")
    @app.post("/citizens/token")
    async def citizen_token(request: Request) -> JSONResponse:
        form = await read_form(request)
        _check_client(*_client(form, request))
        subject = form.get("sub", "")
        if not 1 <= len(subject) <= 100:
            raise Refused("invalid_request", "send the citizen's opaque id as `sub`")
        return _reply(citizens.mint({"sub": subject, "client_id": SUPER_APP.client}))

    app.include_router(_health())
    return app


def _health() -> APIRouter:
    router = APIRouter(prefix="/health")

    @router.get("/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/ready")
    async def ready() -> dict[str, str]:
        # The keys were there before the first address was: nothing else is needed to mint.
        return {"status": "ready"}

    return router


def _metadata(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "end_session_endpoint": f"{issuer}/logout",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "grant_types_supported": list(GRANTS),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "offline_access"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
    }


def _grant(form: dict[str, str], request: Request) -> User:
    grant = form.get("grant_type")
    if grant == "client_credentials":
        return _check_client(*_client(form, request))
    if grant == "password":
        return _check_password(form)
    raise Refused("unsupported_grant_type", f"one of {', '.join(GRANTS)}")


def _check_password(form: dict[str, str]) -> User:
    user = find(form.get("username", ""))
    if user is None or not same(form.get("password", ""), user.password):
        raise Refused("invalid_grant", "no such user, or another password")
    return user


def _check_client(name: str, secret: str) -> User:
    if not (same(name, SUPER_APP.name) and same(secret, SUPER_APP.password)):
        raise Refused("invalid_client", "no such client, or another secret", 401)
    return SUPER_APP


def _client(form: dict[str, str], request: Request) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_client", "the Authorization header is not readable", 401) from None
    return unquote(name), unquote(secret)


def _access(people: Minter, user: User) -> str:
    return people.mint({**user.claims, "client_id": user.client})


def _logged_in(people: Minter, codes: Codes, log_in: LogIn) -> JSONResponse:
    """Tokens of a person: for the API, for the client itself (OpenID Connect Core, section 2), and to come again."""
    user = log_in.user
    about = {"sub": user.claims["sub"], "name": user.full_name, "preferred_username": user.name, "aud": log_in.client}
    identity = people.mint({**about, **({"nonce": log_in.nonce} if log_in.nonce else {})}, kind="JWT")
    return _reply(_access(people, user), id_token=identity, refresh_token=codes.renewable(log_in))


def _reply(token: str, **more: str) -> JSONResponse:
    body = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS, **more}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
