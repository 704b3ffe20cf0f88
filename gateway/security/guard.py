"""From the headers of a request to its caller."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from contracts.context import Actor
from contracts.problems import Forbidden, Unauthenticated

from .caller import Caller
from .roles import rows_of, scopes_of
from .tokens import CACHE_SIZE, TokenVerifier

CITIZEN_HEADER = "citizen-token"


class Guard:
    """Two trusted issuers: one for people and systems, one (of the super app) for citizens."""

    def __init__(self, tokens: TokenVerifier, citizens: TokenVerifier | None, roles_claim: str = "roles") -> None:
        self._tokens, self._citizens, self._roles_claim = tokens, citizens, roles_claim.split(".")
        self._callers: OrderedDict[int, tuple[object, Caller]] = OrderedDict()

    @property
    def ready(self) -> bool:
        """True once the issuer's keys were read: before that no token can be checked."""
        return self._tokens.keys.seen

    async def prepare(self) -> None:
        """Read the keys of both issuers."""
        await asyncio.gather(*(v.keys.refresh() for v in (self._tokens, self._citizens) if v))

    async def caller(self, headers: Mapping[str, str]) -> Caller:
        """Who calls. Raises Unauthenticated, or Forbidden for a citizen's token beside another client's."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("send `Authorization: Bearer <access token>`")
        verified = await self._tokens.verify(token.strip())
        caller = self._remembered(verified)
        citizen = headers.get(CITIZEN_HEADER)
        return caller if citizen is None else await self._for_citizen(caller, citizen)

    async def _for_citizen(self, caller: Caller, token: str) -> Caller:
        if not caller.is_super_app:
            raise Forbidden("only the super app may act for a citizen")
        if self._citizens is None:
            raise Unauthenticated("no issuer of citizens' tokens is configured here")
        verified = await self._citizens.verify(token)
        return caller.for_citizen(verified.claims["sub"], verified.expires_at)

    def _remembered(self, verified: Any) -> Caller:
        known = self._callers.get(id(verified))
        if known is not None and known[0] is verified:
            return known[1]
        caller = Caller(self._actor(verified.claims), verified.expires_at)
        self._callers[id(verified)] = (verified, caller)
        if len(self._callers) > CACHE_SIZE:
            self._callers.popitem(last=False)
        return caller

    def _actor(self, claims: Mapping[str, Any]) -> Actor:
        roles = self._roles(claims)
        client = claims.get("client_id") or claims.get("azp") or ""
        return Actor(
            subject=claims["sub"], client=str(client), roles=roles, scopes=scopes_of(roles), rows=rows_of(roles, claims)
        )

    def _roles(self, claims: Mapping[str, Any]) -> tuple[str, ...]:
        found: Any = claims
        for name in self._roles_claim:
            found = found.get(name) if isinstance(found, Mapping) else None
        return tuple(role for role in found if isinstance(role, str)) if isinstance(found, list) else ()
