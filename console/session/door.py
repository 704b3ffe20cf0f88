"""The session of a request, and its cookie."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from cachetools import TTLCache
from starlette.requests import Request
from starlette.responses import Response

from ..settings import Settings
from .cookies import Cookie
from .provider import Provider
from .renewing import Renewals
from .sealing import Sealer
from .session import Session

SHIFT_SECONDS = 12 * 3600
"""No session lives longer, whatever is renewed."""


@dataclass
class Door:
    """Opens and closes sessions."""

    settings: Settings
    sealer: Sealer = field(init=False)
    provider: Provider = field(init=False)

    def __post_init__(self) -> None:
        self.sealer = Sealer(self.settings.session_keys.get_secret_value())
        self.provider = Provider(self.settings)
        self._renewals = Renewals(self.provider, time.time)
        self._cookie = Cookie("kota", secure=self.settings.secure)
        # A cookie cannot be taken back from who has copied it: what was signed out is remembered until it has ended.
        self._ended: TTLCache[str, bool] = TTLCache(100_000, SHIFT_SECONDS)

    async def session(self, request: Request) -> tuple[Session | None, bool]:
        """Whose request it is, and whether the cookie must be written anew."""
        kept = self.sealer.open(self._cookie.read(request.cookies) or "")
        sealed = Session.of(kept)
        if sealed is None or sealed.id in self._ended or sealed.began_at + SHIFT_SECONDS < time.time():
            return None, False
        session = await self._renewals.current(sealed)
        return session, session is not None and session is not sealed

    def enter(self, request: Request, response: Response, session: Session) -> None:
        """Write the cookie: of a new session, or of one that was renewed."""
        self._cookie.write(response, self.sealer.seal(session.kept()), request.cookies)

    def leave(self, request: Request, response: Response, session: Session | None) -> None:
        """End it."""
        if session is not None:
            self._ended[session.id] = True
        self._cookie.clear(response, request.cookies)

    def form_token(self, session: Session) -> str:
        """What a form of this person carries, so that no other site can send it."""
        return self.sealer.sign(session.subject)

    def is_form_token(self, session: Session, sent: str) -> bool:
        """True for a form of this person's."""
        return self.sealer.is_signed(session.subject, sent)
