"""The public keys of one issuer: fetched when needed, renewed in the background, kept while the issuer is down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from chassis.telemetry import logger
from contracts.problems import Unauthenticated, Unavailable

from .issuers import TrustedIssuer

log = logger(__name__)

RETRY_SECONDS = 10.0
"""An unknown key id asks the issuer at most this often, so that made-up ids cannot be used to flood it."""
FRESH_SECONDS = 300.0
"""Keys older than this are renewed in the background: so long does a withdrawn key live on at most."""
FETCH_SECONDS = 3.0
ASYMMETRIC = (RSAKey, ECKey, OKPKey)


class Keys:
    """The keys of one issuer by key id. `on_withdrawn` is called when a key that was there is
    gone, or another one under the same id."""

    def __init__(
        self,
        issuer: TrustedIssuer,
        clock: Callable[[], float],
        fetch: httpx.AsyncClient,
        on_withdrawn: Callable[[], None],
    ) -> None:
        self._issuer, self._clock, self._fetch, self._on_withdrawn = issuer, clock, fetch, on_withdrawn
        self._keys: dict[str, Key] = {}
        self._asked_at: float | None = None
        self._loaded_at: float | None = None
        self._failing = False
        self._loading: asyncio.Task[None] | None = None

    @property
    def loaded(self) -> bool:
        """True once keys were read."""
        return self._loaded_at is not None

    async def load(self) -> None:
        """Read the keys, unless that was tried a moment ago."""
        if (loading := self._load_once()) is not None:
            await asyncio.shield(loading)

    async def find(self, kid: str) -> Key:
        """The key with this id.

        Raises Unauthenticated if the issuer does not know it, Unavailable if the issuer could not be asked.
        """
        if kid not in self._keys:
            loading = self._load_once()
            if loading is not None:
                # Shielded: a client that hangs up must not end the fetch that others wait for.
                await asyncio.shield(loading)
        if kid in self._keys:
            return self._keys[kid]
        if self._failing:
            raise Unavailable("the log-in server can't be reached to check this token", retry_after=int(RETRY_SECONDS))
        raise Unauthenticated("the token's key is unknown: get a new token", reason="unknown-key")

    def keep_fresh(self) -> None:
        """Start renewing keys that have grown old; waits for nothing."""
        if self._loaded_at is not None and not 0 <= self._clock() - self._loaded_at < FRESH_SECONDS:
            self._load_once()

    def _load_once(self) -> asyncio.Task[None] | None:
        if self._loading is not None and not self._loading.done():
            return self._loading
        if self._asked_at is not None and 0 <= self._clock() - self._asked_at < RETRY_SECONDS:
            return None
        self._asked_at = self._clock()
        self._loading = asyncio.create_task(self._load())
        return self._loading

    async def _load(self) -> None:
        try:
            reply = await self._fetch.get(self._issuer.jwks_url, timeout=FETCH_SECONDS)
            keys = public_keys(reply.raise_for_status().json())
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            self._failing = True
            log.warning("issuer_keys_unavailable", issuer=self._issuer.issuer, reason=type(error).__name__)
            return
        withdrawn = [kid for kid, key in self._keys.items() if kid not in keys or not _same(key, keys[kid])]
        self._keys, self._failing, self._loaded_at = keys, False, self._clock()
        if withdrawn:
            self._on_withdrawn()


def _same(one: Key, other: Key) -> bool:
    """True for the same public key: an id alone may be given to another one."""
    return one.thumbprint() == other.thumbprint()


def public_keys(document: Any) -> dict[str, Key]:
    """The usable keys of a JWKS document (RFC 7517) by id. Raises ValueError when there is none.

    Symmetric keys, keys for encryption, and kinds that we don't know are left out.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ValueError("not a JWKS document: the list 'keys' is missing")
    found = {key.kid: key for key in map(_public_key, listed) if key is not None and key.kid}
    if not found:
        raise ValueError("the JWKS document has no usable key with a 'kid'")
    return found


def _public_key(data: Any) -> Key | None:
    if not isinstance(data, dict) or data.get("use", "sig") != "sig":
        return None
    try:
        key = import_key(data)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        # One key of a new kind must not lock everybody out (RFC 7517, section 5).
        log.warning("issuer_key_ignored", kid=str(data.get("kid"))[:80], reason=type(error).__name__)
        return None
    return key if isinstance(key, ASYMMETRIC) else None
