"""A new access token shortly before the old one ends, without a word to the person."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256

from cachetools import TTLCache

from .provider import LogInFailed, LogInServerDown, Provider
from .session import Session

EARLY_SECONDS = 60
REMEMBERED_SECONDS = 300


class Renewals:
    """A refresh token is good once, and a page asks for several things at a time: what was renewed a moment ago is
    remembered, so that all of them get the same new token. `clock` gives Unix seconds."""

    def __init__(self, provider: Provider, clock: Callable[[], float]) -> None:
        self._provider, self._clock = provider, clock
        self._done: TTLCache[bytes, Session] = TTLCache(10_000, REMEMBERED_SECONDS, timer=clock)
        self._locks: defaultdict[bytes, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def current(self, session: Session) -> Session | None:
        """The session with a token that is good now; None if the person must log in again.

        While the log-in server is down, a token goes on until its end.
        """
        if session.expires_at - self._clock() > EARLY_SECONDS or not session.refresh:
            return self._if_good(session)
        mark = sha256(session.refresh.encode()).digest()
        try:
            async with self._locks[mark]:
                if mark not in self._done:
                    tokens = await self._provider.renew(session.refresh)
                    self._done[mark] = session.renewed(tokens.access, tokens.refresh, tokens.expires_at)
        except (LogInFailed, LogInServerDown):
            return self._if_good(session)
        finally:
            self._locks.pop(mark, None)
        return self._done[mark]

    def _if_good(self, session: Session) -> Session | None:
        return session if session.expires_at > self._clock() else None
