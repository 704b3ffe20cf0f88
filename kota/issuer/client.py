"""Getting tokens of the development issuer: for the simulation, the imports and the tests."""

from __future__ import annotations

import httpx

from kota.errors import OperatorError
from kota.health import plain_client

from .users import SUPER_APP, find

TIMEOUT_SECONDS = 5.0


def token(issuer_url: str, user: str) -> str:
    """An access token of a demo user by name, or of the client `super-app`. Raises OperatorError."""
    if user == SUPER_APP.name:
        return _ask(issuer_url, "/token", {"grant_type": "client_credentials", **_super_app()})
    known = find(user)
    if known is None:
        raise OperatorError(f"There is no demo user {user!r}.", "The table printed by `make up` lists them.")
    return _ask(issuer_url, "/token", {"grant_type": "password", "username": user, "password": known.password})


def citizen_token(issuer_url: str, subject: str) -> str:
    """A citizen's token, for the header Citizen-Token beside a token of `super-app`. Raises OperatorError."""
    return _ask(issuer_url, "/citizen-token", {"sub": subject, **_super_app()})


def _super_app() -> dict[str, str]:
    return {"client_id": SUPER_APP.name, "client_secret": SUPER_APP.password}


def _ask(issuer_url: str, path: str, form: dict[str, str]) -> str:
    try:
        reply = plain_client().post(f"{issuer_url}{path}", data=form, timeout=TIMEOUT_SECONDS)
        return str(reply.raise_for_status().json()["access_token"])
    except httpx.HTTPStatusError as error:
        problem = f"The issuer refused a token ({error.response.status_code})."
        raise OperatorError(problem, "Is it the suite's own issuer?") from None
    except (httpx.HTTPError, ValueError, KeyError) as error:
        problem = f"No token from {issuer_url} ({type(error).__name__})."
        raise OperatorError(problem, "Is the suite up? `make up`.") from None
