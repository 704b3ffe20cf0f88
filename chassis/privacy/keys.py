"""Reading secret keys from their text form in the environment; production refuses what is only fit for a laptop."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

KEY_BYTES = 32
_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_HOW = "make one with: python -c 'import base64,os; print(base64.b64encode(os.urandom(32)).decode())'"


class KeyConfigurationError(ValueError):
    """A key in the environment is missing or unusable; says which variable, which entry and the fix, not the key."""


@dataclass(frozen=True)
class FieldKey:
    """One AES-256 key; `id` stands in every ciphertext made with it."""

    id: str
    secret: bytes = field(repr=False)


def parse_field_keys(variable: str, text: str, *, production: bool) -> tuple[FieldKey, ...]:
    """Keys from `k2:<base64>,k1:<base64>`: the first encrypts, all decrypt. Empty: a fixed key, on a laptop only.

    Raises KeyConfigurationError.
    """
    if not text.strip():
        return (FieldKey("dev", development_secret(variable, production=production)),)
    keys = tuple(_field_key(variable, number, entry, production) for number, entry in enumerate(text.split(","), 1))
    if len({key.id for key in keys}) < len(keys):
        raise KeyConfigurationError(f"{variable}: a key id stands twice; give each key an id of its own")
    if len({key.secret for key in keys}) < len(keys):
        raise KeyConfigurationError(f"{variable}: the same key stands under two ids; a rotation needs a new key")
    return keys


def parse_secret(variable: str, text: str, *, production: bool) -> bytes:
    """One key from base64. Empty: a fixed one, on a laptop only. Raises KeyConfigurationError."""
    if not text.strip():
        return development_secret(variable, production=production)
    return _decode(variable, variable, text.strip(), production)


def development_secret(variable: str, *, production: bool) -> bytes:
    """The key that everybody knows, so that a laptop needs no set-up. Production refuses it."""
    if production:
        raise KeyConfigurationError(f"{variable} must be set when KOTA_ENV=production; {_HOW}")
    return _known_to_all(variable)


def _known_to_all(variable: str) -> bytes:
    return hashlib.sha256(f"kota development only: {variable}".encode()).digest()


def _field_key(variable: str, number: int, entry: str, production: bool) -> FieldKey:
    identifier, colon, encoded = entry.strip().partition(":")
    where = f"{variable}, key {number}"
    if not colon or not _KEY_ID.fullmatch(identifier):
        raise KeyConfigurationError(f"{where}: must look like k1:<base64>, its id of a-z and 0-9")
    return FieldKey(identifier, _decode(variable, where, encoded, production))


def _decode(variable: str, where: str, encoded: str, production: bool) -> bytes:
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise KeyConfigurationError(f"{where}: not base64; {_HOW}") from None
    if len(secret) != KEY_BYTES:
        raise KeyConfigurationError(f"{where}: {len(secret)} bytes, {KEY_BYTES} are needed; {_HOW}")
    if production and (secret == _known_to_all(variable) or len(set(secret)) == 1):
        raise KeyConfigurationError(f"{where}: a key that everybody knows; {_HOW}")
    return secret
