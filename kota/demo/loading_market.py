"""Loading demo businesses through the public API, once: verified, with products and seats in a training."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from kota.demo.market import BUSINESSES, PERMIT, PRODUCTS, RELYING, batches, business, picture, product

UMKM = "/v1/umkm"
Headers = Callable[[str], dict[str, str]]


def load_market(http: httpx.Client, headers: Headers) -> bool:
    """True if they were loaded, False if there were businesses already. `headers` gives those of a user."""
    office = _Office(http, headers)
    if office.ask("GET", "businesses?limit=1")["items"]:
        return False
    now = datetime.now(UTC)
    ids = [office.post("businesses", business(place, now.year - 1))["id"] for place in range(len(BUSINESSES))]
    for id in ids:
        office.post(f"businesses/{id}/verification")
    first = office.post(f"businesses/{ids[0]}/permits", {"permit": PERMIT})
    for place, (seller, _, category, *_) in enumerate(PRODUCTS):
        permits = [one["id"] for one in first["permits"]] if category == RELYING else []
        office.sell(place, ids[seller], permits)
    for told in batches(now):
        batch = office.post("batches", told)
        if batch["state"] == "open":
            for id in ids[: told["quota"] + 1]:
                office.post(f"batches/{batch['id']}/seats", {"business_id": id})
    return True


class _Office:
    """Asks as an officer unless told otherwise."""

    def __init__(self, http: httpx.Client, headers: Headers) -> None:
        self._http, self._headers = http, {user: headers(user) for user in ("umkm-officer", "umkm-assessor")}
        self._headers["umkm-manager"] = headers("umkm-manager")

    def ask(self, method: str, path: str, user: str = "umkm-officer", **more: Any) -> Any:
        """The reply. Raises httpx.HTTPError."""
        return (
            self._http.request(method, f"{UMKM}/{path}", headers=self._headers[user], **more).raise_for_status().json()
        )

    def post(self, path: str, body: dict[str, Any] | None = None, user: str = "umkm-officer") -> Any:
        """A command."""
        return self.ask("POST", path, user, json=body or {})

    def sell(self, place: int, business_id: str, permit_ids: list[str]) -> None:
        """A product with its picture, scored by two, published."""
        listing = f"listings/{self.post('listings', product(place, business_id, permit_ids))['id']}"
        self.ask("POST", f"{listing}/photos", files={"file": ("foto.jpg", picture(place))})
        self.post(f"{listing}/submission")
        criteria = self.ask("GET", "scoresheet")["criteria"]
        scores = [{"criterion": one["criterion"], "points": one["most_points"] - 1} for one in criteria]
        for user in ("umkm-officer", "umkm-assessor"):
            self.post(f"{listing}/assessments", {"scores": scores}, user)
        self.post(f"{listing}/decision", {"publish": True}, "umkm-manager")
