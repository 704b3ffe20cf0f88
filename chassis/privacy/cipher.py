"""Encryption of single database fields: AES-256-GCM, bound to the table, column and row where the text belongs.

A ciphertext reads `<key id>.<base64url of nonce and sealed bytes>`. Table, column and row id are authenticated with it:
copied into another row or column it does not open, so nobody with write access to the table can lend one person
another's number. Its length tells the length of the text.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..settings import Settings
from .keys import FieldKey, parse_field_keys

NONCE_BYTES = 12
RowId = UUID | int | str


class FieldUnreadable(Exception):
    """A ciphertext does not open: wrong row or column, altered, cut, or its key is not configured. Holds no content."""


class FieldCipher:
    """Encrypts with the first key, decrypts with each. Safe to share between threads."""

    def __init__(self, keys: Sequence[FieldKey], *, randomness: Callable[[int], bytes] = os.urandom) -> None:
        if not keys:
            raise ValueError("FieldCipher needs at least one key")
        self._current = keys[0].id
        self._keys = {key.id: AESGCM(key.secret) for key in keys}
        self._randomness = randomness

    @classmethod
    def from_settings(cls, settings: Settings) -> FieldCipher:
        """The cipher of a service process. Raises KeyConfigurationError."""
        variable = f"FIELD_KEYS_{settings.service.upper()}"
        text = settings.field_keys.get_secret_value()
        return cls(parse_field_keys(variable, text, production=settings.environment == "production"))

    def encrypt(self, text: str, *, field: str, row: RowId) -> str:
        """Seal `text` for one place; `field` is `table.column`."""
        nonce = self._randomness(NONCE_BYTES)
        sealed = self._keys[self._current].encrypt(nonce, text.encode(), _place(self._current, field, row))
        return f"{self._current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, ciphertext: str, *, field: str, row: RowId) -> str:
        """Open what was sealed for this place. Raises FieldUnreadable."""
        key_id, _, body = ciphertext.partition(".")
        key = self._keys.get(key_id)
        if key is None:
            raise FieldUnreadable(f"{field}: its key is not configured; keep old keys until every row is rotated")
        try:
            raw = _decode(body)
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(key_id, field, row)).decode()
        except (binascii.Error, ValueError, InvalidTag):
            raise FieldUnreadable(f"{field}: altered, cut, or sealed for another row or column") from None

    def needs_rotation(self, ciphertext: str) -> bool:
        """True unless it was made with the current key."""
        return ciphertext.partition(".")[0] != self._current


def _decode(body: str) -> bytes:
    raw = base64.b64decode(body, altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).decode() != body:
        raise ValueError("another spelling of the same bytes")
    return raw


def _place(key_id: str, field: str, row: RowId) -> bytes:
    # JSON, so that no two different places give the same bytes.
    shown = f'"{row}"' if isinstance(row, UUID) else json.dumps(str(row))
    return f"[{_column(key_id, field)}, {shown}]".encode()


@lru_cache(maxsize=256)
def _column(key_id: str, field: str) -> str:
    return f"{json.dumps(key_id)}, {json.dumps(field)}"
