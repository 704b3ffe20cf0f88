"""One access token: its signature and its claims, checked by joserfc (RFC 7515, 7519, 9068).

The algorithm is never the token's choice: `none` and everything symmetric is refused whatever key is at hand.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    ExpiredTokenError,
    JoseError,
    SecurityWarning,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import Key
from joserfc.jwt import JWTClaimsRegistry

from contracts.problems import Unauthenticated

from .issuers import TrustedIssuer

ALGORITHMS = ("RS256", "ES256", "EdDSA")
TYPES = {"", "jwt", "at+jwt", "application/at+jwt"}
"""A token of another type (a log-out token, an authorization request) is no access token, even if well signed."""
SKEW_SECONDS = 60
LONGEST = 16_000
"""Characters; a longer token is refused unread."""
BROKEN = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)

# Ed25519 tokens still carry the older name: RFC 9864 only says which to prefer.
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)


@dataclass(frozen=True)
class Unverified:
    """What a token says of itself: good for finding the key, for nothing else."""

    text: str
    kid: str
    issuer: str


def read(text: str) -> Unverified:
    """Take a token apart without believing it. Raises Unauthenticated if it cannot be one of ours."""
    if len(text) > LONGEST or not text.isascii():
        raise refused("malformed", "the token is too long or holds other characters than base64url and dots")
    try:
        parts = jws.extract_compact(text.encode())
        header, claims = parts.headers(), json.loads(parts.payload)
        algorithm, kid, kind, issuer = header.get("alg"), header.get("kid"), header.get("typ", ""), claims.get("iss")
    except BROKEN:
        raise refused("malformed", "this is not a signed JSON Web Token in compact form") from None
    if algorithm not in ALGORITHMS:
        raise refused("algorithm", f"the token must be signed with one of {', '.join(ALGORITHMS)}")
    if not (isinstance(kid, str) and isinstance(issuer, str) and isinstance(kind, str)) or kind.lower() not in TYPES:
        raise refused("malformed", "the token needs the header 'kid', the claim 'iss', and the type 'JWT' or 'at+jwt'")
    return Unverified(text, kid, issuer)


def verify(token: Unverified, key: Key, issuer: TrustedIssuer, now: float) -> dict[str, Any]:
    """The claims of a token signed by this key for us, valid now. Raises Unauthenticated otherwise."""
    checks = JWTClaimsRegistry(
        now=int(now),
        leeway=SKEW_SECONDS,
        iss={"essential": True, "value": issuer.issuer},
        aud={"essential": True, "value": issuer.audience},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        claims = jwt.decode(token.text, key, algorithms=ALGORITHMS).claims
        checks.validate(claims)
    except BROKEN as error:
        raise _explained(error, issuer) from None
    return claims


def refused(reason: str, detail: str) -> Unauthenticated:
    """The refusal; `reason` is for programs, `detail` for people. Neither repeats anything of the token."""
    return Unauthenticated(detail, reason=reason)


def _explained(error: Exception, issuer: TrustedIssuer) -> Unauthenticated:
    if isinstance(error, ExpiredTokenError):
        return refused("expired", "the token has expired: get a new one from the log-in server")
    if isinstance(error, ClaimError):
        return refused(f"claim-{error.claim}", f"the claim '{error.claim}' is missing or wrong for {issuer.audience!r}")
    if isinstance(error, BadSignatureError):
        return refused("signature", "the token's signature does not fit its content")
    if isinstance(error, UnsupportedAlgorithmError):
        return refused("algorithm", f"the token must be signed with one of {', '.join(ALGORITHMS)}")
    return refused("malformed", "the token does not fit the key that it names")
