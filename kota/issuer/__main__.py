"""`python -m kota.issuer`: serve on loopback. ISSUER_PORT and ISSUER_URL say where; KOTA_HOME keeps the keys."""

from __future__ import annotations

import os
import sys

import uvicorn

from kota.home import Home
from kota.ports import LOOPBACK, WANTED

from .app import create
from .keys import load_or_make
from .tokens import Minter


def main() -> None:
    """Refuses to start in production: its users and passwords are public."""
    if os.environ.get("KOTA_ENV", "development") == "production":
        sys.exit("The development issuer does not run with KOTA_ENV=production: configure a real OIDC_ISSUER.")
    port = int(os.environ.get("ISSUER_PORT", WANTED["issuer"]))
    url = os.environ.get("ISSUER_URL", f"http://{LOOPBACK}:{port}")
    folder = Home.from_environment().root / "issuer"
    people = Minter(url, load_or_make(folder, "people"))
    citizens = Minter(f"{url}/citizens", load_or_make(folder, "citizens"))
    uvicorn.run(create(people, citizens), host=LOOPBACK, port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
