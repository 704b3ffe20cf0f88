"""Fragments that are the same for all who see them: written once, and packed once."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

LEVEL = 5


@dataclass(frozen=True)
class Written:
    """`packed` is the same with gzip."""

    html: Markup
    packed: bytes

    @classmethod
    def of(cls, text: str) -> Written:
        """Text of a template."""
        return cls(Markup(text), gzip.compress(text.encode(), LEVEL))

    def reply(self, request: Request) -> Response:
        """As this browser takes it."""
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return HTMLResponse(self.html)
        return HTMLResponse(self.packed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
