"""Five owners who vouch for each other, the office, the bank: through the public API, all processes running."""

from __future__ import annotations

import uuid

import pytest

from tests.support.api import Api
from tests.support.days import today
from tests.support.owners import BANK, BASE, OFFICER, booked, register, send, train
from tests.support.suite import Installation
from tests.umkm.capital.desk import file_of


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """Its addresses."""
    return shared_suite.api()


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
