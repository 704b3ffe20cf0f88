"""The city's log-in server (any OpenID Connect provider): where it is, and what it says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, cast

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from cachetools import TTLCache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from ..settings import Settings

ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
SCOPE = "openid profile offline_access"
SECONDS = 8.0
KNOWN_SECONDS = 600
SKEW_SECONDS = 60


class LogInFailed(Exception):
    """The log-in server refused, or what it said cannot be trusted. The text is for the log, never for a page."""


class LogInServerDown(Exception):
    """It does not answer: running sessions go on, new ones must wait."""


@dataclass(frozen=True)
class Tokens:
    """`claims` are of the checked identity token; empty at a renewal."""

    access: str
    refresh: str
    expires_at: float
    claims: dict[str, Any]


class Provider:
    """As this client sees it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: TTLCache[str, dict[str, Any]] = TTLCache(4, KNOWN_SECONDS)

    @property
    def redirect_uri(self) -> str:
        """Where it sends the browser back to: to be registered there."""
        return f"{self._settings.url}/masuk/kembali"

    async def log_in_address(self, state: str, nonce: str, verifier: str, language: str) -> str:
        """Where to send the browser."""
        metadata = await self._metadata()
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"], state, verifier, nonce=nonce, ui_locales=language
            )
        return str(url)

    async def log_out_address(self) -> str | None:
        """Where the person's session there ends, if it says so."""
        try:
            address = (await self._metadata()).get("end_session_endpoint")
        except LogInServerDown:
            return None
        if address is None:
            return None
        back = {"client_id": self._settings.client_id, "post_logout_redirect_uri": f"{self._settings.url}/keluar"}
        return str(httpx.URL(address).copy_merge_params(back))

    async def exchange(self, code: str, nonce: str, verifier: str) -> Tokens:
        """The tokens of a log-in. Raises LogInFailed, LogInServerDown."""
        return await self._tokens(nonce, grant_type="authorization_code", code=code, code_verifier=verifier)

    async def renew(self, refresh: str) -> Tokens:
        """New tokens. Raises LogInFailed, LogInServerDown."""
        return await self._tokens(None, grant_type="refresh_token", refresh_token=refresh)

    async def _tokens(self, nonce: str | None, **sent: str) -> Tokens:
        metadata = await self._metadata()
        try:
            async with self._client() as client:
                if sent["grant_type"] == "refresh_token":
                    reply = await client.refresh_token(metadata["token_endpoint"], sent["refresh_token"])
                else:
                    reply = await client.fetch_token(metadata["token_endpoint"], **sent)
        except OAuthError as error:
            raise LogInFailed(f"refused: {error.error}") from None
        except (httpx.HTTPError, ValueError) as error:
            raise LogInServerDown(type(error).__name__) from None
        claims = {} if nonce is None else await self._identity(reply.get("id_token", ""), nonce, metadata)
        until = time.time() + float(reply.get("expires_in") or 300)
        return Tokens(str(reply["access_token"]), str(reply.get("refresh_token") or ""), until, claims)

    async def _identity(self, token: str, nonce: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """The claims of the identity token (OpenID Connect Core, section 3.1.3.7)."""
        try:
            keys = KeySet.import_key_set(cast(KeySetSerialization, await self._fetch(metadata["jwks_uri"])))
            claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                leeway=SKEW_SECONDS,
                iss={"essential": True, "value": metadata["issuer"]},
                aud={"essential": True, "value": self._settings.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError) as error:
            raise LogInFailed(f"identity token: {type(error).__name__}") from None
        return claims

    def _client(self) -> AsyncOAuth2Client:
        secret = self._settings.client_secret
        return AsyncOAuth2Client(
            self._settings.client_id,
            secret.get_secret_value() if secret else None,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope=SCOPE,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            timeout=SECONDS,
            trust_env=False,
        )

    async def _metadata(self) -> dict[str, Any]:
        found = await self._fetch(f"{self._settings.oidc_issuer}/.well-known/openid-configuration")
        if found.get("issuer") != self._settings.oidc_issuer:
            raise LogInServerDown("it calls itself by another name")
        return found

    async def _fetch(self, url: str) -> dict[str, Any]:
        if url not in self._known:
            try:
                async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as http:
                    self._known[url] = (await http.get(url)).raise_for_status().json()
            except (httpx.HTTPError, ValueError) as error:
                raise LogInServerDown(type(error).__name__) from None
        return self._known[url]
