"""Where the gateway is, and a manager's token for it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from kota.errors import OperatorError
from kota.suite import running_suite


def addresses(gateway: str | None, issuer: str | None) -> tuple[str, str]:
    """Gateway and issuer: as given, else those of the running suite."""
    if gateway and issuer:
        return gateway.rstrip("/"), issuer.rstrip("/")
    suite = running_suite()
    return (gateway or suite.gateway_url).rstrip("/"), (issuer or suite.issuer_url).rstrip("/")


def token_of(issuer_url: str, user: str, environment: Mapping[str, str] = os.environ) -> str:
    """KOTA_TOKEN if it is set (another issuer than the development one), else a demo user's token."""
    given = environment.get("KOTA_TOKEN")
    if given:
        return given
    try:
        from kota.issuer.client import token
    except ImportError as error:
        raise OperatorError("No token can be asked for.", "Set KOTA_TOKEN to an access token.") from error
    return str(token(issuer_url, user))
