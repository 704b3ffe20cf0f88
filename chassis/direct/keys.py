"""The keys of a door, as they stand in the environment."""

from __future__ import annotations

from ..privacy.keys import parse_secret
from .wire import key_variable


def keys_of(service: str, text: str, *, production: bool) -> tuple[bytes, ...]:
    """From `<base64>,<base64>`: the first signs, all are accepted, so that a key can be changed under way. Empty: a
    fixed one, on a laptop only. Raises KeyConfigurationError."""
    parts = text.split(",") if text.strip() else [""]
    return tuple(parse_secret(key_variable(service), part, production=production) for part in parts)
