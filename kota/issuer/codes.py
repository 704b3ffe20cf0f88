"""What the issuer remembers between two requests: codes of log-ins, refresh tokens. Lost at its end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from cachetools import TTLCache

from .forms import Refused, same
from .users import User

CODE_SECONDS = 60
RENEWABLE_SECONDS = 24 * 3600
REMEMBERED = 10_000


@dataclass(frozen=True)
class LogIn:
    """Who logged in, for which client, and what proves that it is the same who asks for the token (RFC 7636)."""

    user: User
    client: str
    redirect_uri: str
    challenge: str
    nonce: str


class Codes:
    """`clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._codes: TTLCache[str, LogIn] = TTLCache(REMEMBERED, CODE_SECONDS, timer=clock)
        self._renewals: TTLCache[str, LogIn] = TTLCache(REMEMBERED, RENEWABLE_SECONDS, timer=clock)

    def give(self, log_in: LogIn) -> str:
        """A code that is good once."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = log_in
        return code

    def take(self, form: dict[str, str]) -> LogIn:
        """The log-in of a code, for the client and the verifier that it was given for. Raises Refused."""
        log_in = self._codes.pop(form.get("code", ""), None)
        if log_in is None:
            raise Refused("invalid_grant", "no such code: it is good once, for a minute")
        if not (same(form.get("client_id", ""), log_in.client) and form.get("redirect_uri") == log_in.redirect_uri):
            raise Refused("invalid_grant", "the code was given to another client")
        verifier = form.get("code_verifier", "")
        if not (verifier.isascii() and same(create_s256_code_challenge(verifier), log_in.challenge)):
            raise Refused("invalid_grant", "another code_verifier")
        return log_in

    def renewable(self, log_in: LogIn) -> str:
        """A refresh token: good once, then replaced."""
        token = secrets.token_urlsafe(24)
        self._renewals[token] = log_in
        return token

    def renew(self, form: dict[str, str]) -> LogIn:
        """The log-in of a refresh token. Raises Refused."""
        log_in = self._renewals.pop(form.get("refresh_token", ""), None)
        if log_in is None or not same(form.get("client_id", ""), log_in.client):
            raise Refused("invalid_grant", "no such refresh token")
        return log_in
