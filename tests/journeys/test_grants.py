"""A round of grants, from its announcement to the receipt: through the public API, all processes running."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.test_capital import BASE, OFFICER, register
from tests.support.api import Api
from tests.support.days import today
from tests.support.suite import Installation
from tests.support.waiting import until

MANAGER, SURVEYOR = "umkm-manager", "umkm-surveyor"
ASSESSORS = ("umkm-assessor", "umkm-assessor-2")
VISIT = {"passed": True, "findings": "Dapur terpisah, dua karyawan, oven lama."}


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """Its addresses."""
    return shared_suite.api()


def test_from_an_announcement_to_the_receipt(api: Api) -> None:
    citizens = [f"citizen-{uuid.uuid4().hex[:8]}" for _ in range(3)]
    businesses = [register(api, one) for one in citizens]
    now = datetime.now(UTC)
    told = {
        "title": "Hibah alat produksi",
        "opens_at": now.isoformat(),
        "closes_at": (now + timedelta(seconds=20)).isoformat(),
        "places": 1,
        "budget_rupiah": 5_000_000,
        "least_rupiah": 1_000_000,
        "most_rupiah": 5_000_000,
    }
    assert api.ask(OFFICER, "POST", f"{BASE}/grant-rounds", told).status_code == 403
    round = api.post(MANAGER, f"{BASE}/grant-rounds", told)
    path = f"{BASE}/grant-rounds/{round['id']}"
    assert api.http.get(path).json()["state"] == "open", "everybody may read it"
    plan = {"rupiah": 5_000_000, "use": "oven gas dua loyang"}
    grants = []
    for citizen, business in zip(citizens, businesses, strict=True):
        applied = api.post(citizen, f"{path}/grants", {"business_id": business, **plan})
        grants.append(f"{BASE}/grants/{applied['id']}")
    again = api.ask(citizens[0], "POST", f"{path}/grants", {"business_id": businesses[0], **plan})
    assert (again.status_code, again.json()["whose"]) == (409, "owner")
    assert api.ask(citizens[1], "GET", grants[0]).status_code == 404, "somebody else's"
    assert api.ask("bank-analyst", "GET", f"{BASE}/grants").status_code == 403
    api.post(citizens[2], f"{grants[2]}/withdrawal")
    for number, one in enumerate(grants[:2]):
        api.post(OFFICER, f"{one}/desk-review", {"passed": True})
        visit = {**VISIT, "visited_on": str(today())}
        assert api.ask(OFFICER, "POST", f"{one}/visit", visit).status_code == 409, "it takes two"
        api.post(SURVEYOR, f"{one}/visit", visit)
        for assessor in ASSESSORS:
            waiting = api.get(assessor, f"{BASE}/grants-to-score?round_id={round['id']}")["items"]
            seen = next(each for each in waiting if one.endswith(each["application_id"]))
            assert seen["assessments"] == [] and "Dapur Modal" not in str(seen), "blind"
            criteria = seen["scoresheet"]["criteria"]
            scores = [{"criterion": each["criterion"], "points": 4 + number} for each in criteria]
            assert api.ask(OFFICER, "POST", f"{one}/assessments", {"scores": scores}).status_code == 403
            api.post(assessor, f"{one}/assessments", {"scores": scores})
    until(lambda: api.get(MANAGER, path)["state"] == "reviewing", "the round to close", limit=60)
    ranking = api.get(MANAGER, f"{path}/ranking")
    assert [(one["percent"], one["advice"]) for one in ranking["items"]] == [(100, "grant"), (80, "outranked")]
    decision = {"version": ranking["round"]["version"], "granted": 1}
    wrong = api.ask(MANAGER, "POST", f"{path}/decision", {**decision, "granted": 2})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/granted")
    assert api.post(MANAGER, f"{path}/decision", decision)["granted_rupiah"] == 5_000_000
    assert [api.get(citizen, one)["state"] for citizen, one in zip(citizens, grants, strict=True)] == [
        "refused",
        "granted",
        "withdrawn",
    ]
    handed = api.post(OFFICER, f"{grants[1]}/handover", {"handed_on": str(today()), "receipt": "BAST/1"})
    assert handed["state"] == "handed_over"
    next_round = api.post(MANAGER, f"{BASE}/grant-rounds", {**told, "closes_at": (now + timedelta(days=9)).isoformat()})
    barred = api.ask(
        citizens[1], "POST", f"{BASE}/grant-rounds/{next_round['id']}/grants", {"business_id": businesses[1], **plan}
    )
    assert (barred.status_code, barred.json()["why"]) == (409, "received_before")
