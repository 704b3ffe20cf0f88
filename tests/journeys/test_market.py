"""An owner in the super app, the office, shoppers without log-in: through the public API, all processes running."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.support.api import Api
from tests.support.days import today
from tests.support.suite import Installation
from tests.support.waiting import until
from tests.umkm.office import KELURAHAN
from tests.umkm.pictures import picture

BASE = "/v1/umkm"
OFFICER, MANAGER, ASSESSOR = "umkm-officer", "umkm-manager", "umkm-assessor"


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """Its addresses."""
    return shared_suite.api()


@pytest.fixture(scope="module")
def owner() -> str:
    """Somebody in the super app."""
    return f"citizen-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="module")
def business(api: Api, owner: str) -> str:
    """Registered by its owner, verified by the office."""
    serial = 9400 + uuid.uuid4().int % 500
    told = {
        "owner": {
            "nik": f"36710745058{uuid.uuid4().int % 10}{serial}",
            "name": "Rina & <Anak>",
            "phone": "0812 1111 2222",
            "kelurahan_code": KELURAHAN,
        },
        "name": f"Dapur Perjalanan {serial}",
        "trade": "food",
        "kelurahan_code": KELURAHAN,
        "address": "Jl. Contoh 5",
        "founded_on": "2020-03-02",
        "size": {"basis": "turnover", "rupiah": 90_000_000, "year": today().year - 1},
        "nib": f"{uuid.uuid4().int % 10**13:013d}",
    }
    id = api.post(owner, f"{BASE}/businesses", told)["id"]
    assert api.post(OFFICER, f"{BASE}/businesses/{id}/verification")["state"] == "verified"
    return str(id)


def public(api: Api, path: str) -> httpx.Response:
    """Without any token."""
    return api.http.get(f"{BASE}/{path}")


def test_from_a_seat_to_a_certificate_that_anybody_can_check(api: Api, owner: str, business: str) -> None:
    now = datetime.now(UTC)
    begins = now + timedelta(seconds=10)
    told: dict[str, Any] = {
        "title": "Resep & takaran",
        "venue": "Gedung Contoh",
        "kelurahan_code": KELURAHAN,
        "quota": 1,
        "priority_hours": 0,
        "opens_at": now.isoformat(),
        "sessions": [{"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}],
    }
    batch = f"{BASE}/batches/{api.post(OFFICER, f'{BASE}/batches', told)['id']}"
    assert public(api, batch.removeprefix(f"{BASE}/")).json()["state"] == "open"
    seat = api.post(owner, f"{batch}/seats", {"business_id": business})
    assert (seat["state"], seat["owner_name"]) == ("accepted", "Rina & <Anak>")
    assert api.ask("citizen-somebody-else", "GET", f"{BASE}/seats/{seat['id']}").status_code == 404
    assert api.ask(OFFICER, "POST", f"{batch}/sessions/1/attendance", {"present": [1]}).status_code == 409
    until(lambda: api.get(OFFICER, batch)["state"] == "running", "the first session to begin", limit=40)
    paper = api.ask(OFFICER, "GET", f"{batch}/sessions/1/list")
    assert paper.headers["content-type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    api.post(OFFICER, f"{batch}/sessions/1/attendance", {"present": [1]})
    assert api.post(OFFICER, f"{batch}/results", {"results": [{"number": 1, "passed": True}]})["state"] == "finished"
    certificate = api.get(owner, f"{BASE}/certificates")["items"][0]
    code = certificate["code"].replace("-", "")
    shown = public(api, f"certificates/{code}").json()
    assert (shown["initials"], shown["course"], shown["state"]) == ("R. A.", "Resep & takaran", "valid")
    wrong = f"{code[:6]}{(int(code[6]) + 1) % 10}{code[7:]}"
    assert public(api, f"certificates/{wrong}").json()["errors"][0]["code"] == "code_check"
    printed = api.ask(owner, "GET", f"{BASE}/certificates/{certificate['id']}/print")
    assert printed.content.startswith(b"%PDF") and printed.headers["cache-control"] == "no-store"
    assert api.ask(owner, "POST", f"{BASE}/certificates/{certificate['id']}/revocation").status_code == 403
    told = {"reason": "diperoleh dengan curang"}
    assert api.post(MANAGER, f"{BASE}/certificates/{certificate['id']}/revocation", told)["state"] == "revoked"
    assert public(api, f"certificates/{code}").json()["state"] == "revoked"


def send(api: Api, user: str, listing: str, content: bytes) -> httpx.Response:
    """A photo, as a form sends it."""
    headers = {**api.authorization(user), "Idempotency-Key": str(uuid.uuid4())}
    return api.http.post(f"{listing}/photos", files={"file": ("foto.jpg", content)}, headers=headers)


def test_from_a_draft_to_what_shoppers_find(api: Api, owner: str, business: str) -> None:
    word = f"onde{uuid.uuid4().hex[:8]}".translate(str.maketrans("0123456789", "abcdefghij"))
    told = {
        "business_id": business,
        "title": f"Kue {word}",
        "description": "Kue basah isi kacang hijau, 10 buah.",
        "category": "ready_food",
        "price_rupiah": 25_000,
        "unit": "10 buah",
    }
    listing = f"{BASE}/listings/{api.post(owner, f'{BASE}/listings', told)['id']}"
    assert api.ask(owner, "POST", f"{listing}/submission", {}).json()["missing"] == ["photo"]
    refused = send(api, owner, listing, b"%PDF-1.7 called foto.jpg")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "no_picture")
    taken = send(api, owner, listing, picture(3000, 2000))
    assert taken.status_code == 201, taken.text
    photo = f"photos/{taken.json()['photos'][0]['id']}"
    assert public(api, photo).status_code == 404, "nobody sees a draft"
    assert api.ask(owner, "GET", f"{BASE}/{photo}").headers["cache-control"] == "no-store"
    api.post(owner, f"{listing}/submission")
    sheet = api.get(OFFICER, f"{BASE}/scoresheet")["criteria"]
    scores = {"scores": [{"criterion": one["criterion"], "points": one["most_points"]} for one in sheet]}
    api.post(OFFICER, f"{listing}/assessments", scores)
    assert api.get(ASSESSOR, f"{listing}/curation")["assessments"] == []
    api.post(ASSESSOR, f"{listing}/assessments", scores)
    assert api.post(MANAGER, f"{listing}/decision", {"publish": True})["shown"]
    found = public(api, f"market?q={word[:9]}").json()["items"]
    assert [one["title"] for one in found] == [f"Kue {word}"] and "owner" not in found[0]
    small = public(api, f"{photo}?size=small")
    assert (small.headers["content-type"], small.headers["cache-control"]) == ("image/jpeg", "public, max-age=3600")
    assert api.ask("citizen-somebody-else", "POST", f"{listing}/withdrawal", {}).status_code == 404
    api.post(owner, f"{listing}/withdrawal")
    assert public(api, f"market?q={word}").json()["items"] == [] and public(api, photo).status_code == 404


def test_without_a_token_nothing_but_what_is_published(api: Api, business: str) -> None:
    for path in (f"businesses/{business}", "businesses", "seats", "listings", "certificates", "reports/2026/csv"):
        assert public(api, path).status_code == 401, path
    assert api.http.post(f"{BASE}/listings", json={}).status_code == 401
    assert public(api, "market").status_code == 200


def test_the_year_as_table_and_workbook(api: Api) -> None:
    year = today().year
    table = api.ask(OFFICER, "GET", f"{BASE}/reports/{year}/csv")
    about = "year,kecamatan_code,kecamatan,size_class,sex,trained,passed,listed"
    money = "financed,financed_rupiah,repaid,paid_rupiah,in_arrears,arrears_rupiah,granted,granted_rupiah"
    assert table.text.splitlines()[0] == f"{about},{money}"
    book = api.ask(OFFICER, "GET", f"{BASE}/reports/{year}/xlsx")
    assert book.content.startswith(b"PK") and f"umkm-{year}.xlsx" in book.headers["content-disposition"]
