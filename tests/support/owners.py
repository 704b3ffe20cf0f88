"""Owners of businesses through the public API: registered, trained, with a file of the bank."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.umkm.office import KELURAHAN

from .api import Api
from .days import today
from .waiting import until

BASE = "/v1/umkm"
OFFICER, BANK = "umkm-officer", "bank-analyst"


def register(api: Api, owner: str, **more: Any) -> str:
    """A verified business of somebody in the super app."""
    serial = 9001 + random.randrange(998)
    told = {
        "owner": {
            "nik": f"367101{random.randint(41, 68)}{random.randint(1, 12):02d}{random.randint(70, 99)}{serial}",
            "name": "Sri Contoh",
            "phone": f"+62812{random.randrange(10**7):07d}",
            "kelurahan_code": KELURAHAN,
            "family_card_number": f"367101{random.randint(1, 28):02d}{random.randint(1, 12):02d}14{serial}",
        },
        "name": f"Dapur Modal {serial}",
        "trade": "food",
        "kelurahan_code": KELURAHAN,
        "address": "Jl. Contoh 5",
        "founded_on": "2020-03-02",
        "size": {"basis": "turnover", "rupiah": 90_000_000, "year": today().year - 1},
        **more,
    }
    id = api.post(owner, f"{BASE}/businesses", told)["id"]
    assert api.post(OFFICER, f"{BASE}/businesses/{id}/verification")["state"] == "verified"
    return str(id)


def train(api: Api, businesses: list[str]) -> None:
    """All of them pass a training."""
    now = datetime.now(UTC)
    begins = now + timedelta(seconds=10)
    told: dict[str, Any] = {
        "title": "Pembukuan sederhana",
        "venue": "Gedung Contoh",
        "kelurahan_code": KELURAHAN,
        "quota": len(businesses),
        "priority_hours": 0,
        "opens_at": now.isoformat(),
        "sessions": [{"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}],
    }
    batch = f"{BASE}/batches/{api.post(OFFICER, f'{BASE}/batches', told)['id']}"
    for one in businesses:
        api.post(OFFICER, f"{batch}/seats", {"business_id": one})
    until(lambda: api.get(OFFICER, batch)["state"] == "running", "the session to begin", limit=40)
    numbers = list(range(1, len(businesses) + 1))
    api.post(OFFICER, f"{batch}/sessions/1/attendance", {"present": numbers})
    api.post(OFFICER, f"{batch}/results", {"results": [{"number": one, "passed": True} for one in numbers]})


def send(api: Api, content: bytes, user: str = BANK) -> httpx.Response:
    """A file, as a form sends it."""
    headers = {**api.authorization(user), "Idempotency-Key": str(uuid.uuid4())}
    return api.http.post(f"{BASE}/bank-files", files={"file": ("mutasi.csv", content)}, headers=headers)


def booked(api: Api, content: bytes) -> Any:
    """Taken, and booked in the background."""
    taken = send(api, content)
    assert taken.status_code == 202, taken.text
    path = f"{BASE}/bank-files/{taken.json()['id']}"
    until(lambda: api.get(BANK, path)["state"] not in ("received", "reading"), "the file to be booked", limit=30)
    return api.get(BANK, path)
