"""Personal data in an event for one named service: encrypted for its key, bound to the event, for a day.

On the wire: a JWE (ECDH-ES on X25519, AES-256-GCM) of the JWT claims `iss`, `aud`, `sub` (id of the event), `exp` and
`told`. It proves nothing of who wrote it: the broker's rights do, which let a service publish its own events only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OKPKey

from contracts.envelope import opens, seals_for, source_of

from ..settings import Settings
from .letter_keys import parse_opening_keys, parse_sealing_key

LASTS = timedelta(days=1)
"""Much longer than all tries of a message; who finds it later, in a parked message or a backup, has nothing."""
_ALGORITHMS = JWERegistry(algorithms=["ECDH-ES", "A256GCM"])


class LetterUnreadable(Exception):
    """What was sealed does not open: too old, altered, for another event, or its key is not configured."""


class Letters:
    """Seals for others with their public keys, opens with this service's own. Safe to share between threads."""

    def __init__(self, service: str, own: Mapping[str, OKPKey], others: Mapping[str, tuple[str, OKPKey]]) -> None:
        self._service, self._own, self._others = service, own, others

    @classmethod
    def from_settings(cls, settings: Settings) -> Letters:
        """The keys of a service process. Raises KeyConfigurationError."""
        production, service = settings.environment == "production", settings.service
        text = settings.opening_keys.get_secret_value()
        own = parse_opening_keys(service, text, production=production) if opens(service) else {}
        given = settings.sealing_keys
        others = {
            name: parse_sealing_key(name, given.get(name, ""), production=production) for name in seals_for(service)
        }
        return cls(service, own, others)

    def seal(self, told: Mapping[str, Any], service: str, event: UUID, now: datetime) -> str:
        """Write for one service what belongs to one event; `told` is fit for JSON."""
        key_id, key = self._others[service]
        claims = {
            "iss": source_of(self._service),
            "aud": service,
            "sub": str(event),
            "exp": int((now + LASTS).timestamp()),
            "told": dict(told),
        }
        return jwt.encode({"alg": "ECDH-ES", "enc": "A256GCM", "kid": key_id}, claims, key, registry=_ALGORITHMS)

    def open(self, text: str, source: str, event: UUID, now: datetime) -> dict[str, Any]:
        """What `source` sealed for this service with this event. Raises LetterUnreadable."""
        expected = {"iss": source, "aud": self._service, "sub": str(event)}
        rules: dict[str, Any] = {name: {"essential": True, "value": value} for name, value in expected.items()}
        try:
            claims = jwt.decode(text, self._key, registry=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(now=int(now.timestamp()), exp={"essential": True}, **rules).validate(claims)
            return dict(claims["told"])
        except JoseError as error:
            raise LetterUnreadable(error.error) from None
        except (ValueError, KeyError, TypeError):
            raise LetterUnreadable("malformed") from None

    def _key(self, letter: Any) -> OKPKey:
        key = self._own.get(str(letter.headers().get("kid")))
        if key is None:
            raise LetterUnreadable("unknown_key")
        return key
