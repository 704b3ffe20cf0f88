"""Cookies of ours: HttpOnly, SameSite, Secure behind https. Of 4 kB at most, so a long one comes in pieces."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

PIECE = 3600
MOST = 6


class Cookie:
    """One value under `name`."""

    def __init__(self, name: str, *, secure: bool) -> None:
        # The prefix makes browsers refuse one that another host of the domain has set.
        self._name = f"__Host-{name}" if secure else name
        self._secure = secure

    def read(self, sent: Mapping[str, str]) -> str:
        """The value; empty if there is none."""
        return "".join(sent.get(self._piece(number), "") for number in range(MOST))

    def write(self, response: Response, value: str, sent: Mapping[str, str], seconds: int | None = None) -> None:
        """Set it, and take away pieces of a longer one. Raises ValueError for more than a browser takes."""
        pieces = [value[start : start + PIECE] for start in range(0, len(value), PIECE)]
        if len(pieces) > MOST:
            raise ValueError(f"a cookie of {len(value)} bytes: the issuer's tokens are too long")
        for number, piece in enumerate(pieces):
            self._set(response, self._piece(number), piece, seconds)
        for number in range(len(pieces), MOST):
            if self._piece(number) in sent:
                self._set(response, self._piece(number), "", 0)

    def clear(self, response: Response, sent: Mapping[str, str]) -> None:
        """Take it away."""
        self.write(response, "", sent)

    def _piece(self, number: int) -> str:
        return f"{self._name}-{number}"

    def _set(self, response: Response, name: str, value: str, seconds: int | None) -> None:
        # Lax, not Strict: the log-in server sends the browser back from another site.
        response.set_cookie(name, value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax")
