"""A fee waiver through the public API, all processes running: from the roster to the bank's answer."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.education.domain.months import school_year_of
from tests.education.files import by_hand, child, grid
from tests.support.api import Api
from tests.support.suite import Installation
from tests.support.waiting import until

BASE, NPSN = "/v1/education", "99000081"
SCHOOL, OFFICER = f"school-{NPSN}", "education-officer"
TREASURER, MANAGER = "education-treasurer", "education-manager"
TODAY = datetime.now(UTC).date()
MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
YEAR, TERM = school_year_of(MONTH), 1 if MONTH.month >= 7 else 2
RULES = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": True,
    "grades": [1, 2, 3, 4, 5, 6],
}
ACCOUNT = {"bank_code": "110", "account_number": "0012345678901", "holder": "SD UJI DELAPAN SATU"}


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """A partner school with three children, rules, a budget."""
    made = shared_suite.api()
    school = {"npsn": NPSN, "name": "SD UJI", "level": "SD", "ownership": "private", "kecamatan_code": "36.71.01"}
    made.post(MANAGER, f"{BASE}/imports/schools", {"schools": [school]})
    places = [{"grade": grade, "quota": 28, "yearly_rupiah": 2_400_000} for grade in range(1, 7)]
    draft = {"npsn": NPSN, "school_year": YEAR, "places": places, "covered": ["tuition"]}
    agreement = made.post(MANAGER, f"{BASE}/agreements", draft)
    signature = {"number": "420/81", "signed_on": MONTH.isoformat()}
    made.post(MANAGER, f"{BASE}/agreements/{agreement['id']}/signature", signature)
    rules = {"programme": "bop", "school_year": YEAR, "rules": RULES, "note": "keputusan uji"}
    made.post(MANAGER, f"{BASE}/rules", rules)
    budget = {"programme": "bop", "budget_year": MONTH.year, "rupiah": 10_000_000_000, "note": "DPA uji"}
    made.post(MANAGER, f"{BASE}/budgets", budget)
    _enrol(made, 8101, 8102, 8103)
    return made


def _enrol(api: Api, *numbers: int) -> None:
    content = by_hand(grid([child(number) for number in numbers]))
    form = {"npsn": NPSN, "school_year": YEAR, "effective_on": MONTH.isoformat()}
    sent = _form(api, SCHOOL, f"{BASE}/rosters", content, form)
    assert sent.status_code == 201, sent.text
    path = f"{BASE}/rosters/{sent.json()['id']}"
    until(lambda: api.get(SCHOOL, path)["state"] == "preview", "the preview", limit=30)
    api.post(SCHOOL, f"{path}/application", {"confirm_npsn": NPSN})
    until(lambda: api.get(SCHOOL, path)["state"] == "applied", "the list to be applied", limit=30)


def _form(api: Api, user: str, path: str, content: bytes, form: dict[str, str]) -> httpx.Response:
    headers = {**api.authorization(user), "Idempotency-Key": str(uuid.uuid4()), "X-Purpose": "uji"}
    return api.http.post(path, data=form, files={"file": ("berkas.csv", content)}, headers=headers)


def test_from_the_roster_to_the_banks_answer(api: Api) -> None:
    told = {"shown_on": TODAY.isoformat()}
    assert api.post(SCHOOL, f"{BASE}/schools/{NPSN}/attestation", told)["resident"] == 3
    start = {"programme": "bop", "school_year": YEAR, "term": TERM, "npsn": NPSN}
    path = f"{BASE}/evaluations/{api.post(OFFICER, f'{BASE}/evaluations', start)['id']}"
    found: dict[str, Any] = until(lambda: _done(api, path, "done"), "the evaluation", limit=30)
    assert (found["counts"], found["to_grant"]) == ({"eligible": 3}, 3)
    api.post(OFFICER, f"{path}/grant", {"count": 3, "note": "rapat uji"})
    assert until(lambda: _done(api, path, "granted"), "the grants", limit=30)["granted"] == 3

    month = {"programme": "bop", "month": MONTH.isoformat()}
    assert api.post(SCHOOL, f"{BASE}/schools/{NPSN}/months", month)["confirmed"] == 3
    quarter = {"npsn": NPSN, "programme": "bop", "first_month": MONTH.isoformat(), "last_month": MONTH.isoformat()}
    claim = api.post(SCHOOL, f"{BASE}/claims", quarter)
    assert api.post(OFFICER, f"{BASE}/claims/{claim['id']}/approval")["rupiah"] == 600_000

    api.post(TREASURER, f"{BASE}/schools/{NPSN}/account", {"account": ACCOUNT})
    year = {"programme": "bop", "budget_year": MONTH.year}
    batch = f"{BASE}/disbursements/{api.post(TREASURER, f'{BASE}/disbursements', year)['id']}"
    api.post(TREASURER, f"{batch}/verification")
    assert api.ask(TREASURER, "POST", f"{batch}/approval").status_code == 403
    api.post(MANAGER, f"{batch}/approval")
    exported = api.post(TREASURER, f"{batch}/export")
    assert (exported["state"], exported["rupiah"]) == ("exported", 600_000)
    file = api.ask(TREASURER, "GET", f"{batch}/bank-file")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    (line,) = [row.split(";") for row in file.text.splitlines() if row.startswith("D")]
    answer = f"reference;status;rupiah;date;reason\n{line[1]};PAID;600000;{TODAY};\n".encode()
    told_back = _form(api, TREASURER, f"{batch}/bank-results", answer, {})
    assert told_back.status_code == 200, told_back.text
    assert (told_back.json()["paid"], told_back.json()["disbursement"]["state"]) == (1, "reconciled")
    again = _form(api, TREASURER, f"{batch}/bank-results", answer, {})
    assert again.json()["paid"] == 0, "the same file again changes nothing"
    rows = api.get(SCHOOL, f"{BASE}/ledger?npsn={NPSN}")["items"]
    assert sum(row["rupiah"] for row in rows) == 0
    assert sum(row["rupiah"] for row in rows if row["kind"] == "due") == 600_000


def _done(api: Api, path: str, state: str) -> Any:
    found = api.get(OFFICER, path)
    return found if found["state"] == state else None


def test_what_is_refused_says_where(api: Api) -> None:
    now = {"programme": "bop", "month": TODAY.replace(day=1).isoformat()}
    early = api.ask(SCHOOL, "POST", f"{BASE}/schools/{NPSN}/months", now)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "not_over")
    other = api.ask("school-99000001", "POST", f"{BASE}/schools/{NPSN}/months", now)
    assert other.status_code == 403
    nobody = {"pupil_id": str(uuid.uuid4()), "programme": "bop", "school_year": YEAR, "term": TERM}
    assert api.ask(OFFICER, "POST", f"{BASE}/applications", nobody).status_code == 404
