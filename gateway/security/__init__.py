"""Who is asking: OIDC access tokens in, a checked Actor out; and what each role may do.

issuers.py        whom the gateway trusts            keys.py     their public keys, kept fresh
tokens.py         one token: signature and claims    roles.py    role -> scopes, deny by default
actors.py         claims -> Actor                    authenticator.py   the whole, with its cache
"""

from __future__ import annotations

from .authenticator import Authenticator
from .issuers import TrustedIssuer
from .roles import authorize

__all__ = ["Authenticator", "TrustedIssuer", "authorize"]
