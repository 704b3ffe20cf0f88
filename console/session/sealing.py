"""Sealing a value into text that only the holder of a key can read or make."""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_BYTES = 32
_DERIVED = b"kota console csrf"


class Sealer:
    """`keys`: base64 of 32 bytes each, separated by commas; the first seals, all open. Raises ValueError for others."""

    def __init__(self, keys: str) -> None:
        raw = read_keys(keys)
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in raw])
        self._signing = [hashlib.sha256(_DERIVED + key).digest() for key in raw]

    def seal(self, value: dict[str, Any]) -> str:
        """Text for a cookie."""
        return self._fernet.encrypt(zlib.compress(orjson.dumps(value))).decode("ascii")

    def open(self, text: str) -> dict[str, Any] | None:
        """What was sealed; None for anything else."""
        try:
            value = orjson.loads(zlib.decompress(self._fernet.decrypt(text.encode())))
        except (InvalidToken, UnicodeError, ValueError, zlib.error):
            return None
        return value if isinstance(value, dict) else None

    def sign(self, text: str) -> str:
        """A keyed hash, the same for the same text: a form left open stays good when its person logs in anew."""
        return hmac.new(self._signing[0], text.encode(), "sha256").hexdigest()

    def is_signed(self, text: str, sent: str) -> bool:
        """True for what one of the keys has signed: a form that was opened before a new key came stays good, too."""
        signed = (hmac.new(key, text.encode(), "sha256").hexdigest() for key in self._signing)
        return any([hmac.compare_digest(one.encode(), sent.encode()) for one in signed])


def read_keys(keys: str) -> list[bytes]:
    """The keys in this text. Raises ValueError."""
    raw = [_key(text.strip()) for text in keys.split(",") if text.strip()]
    if not raw:
        raise ValueError("needs a key")
    return raw


def _key(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ValueError(f"each key must be base64 of {KEY_BYTES} bytes")
    return raw
