"""`python -m kota.issuer`: serve on loopback. ISSUER_PORT and ISSUER_URL say where; KOTA_HOME keeps the keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import uvicorn

from kota.errors import OperatorError
from kota.home import Home
from kota.ports import LOOPBACK, WANTED
from kota.processes import MARKER

from .app import create
from .keys import FILE, load_or_make
from .tokens import Minter


def main(environment: Mapping[str, str] = os.environ) -> None:
    """Serve until SIGTERM. Refuses to start in production: its users and passwords are public."""
    if environment.get("KOTA_ENV", "development") == "production":
        sys.exit("The development issuer does not run with KOTA_ENV=production: configure a real OIDC_ISSUER.")
    try:
        port = _port(environment)
        keys = load_or_make(_home(environment) / FILE)
    except OperatorError as error:
        sys.exit(str(error))
    url = environment.get("ISSUER_URL") or f"http://{LOOPBACK}:{port}"
    app = create(Minter(url, keys["people"]), Minter(f"{url}/citizens", keys["citizens"]))
    uvicorn.run(app, host=LOOPBACK, port=port, access_log=False, log_level="warning")


def _port(environment: Mapping[str, str]) -> int:
    text = environment.get("ISSUER_PORT") or str(WANTED["issuer"])
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise OperatorError("ISSUER_PORT is not a port.", "Give a number from 1 to 65535.")
    return int(text)


def _home(environment: Mapping[str, str]) -> Path:
    # The supervisor names the home by its own marker and does not pass KOTA_HOME on.
    supervised = environment.get(MARKER)
    return Path(supervised) if supervised else Home.from_environment(environment).root


if __name__ == "__main__":
    main()
