"""The issuer's signing keys: made at the first start, kept in one private file: log-ins outlive a restart."""

from __future__ import annotations

import secrets
from pathlib import Path

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kota.errors import OperatorError
from kota.private_files import write_private

ALGORITHM = "ES256"
FILE = "issuer-keys.json"
NAMES = ("people", "citizens")


def load_or_make(path: Path) -> dict[str, ECKey]:
    """The keys in this file, or new ones. Raises OperatorError for a file that is not ours."""
    if path.exists():
        return _load(path)
    keys = {name: make() for name in NAMES}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, orjson.dumps({name: key.as_dict(private=True) for name, key in keys.items()}).decode())
    return keys


def make() -> ECKey:
    """A new key with an id of its own."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig", "alg": ALGORITHM}, private=True)


def _load(path: Path) -> dict[str, ECKey]:
    try:
        kept = orjson.loads(path.read_bytes())
        return {name: ECKey.import_key(kept[name]) for name in NAMES}
    except (ValueError, KeyError, TypeError, JoseError) as error:
        problem = f"{path} does not hold the issuer's keys ({type(error).__name__})."
        raise OperatorError(problem, "Remove it: new ones are made.") from None
