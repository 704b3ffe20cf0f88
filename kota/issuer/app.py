"""The issuer's addresses: discovery, keys, tokens; beside it, under /citizens, the super app's issuer of citizens."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any
from urllib.parse import parse_qs, unquote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from .tokens import LIFETIME_SECONDS, Minter
from .users import SUPER_APP, User, find

GRANTS = ("client_credentials", "password")
FORM_LIMIT = 10_000


class Refused(Exception):
    """An OAuth 2 error reply (RFC 6749, section 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


def create(people: Minter, citizens: Minter) -> FastAPI:
    """The application; `people` and `citizens` are two issuers with a key each."""
    app = FastAPI(title="Kota development issuer", docs_url=None, redoc_url=None, openapi_url=None)

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
        user = _grant(await _form(request), request)
        return _reply(people.mint({**user.claims, "client_id": user.client}))

    @app.post("/citizen-token")
    @app.post("/citizens/token")
    async def citizen_token(request: Request) -> JSONResponse:
        form = await _form(request)
        _check_client(*_client(form, request))
        subject = form.get("sub", "")
        if not 1 <= len(subject) <= 100:
            raise Refused("invalid_request", "send the citizen's opaque id as `sub`")
        return _reply(citizens.mint({"sub": subject, "client_id": SUPER_APP.client}))

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        # The keys were there before the first address was: nothing else is needed to mint.
        return {"status": "ready"}

    return app


def _metadata(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "grant_types_supported": list(GRANTS),
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
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
    if user is None or not _same(form.get("password", ""), user.password):
        raise Refused("invalid_grant", "no such user, or another password")
    return user


def _check_client(name: str, secret: str) -> User:
    if not (_same(name, SUPER_APP.name) and _same(secret, SUPER_APP.password)):
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


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_LIMIT:
            raise Refused("invalid_request", "the form is too large", 413)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refused("invalid_request", "send application/x-www-form-urlencoded") from None
    return {name: values[0] for name, values in fields.items()}


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def _reply(token: str) -> JSONResponse:
    body = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
