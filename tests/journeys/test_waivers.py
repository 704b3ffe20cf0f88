"""A fee waiver through the public API, all processes running: from the roster to the bank's answer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from services.education.domain.months import school_year_of, term_days
from tests.education.files import by_hand, child, grid
from tests.support.api import Api
from tests.support.days import today
from tests.support.suite import Installation
from tests.support.waiting import until

BASE, NPSN, OTHER = "/v1/education", "99000081", "99000082"
SCHOOL, OTHER_SCHOOL, OFFICER = f"school-{NPSN}", f"school-{OTHER}", "education-officer"
TREASURER, MANAGER = "education-treasurer", "education-manager"
MONTH = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
YEAR, TERM = school_year_of(MONTH), 1 if MONTH.month >= 7 else 2
RULES = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": True,
    "grades": [1, 2, 3, 4, 5, 6],
}
ACCOUNT = {"bank_code": "110", "account_number": "0012345678901", "holder": "SD UJI DELAPAN SATU"}


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """Two partner schools, one with three children, rules, a budget."""
    made = shared_suite.api()
    school = {"name": "SD UJI", "level": "SD", "ownership": "private", "kecamatan_code": "36.71.01"}
    made.post(MANAGER, f"{BASE}/imports/schools", {"schools": [school | {"npsn": npsn} for npsn in (NPSN, OTHER)]})
    places = [{"grade": grade, "quota": 28, "yearly_rupiah": 2_400_000} for grade in range(1, 7)]
    for npsn in (NPSN, OTHER):
        draft = {"npsn": npsn, "school_year": YEAR, "places": places, "covered": ["tuition"]}
        agreement = made.post(MANAGER, f"{BASE}/agreements", draft)
        signature = {"number": f"420/{npsn}", "signed_on": MONTH.isoformat()}
        made.post(MANAGER, f"{BASE}/agreements/{agreement['id']}/signature", signature)
    rules = {"programme": "bop", "school_year": YEAR, "rules": RULES, "note": "keputusan uji"}
    made.post(MANAGER, f"{BASE}/rules", rules)
    budget = {"programme": "bop", "budget_year": MONTH.year, "rupiah": 10_000_000_000, "note": "DPA uji"}
    made.post(MANAGER, f"{BASE}/budgets", budget)
    _enrol(made, 8101, 8102, 8103)
    return made


def _enrol(api: Api, *numbers: int, npsn: str = NPSN, on: date = MONTH) -> None:
    user, content = f"school-{npsn}", by_hand(grid([child(number) for number in numbers]))
    form = {"npsn": npsn, "school_year": YEAR, "effective_on": on.isoformat()}
    sent = _form(api, user, f"{BASE}/rosters", content, form)
    assert sent.status_code == 201, sent.text
    path = f"{BASE}/rosters/{sent.json()['id']}"
    until(lambda: api.get(user, path)["state"] == "preview", "the preview", limit=30)
    api.post(user, f"{path}/application", {"confirm_npsn": npsn})
    until(lambda: api.get(user, path)["state"] == "applied", "the list to be applied", limit=30)


def _form(api: Api, user: str, path: str, content: bytes, form: dict[str, str]) -> httpx.Response:
    headers = {**api.authorization(user), "Idempotency-Key": str(uuid.uuid4()), "X-Purpose": "uji"}
    return api.http.post(path, data=form, files={"file": ("berkas.csv", content)}, headers=headers)


def test_from_the_roster_to_the_banks_answer(api: Api) -> None:
    told = {"shown_on": today().isoformat()}
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
    until(lambda: api.get(TREASURER, batch)["recheck"]["state"] == "done", "the re-check", limit=30)
    api.post(TREASURER, f"{batch}/verification")
    assert api.ask(TREASURER, "POST", f"{batch}/approval").status_code == 403
    api.post(MANAGER, f"{batch}/approval")
    exported = api.post(TREASURER, f"{batch}/export")
    assert (exported["state"], exported["rupiah"]) == ("exported", 600_000)
    file = api.ask(TREASURER, "GET", f"{batch}/bank-file")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    (line,) = [row.split(";") for row in file.text.splitlines() if row.startswith("D")]
    answer = f"reference;status;rupiah;date;reason\n{line[1]};PAID;600000;{today()};\n".encode()
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


def test_one_child_two_schools(api: Api) -> None:
    """Story 5: another school lists the child; the month of the 15th is claimed back from the first."""
    first = {row["pupil_id"] for row in api.get(SCHOOL, f"{BASE}/schools/{NPSN}/months")["items"]}
    _enrol(api, 8101, npsn=OTHER, on=MONTH + timedelta(days=13))
    (transfer,) = api.get(OTHER_SCHOOL, f"{BASE}/transfers?npsn={OTHER}&state=proposed")["items"]
    assert transfer["pupil_id"] in first
    api.post(OTHER_SCHOOL, f"{BASE}/transfer-confirmations", {"transfer_ids": [transfer["id"]]})
    rows = api.get(SCHOOL, f"{BASE}/ledger?npsn={NPSN}&pupil_id={transfer['pupil_id']}")["items"]
    assert [(row["kind"], row["rupiah"]) for row in rows] == [("due", 200_000), ("clawback", -200_000)]
    month = {"programme": "bop", "month": MONTH.isoformat()}
    assert api.post(OTHER_SCHOOL, f"{BASE}/schools/{OTHER}/months", month)["confirmed"] == 1
    quarter = {"npsn": OTHER, "programme": "bop", "first_month": MONTH.isoformat(), "last_month": MONTH.isoformat()}
    claim = api.post(OTHER_SCHOOL, f"{BASE}/claims", quarter)
    assert api.post(OFFICER, f"{BASE}/claims/{claim['id']}/approval")["rupiah"] == 200_000
    budget = api.get(MANAGER, f"{BASE}/budgets?programme=bop")["items"]
    assert next(one for one in budget if one["budget_year"] == MONTH.year)["receivable"] >= 200_000


def test_a_family_on_its_way_up(api: Api) -> None:
    """Story 4: a means-tested waiver gives the household priority at the trainings, and its end takes it away."""
    households = "/v1/umkm/priority-households?limit=200"
    before = {one["household_key"] for one in api.get("umkm-officer", households)["items"]}
    rules = {"partner_school": False, "highest_decile": 4, "monthly": [{"level": "SD", "rupiah": 80_000}]}
    told = {"programme": "tangerang_cerdas", "school_year": YEAR, "rules": RULES | rules, "note": "keputusan uji"}
    api.post(MANAGER, f"{BASE}/rules", told)
    families = [{"family_card_number": child(8102)["No KK"], "decile": 2}]
    welfare = {"source": "DTSEN uji", "released_on": (today() - timedelta(days=20)).isoformat(), "families": families}
    assert api.post(OFFICER, f"{BASE}/imports/welfare", welfare)["families"] == 1
    found = api.get(SCHOOL, f"{BASE}/pupils?npsn={NPSN}&search={child(8102)['NISN']}")["items"]
    term = {"programme": "tangerang_cerdas", "school_year": YEAR, "term": TERM}
    application = api.post(SCHOOL, f"{BASE}/applications", {"pupil_id": found[0]["id"], **term})
    assert application["state"] == "submitted", application["advice"]
    api.post(OFFICER, f"{BASE}/applications/{application['id']}/decision", {"outcome": "granted"})

    def new() -> set[str]:
        return {one["household_key"] for one in api.get("umkm-officer", households)["items"]} - before

    until(lambda: len(new()) == 1, "the household to have priority", limit=30)
    query = f"{BASE}/waivers?pupil_id={found[0]['id']}&programme=tangerang_cerdas"
    (waiver,) = api.get(SCHOOL, query)["items"]
    last = min(today() - timedelta(days=1), term_days(YEAR, TERM)[1])
    end = {"ends_on": last.isoformat(), "reason": "given_up", "note": "permintaan orang tua"}
    api.post(OFFICER, f"{BASE}/waivers/{waiver['id']}/end", end)
    until(lambda: not new(), "the priority to end", limit=30)


def test_what_is_refused_says_where(api: Api) -> None:
    now = {"programme": "bop", "month": today().replace(day=1).isoformat()}
    early = api.ask(SCHOOL, "POST", f"{BASE}/schools/{NPSN}/months", now)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "not_over")
    other = api.ask("school-99000001", "POST", f"{BASE}/schools/{NPSN}/months", now)
    assert other.status_code == 403
    nobody = {"pupil_id": str(uuid.uuid4()), "programme": "bop", "school_year": YEAR, "term": TERM}
    assert api.ask(OFFICER, "POST", f"{BASE}/applications", nobody).status_code == 404
