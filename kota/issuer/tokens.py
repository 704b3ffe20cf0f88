"""Minting tokens."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from .keys import ALGORITHM

LIFETIME_SECONDS = 8 * 3600  # a shift


@dataclass(frozen=True)
class Minter:
    """Signs access tokens (RFC 9068) of one issuer for one audience."""

    issuer: str
    key: ECKey
    audience: str = "kota"
    clock: Callable[[], float] = time.time

    def mint(self, claims: Mapping[str, Any], seconds: int = LIFETIME_SECONDS, kind: str = "at+jwt") -> str:
        """A signed token; `claims` must hold `sub` and may override the rest; `kind` is `JWT` of an identity."""
        now = int(self.clock())
        standard = {
            "iss": self.issuer,
            "aud": self.audience,
            "iat": now,
            "nbf": now,
            "exp": now + seconds,
            "jti": secrets.token_hex(8),
        }
        header = {"alg": ALGORITHM, "typ": kind, "kid": self.key.kid}
        return jwt.encode(header, {**standard, **claims}, self.key, algorithms=[ALGORITHM])

    def key_set(self) -> dict[str, Any]:
        """The public keys, as the gateway reads them."""
        return {"keys": [self.key.as_dict(private=False)]}
