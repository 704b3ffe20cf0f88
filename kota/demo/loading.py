"""Loading the demo city through the public API, once, into an installation that has no units yet."""

from __future__ import annotations

import httpx

from kota.demo.city import facilities, units
from kota.errors import OperatorError
from kota.issuer.client import token

SECONDS = 20.0
BASE = "/v1/ambulance"


def load_demo_city(gateway_url: str, issuer_url: str) -> bool:
    """True if the city was loaded, False if there were units already. Raises OperatorError."""
    with httpx.Client(base_url=gateway_url + BASE, timeout=SECONDS) as http:
        try:
            return _load(http, token(issuer_url, "manager"), token(issuer_url, "fleet"))
        except httpx.HTTPError as error:
            raise OperatorError(
                f"The demo city was not loaded ({type(error).__name__}).", "Look into the logs."
            ) from error


def _load(http: httpx.Client, manager: str, fleet: str) -> bool:
    known = http.get("/units", params={"limit": 1}, headers=_as(manager)).raise_for_status().json()
    if known["items"]:
        return False
    http.post("/imports/facilities", json={"facilities": facilities()}, headers=_as(manager)).raise_for_status()
    http.post("/imports/units", json={"units": units()}, headers=_as(manager)).raise_for_status()
    for unit in units():
        http.put(f"/units/{unit['id']}/status", json={"state": "available"}, headers=_as(fleet)).raise_for_status()
    return True


def _as(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}
