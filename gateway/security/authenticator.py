"""Tokens of a request -> Actor, remembered until the token expires."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx
from cachetools import TLRUCache

from contracts.context import Actor
from contracts.problems import Unauthenticated

from . import actors, tokens
from .issuers import TrustedIssuer, by_name
from .keys import RETRY_SECONDS, Keys

REMEMBERED = 20_000
"""Tokens; beyond it the least recently used is forgotten and will be verified anew."""

_Entry = tuple[Actor, float]


class Authenticator:
    """Checks access tokens against the trusted issuers.

    `clock` gives Unix seconds. `remembered` bounds the cache, whose key is a hash: no token is kept.
    """

    def __init__(
        self,
        issuers: tuple[TrustedIssuer, ...],
        clock: Callable[[], float],
        fetch: httpx.AsyncClient,
        remembered: int = REMEMBERED,
    ) -> None:
        self._clock = clock
        self._staff, self._citizens = by_name(issuers, "staff"), by_name(issuers, "citizen")
        self._keys = {issuer.issuer: Keys(issuer, clock, fetch, self._forget_all) for issuer in issuers}
        self._known: TLRUCache[bytes, _Entry] = TLRUCache(remembered, ttu=_until, timer=clock)
        self._generation = 0
        self._look_at_keys = 0.0

    @property
    def ready(self) -> bool:
        """True once the keys of every issuer of staff were read: before that no token can be checked."""
        return all(self._keys[name].loaded for name in self._staff)

    async def prepare(self) -> None:
        """Read the keys of all issuers, as far as they can be had now."""
        await asyncio.gather(*(keys.load() for keys in self._keys.values()))

    async def actor(self, authorization: str | None, citizen_token: str | None = None) -> Actor:
        """Who is asking, by the headers Authorization and Citizen-Token.

        Raises Unauthenticated; Forbidden for a Citizen-Token that this client may not send; Unavailable when the
        issuer's keys are needed and can't be had.
        """
        if not authorization:
            raise tokens.refused("missing", "send an access token: 'Authorization: Bearer …'")
        self.keep_keys_fresh()
        digest = _digest(authorization, citizen_token)
        known = self._known.get(digest)
        if known is not None:
            return known[0]
        generation = self._generation
        entry = await self._checked(authorization, citizen_token)
        if generation == self._generation:  # else a key was withdrawn meanwhile, perhaps the one of this token
            self._known[digest] = entry
        return entry[0]

    @property
    def generation(self) -> int:
        """Changes whenever a key that was there is gone or another one: what was checked before must be again."""
        return self._generation

    def keep_keys_fresh(self) -> None:
        """Have old keys renewed in the background; costs nothing when called often."""
        now = self._clock()
        if not 0 <= self._look_at_keys - now <= RETRY_SECONDS:
            self._look_at_keys = now + RETRY_SECONDS
            for keys in self._keys.values():
                keys.keep_fresh()

    async def _checked(self, authorization: str, citizen_token: str | None) -> _Entry:
        claims = await self._claims(_bearer(authorization), self._staff)
        actor = actors.staff(claims)
        if citizen_token is None:
            return actor, float(claims["exp"])
        actors.check_may_act(actor)
        citizen = await self._claims(citizen_token, self._citizens)
        return actors.citizen(actor, citizen), float(min(claims["exp"], citizen["exp"]))

    async def _claims(self, text: str, trusted: dict[str, TrustedIssuer]) -> dict[str, Any]:
        token = tokens.read(text)
        issuer = trusted.get(token.issuer)
        if issuer is None:
            raise tokens.refused("unknown-issuer", "the token's issuer is not trusted for this")
        key = await self._keys[issuer.issuer].find(token.kid)
        return tokens.verify(token, key, issuer, self._clock())

    def _forget_all(self) -> None:
        self._generation += 1
        self._known.clear()


def _until(_key: bytes, entry: _Entry, _now: float) -> float:
    return entry[1]


def _digest(authorization: str, citizen_token: str | None) -> bytes:
    # The separator cannot stand in a header, so no two pairs give the same text.
    text = authorization if citizen_token is None else f"{authorization}\n{citizen_token}"
    return sha256(text.encode("utf-8", "surrogateescape")).digest()


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("send 'Authorization: Bearer …' with an access token", reason="scheme")
    return token.strip()
