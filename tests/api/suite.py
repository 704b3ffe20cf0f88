"""The whole suite, running, as its clients see it: addresses and tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from kota.issuer.client import citizen_token, token
from tests.support.suite import Installation


@dataclass(frozen=True)
class Suite:
    """One running installation."""

    home: Path
    host: str
    port: int
    issuer_url: str
    tokens: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, running: Installation) -> Suite:
        """The addresses of one that runs."""
        return cls(running.root, "127.0.0.1", running.suite.ports["gateway"], running.suite.issuer_url)

    @property
    def url(self) -> str:
        """The gateway's."""
        return f"http://{self.host}:{self.port}"

    def token(self, user: str) -> str:
        """An access token of a demo user, fetched once."""
        if user not in self.tokens:
            self.tokens[user] = token(self.issuer_url, user)
        return self.tokens[user]

    def headers(self, user: str) -> dict[str, str]:
        """The header that carries the user's token."""
        own = {"authorization": f"Bearer {self.token(user)}", "x-purpose": "test"}
        if user != "super-app":
            return own
        return {**own, "idempotency-key": str(uuid4())}

    def citizen_headers(self, subject: str) -> dict[str, str]:
        """The headers of the super app acting for a citizen."""
        return {
            "authorization": f"Bearer {self.token('super-app')}",
            "citizen-token": citizen_token(self.issuer_url, subject),
        }
