"""The issuer's signing keys: made once and kept in the state folder, so that log-ins outlive a restart."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import orjson
from joserfc.jwk import ECKey

ALGORITHM = "ES256"


def load_or_make(folder: Path, name: str) -> ECKey:
    """The key kept under this name, or a new one. The file is readable by its owner only."""
    path = folder / f"{name}.jwk.json"
    if path.exists():
        return ECKey.import_key(orjson.loads(path.read_bytes()))
    key = make()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(orjson.dumps(key.as_dict(private=True)))
    unfinished.replace(path)
    return key


def make() -> ECKey:
    """A new key with an id of its own."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig", "alg": ALGORITHM}, private=True)
