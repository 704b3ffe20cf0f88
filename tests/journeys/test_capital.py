"""Five owners who vouch for each other, the office, the bank: through the public API, all processes running."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from contracts.times import WIB
from tests.support.api import Api
from tests.support.suite import Installation
from tests.support.waiting import until
from tests.umkm.capital.desk import file_of
from tests.umkm.office import KELURAHAN

BASE = "/v1/umkm"
OFFICER, BANK = "umkm-officer", "bank-analyst"


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """Its addresses."""
    return shared_suite.api()


def today() -> date:
    """In WIB."""
    return datetime.now(WIB).date()


def register(api: Api, owner: str) -> str:
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
    }
    id = api.post(owner, f"{BASE}/businesses", told)["id"]
    assert api.post(OFFICER, f"{BASE}/businesses/{id}/verification")["state"] == "verified"
    return str(id)


def train(api: Api, businesses: list[str]) -> None:
    """All of them pass a training."""
    now = datetime.now(UTC)
    begins = now + timedelta(seconds=3)
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
    until(lambda: api.get(OFFICER, batch)["state"] == "running", "the session to begin", limit=20)
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


def test_from_five_owners_to_the_next_step_of_the_ladder(api: Api) -> None:
    citizens = [f"citizen-{uuid.uuid4().hex[:8]}" for _ in range(5)]
    businesses = [register(api, one) for one in citizens]
    assert api.get(citizens[0], f"{BASE}/businesses/{businesses[0]}/ladder")["missing"] == ["certificate"]
    train(api, businesses)
    asked = {"rupiah": 1_500_000, "use": "wajan dan kompor", "vouches": True}
    first = {"name": "Mawar", "months": 10, "business_id": businesses[0], **asked}
    group = api.post(citizens[0], f"{BASE}/groups", first)
    path = f"{BASE}/groups/{group['id']}"
    assert api.ask(citizens[1], "GET", path).status_code == 404, "nobody sees a group before they are in it"
    for citizen, business in zip(citizens[1:], businesses[1:], strict=True):
        told = {"business_id": business, "invitation": group["invitation"], **asked}
        joined = api.post(citizen, f"{path}/members", told)
    assert len(joined["members"]) == 5
    assert api.post(citizens[3], f"{path}/submission")["state"] == "office_check"
    loans = [f"{BASE}/loans/{one['loan_id']}" for one in joined["members"]]
    for one in loans:
        assert api.ask(BANK, "POST", f"{one}/papers-check", {"passed": True}).status_code == 403
        api.post(OFFICER, f"{one}/papers-check", {"passed": True})
    for one in loans:
        assert api.ask(OFFICER, "POST", f"{one}/credit-check", {"passed": True}).status_code == 403
        checked = api.post(BANK, f"{one}/credit-check", {"passed": True})
    assert checked["state"] == "approved"
    payouts = [{"loan_id": one["loan_id"], "rupiah": 1_500_000} for one in joined["members"]]
    off = [{**payouts[0], "rupiah": 1_499_999}, *payouts[1:]]
    refused = api.ask(BANK, "POST", f"{path}/disbursement", {"disbursed_on": str(today()), "payouts": off})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "other_sum")
    paid = api.post(BANK, f"{path}/disbursement", {"disbursed_on": str(today()), "payouts": payouts})
    assert paid["state"] == "active"
    shown = [api.get(citizen, one) for citizen, one in zip(citizens, loans, strict=True)]
    assert [one["owed_rupiah"] for one in shown] == [1_545_000] * 5
    assert api.ask(citizens[0], "GET", loans[1]).status_code == 404, "somebody else's loan"
    lines = [f"P;{uuid.uuid4().hex[:20]};{one['reference']};{today()};1545000" for one in shown]
    content = file_of(uuid.uuid4().hex[:12], today(), today(), *lines)
    file = booked(api, content)
    assert (file["state"], file["booked"], file["waiting"], file["booked_rupiah"]) == ("booked", 5, 0, 7_725_000)
    assert send(api, content).json()["id"] == file["id"], "the same file again is the same file"
    assert {api.get(citizen, one)["state"] for citizen, one in zip(citizens, loans, strict=True)} == {"settled"}
    for user in (OFFICER, BANK):
        assert api.ask(user, "GET", loans[0]).json()["type"] == "/problems/umkm-purpose-needed"
    assert api.get(OFFICER, path)["state"] == "settled"
    ladder = api.get(citizens[0], f"{BASE}/businesses/{businesses[0]}/ladder")
    assert (ladder["step"], ladder["most_rupiah"], ladder["missing"]) == (2, 5_000_000, [])


def test_a_file_that_is_not_the_banks_is_refused_at_once_and_says_why(api: Api) -> None:
    other = send(api, file_of("0001", today(), today(), bank="014"))
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "other_bank")
    changed = send(api, file_of("0001", today(), today()).replace(b"0001", b"0002"))
    assert (changed.status_code, changed.json()["errors"][0]["code"]) == (422, "checksum")
    assert send(api, file_of("0001", today(), today()), OFFICER).status_code == 403
