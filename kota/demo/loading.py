"""Loading the demo city through the public API, once, into an installation that has no units yet."""

from __future__ import annotations

import httpx

from kota.demo.city import burial_unit, facilities, units
from kota.demo.loading_market import load_market
from kota.demo.loading_schools import load_schools
from kota.demo.loading_waivers import load_waivers
from kota.errors import OperatorError
from kota.issuer.client import token

SECONDS = 20.0
AMBULANCE, HEARSE = "/v1/ambulance", "/v1/hearse"


def load_demo_city(gateway_url: str, issuer_url: str) -> bool:
    """True if the city was loaded, False if there were units already. Raises OperatorError."""
    with httpx.Client(base_url=gateway_url, timeout=SECONDS) as http:
        try:
            _load_hearses(http, token(issuer_url, "hearse-manager"))
            load_schools(http, lambda user: _as(token(issuer_url, user)))
            load_waivers(http, lambda user: _as(token(issuer_url, user)))
            load_market(http, lambda user: _as(token(issuer_url, user)))
            return _load(http, token(issuer_url, "manager"), token(issuer_url, "fleet"))
        except httpx.HTTPError as error:
            raise OperatorError(
                f"The demo city was not loaded ({type(error).__name__}).", "Look into the logs."
            ) from error


def _load(http: httpx.Client, manager: str, fleet: str) -> bool:
    known = http.get(f"{AMBULANCE}/units", params={"limit": 1}, headers=_as(manager)).raise_for_status().json()
    if known["items"]:
        return False
    http.post(
        f"{AMBULANCE}/imports/facilities", json={"facilities": facilities()}, headers=_as(manager)
    ).raise_for_status()
    http.post(f"{AMBULANCE}/imports/units", json={"units": units()}, headers=_as(manager)).raise_for_status()
    for unit in units():
        path = f"{AMBULANCE}/units/{unit['id']}/status"
        http.put(path, json={"state": "available"}, headers=_as(fleet)).raise_for_status()
    return True


def _load_hearses(http: httpx.Client, manager: str) -> None:
    known = http.get(f"{HEARSE}/vehicles", params={"limit": 1}, headers=_as(manager)).raise_for_status().json()
    if not known["items"]:
        http.post(f"{HEARSE}/imports/fleet", json=burial_unit(), headers=_as(manager)).raise_for_status()


def _as(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}
