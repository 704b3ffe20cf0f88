"""The issuers of tokens that the gateway trusts, by configuration only: a token never brings its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TrustedIssuer:
    """One OIDC issuer.

    `issuer` is compared with the claim `iss` letter by letter. The keys at `jwks_url` vouch for tokens meant for
    `audience`. `purpose` keeps the two apart: a citizen's token never opens a staff door, nor the other way round.
    """

    issuer: str
    jwks_url: str
    audience: str
    purpose: Literal["staff", "citizen"] = "staff"


def by_name(issuers: tuple[TrustedIssuer, ...], purpose: str) -> dict[str, TrustedIssuer]:
    """The issuers of one purpose by name. Raises ValueError if a name stands in the configuration twice."""
    names = [issuer.issuer for issuer in issuers]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the issuer {twice[0]!r} is configured twice: give every purpose an issuer of its own")
    return {issuer.issuer: issuer for issuer in issuers if issuer.purpose == purpose}
