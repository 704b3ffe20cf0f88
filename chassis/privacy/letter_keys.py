"""Keys of what is sealed in events: the private ones of the service that opens it, its public one with those that seal.

The environment gives `OPENING_KEYS_<SERVICE>` (`k2:<base64>,k1:<base64>`, each 32 random bytes; all of them open) to
that service alone, and `SEALING_KEY_<SERVICE>` (`k2:<base64>`, its public half) to those who write to it. Which service
needs which follows from the contracts.
"""

from __future__ import annotations

import base64
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from joserfc.jwk import OKPKey

from ..settings import opening_variable, sealing_variable
from .keys import FieldKey, KeyConfigurationError, development_secret, parse_field_keys

_HOW = "`kota` derives it from the opening keys; the id stays the same"


def sealing_key(opening_keys: str) -> str:
    """The value of the sealing variable for these opening keys: the public half of the first, under its id."""
    key = parse_field_keys("opening keys", opening_keys, production=False)[0]
    return f"{key.id}:{base64.b64encode(_public_half(key.secret)).decode()}"


def parse_opening_keys(service: str, text: str, *, production: bool) -> dict[str, OKPKey]:
    """A service's private keys by their ids. Empty: the one that everybody knows, on a laptop only.

    Raises KeyConfigurationError.
    """
    keys = parse_field_keys(opening_variable(service), text, production=production)
    return {key.id: _private(key.secret) for key in keys}


def parse_sealing_key(service: str, text: str, *, production: bool) -> tuple[str, OKPKey]:
    """Id and public key of a service that others write to. Empty: the one that everybody can open, on a laptop only.

    Raises KeyConfigurationError.
    """
    variable = sealing_variable(service)
    known_to_all = _public_half(development_secret(opening_variable(service), production=False))
    if not text.strip():
        development_secret(variable, production=production)
        return "dev", _public(known_to_all)
    keys: tuple[FieldKey, ...] = parse_field_keys(variable, text, production=production)
    if len(keys) > 1:
        raise KeyConfigurationError(f"{variable}: one public key is sealed with, here are {len(keys)}; {_HOW}")
    if production and keys[0].secret == known_to_all:
        raise KeyConfigurationError(f"{variable}: everybody can open what is sealed with this key; {_HOW}")
    return keys[0].id, _public(keys[0].secret)


def _public_half(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _private(raw: bytes) -> OKPKey:
    return _key(x=_public_half(raw), d=raw)


def _public(raw: bytes) -> OKPKey:
    return _key(x=raw)


def _key(**parts: bytes) -> OKPKey:
    texts = {name: urlsafe_b64encode(raw).rstrip(b"=").decode() for name, raw in parts.items()}
    return OKPKey.import_key({"kty": "OKP", "crv": "X25519", **texts})
