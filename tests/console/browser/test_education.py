"""The education office's desk: an application with its reasons, a claim, a batch by two pairs of eyes, a complaint."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.education.domain.months import school_year_of
from tests.education.files import by_hand, child, grid
from tests.support.api import Api
from tests.support.days import today
from tests.support.waiting import until

from .conftest import Open

BASE = "/v1/education"
OFFICER, TREASURER, MANAGER = "education-officer", "education-treasurer", "education-manager"
MONTH = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
YEAR, TERM = school_year_of(MONTH), 1 if MONTH.month >= 7 else 2
GRADES = [1, 2, 3, 4, 5, 6]


@pytest.fixture
def npsn(api: Api) -> str:
    """One."""
    return partner_school(api)


def partner_school(api: Api) -> str:
    """A partner school with two children of whom nobody knows where they live, rules and a budget."""
    npsn = str(96_000_000 + secrets.randbelow(900_000))
    school = {"npsn": npsn, "name": f"SD CONTOH {npsn}", "level": "SD", "ownership": "private"}
    api.post(MANAGER, f"{BASE}/imports/schools", {"schools": [school | {"kecamatan_code": "36.71.01"}]})
    places = [{"grade": grade, "quota": 28, "yearly_rupiah": 2_400_000} for grade in GRADES]
    draft = {"npsn": npsn, "school_year": YEAR, "places": places, "covered": ["tuition"]}
    agreement = api.post(MANAGER, f"{BASE}/agreements", draft)
    signature = {"number": f"420/{npsn}", "signed_on": MONTH.isoformat()}
    api.post(MANAGER, f"{BASE}/agreements/{agreement['id']}/signature", signature)
    rules = {"residency": ["school_attestation", "family_card"], "partner_school": True, "grades": GRADES}
    told = {"programme": "bop", "school_year": YEAR, "rules": rules, "note": "keputusan uji"}
    api.post(MANAGER, f"{BASE}/rules", told)
    budget = {"programme": "bop", "budget_year": MONTH.year, "rupiah": 10_000_000_000, "note": "DPA uji"}
    api.post(MANAGER, f"{BASE}/budgets", budget)
    first = 12_000 + secrets.randbelow(6_900)
    enrol(api, npsn, MONTH, first, first + 1)
    return npsn


def enrol(api: Api, npsn: str, on: date, *numbers: int) -> None:
    user, content = f"school-{npsn}", by_hand(grid([child(number) for number in numbers]))
    headers = {**api.authorization(user), "Idempotency-Key": str(uuid.uuid4()), "X-Purpose": "uji"}
    form = {"npsn": npsn, "school_year": YEAR, "effective_on": on.isoformat()}
    sent = api.http.post(f"{BASE}/rosters", data=form, files={"file": ("daftar.csv", content)}, headers=headers)
    path = f"{BASE}/rosters/{sent.json()['id']}"
    until(lambda: api.get(user, path)["state"] == "preview", "the preview", limit=30)
    api.post(user, f"{path}/application", {"confirm_npsn": npsn})
    until(lambda: api.get(user, path)["state"] == "applied", "the list to be applied", limit=30)


def applied(api: Api, npsn: str) -> list[str]:
    """An application for each child."""
    pupils = api.get(f"school-{npsn}", f"{BASE}/pupils?npsn={npsn}")["items"]
    body = {"programme": "bop", "school_year": YEAR, "term": TERM}
    path = f"{BASE}/applications"
    return [api.post(f"school-{npsn}", path, {**body, "pupil_id": one["id"]})["id"] for one in pupils]


def test_from_an_application_to_the_banks_answer(open_screen: Open, api: Api, npsn: str, tmp_path: Path) -> None:
    first, _ = applied(api, npsn)
    officer = open_screen(OFFICER, "/pendidikan?keadaan=evidence_needed")
    page = officer.page
    assert page.locator(f"a[href$='{first}']").count() == 1  # the newest stand on the first page
    page.click(f"a[href$='{first}']")
    assert page.locator(".reasons li").count() > 0  # why, in words, with what would help
    officer.picture("pendidikan-permohonan")
    page.click("#decide button[value=refused]")
    page.wait_for_selector("#notice .summary")  # nobody is refused without a note
    api.post(f"school-{npsn}", f"{BASE}/schools/{npsn}/attestation", {"shown_on": today().isoformat()})
    page.reload()
    page.fill("#note", "bukti dari sekolah")
    page.click("#decide button[value=granted]")
    page.wait_for_selector("h1 .state-decided")

    school = open_screen(f"school-{npsn}", f"/sekolah/bulan?programme=bop&month={MONTH}")
    assert school.page.locator("#confirm input[name=there]").count() == 1
    school.picture("sekolah-bulan")
    school.page.click("#confirm button.btn-primary")
    school.page.wait_for_selector("#confirm:has-text('1 sudah dikonfirmasi')")
    school.page.select_option("#first_month", str(MONTH))
    school.page.select_option("#last_month", str(MONTH))
    school.page.click("#claim button")
    school.page.wait_for_selector(".state-submitted")

    officer.go("/pendidikan/klaim")
    claim = page.locator(".claim", has_text=npsn)
    claim.locator("form[action$=setujui] button").click()
    page.wait_for_url("**/pendidikan/klaim")
    assert page.locator(".claim", has_text=npsn).count() == 0

    api.post(TREASURER, f"{BASE}/schools/{npsn}/account", {"account": account(npsn)})
    pay(open_screen, api, tmp_path)


def account(npsn: str) -> dict[str, str]:
    return {"bank_code": "110", "account_number": f"00123{npsn}", "holder": f"SD UJI {npsn}"}


def pay(open_screen: Open, api: Api, tmp_path: Path) -> None:
    """Drafted and verified by one, approved by another, both names to be seen."""
    treasurer = open_screen(TREASURER, "/pendidikan/pembayaran")
    page = treasurer.page
    page.select_option("#draft [name=programme]", "bop")
    page.fill("#draft [name=budget_year]", str(MONTH.year))
    page.click("#draft button")
    page.wait_for_url("**/pembayaran/*")
    id = page.url.rsplit("/", 1)[1]
    batch = f"{BASE}/disbursements/{id}"
    until(lambda: api.get(TREASURER, batch)["recheck"]["state"] == "done", "the re-check", limit=60)
    page.click("#deed-periksa button")
    page.wait_for_selector("h1 .state-verified")
    assert page.locator("#deed-setujui").count() == 0  # who verified does not approve
    manager = open_screen(MANAGER, f"/pendidikan/pembayaran/{id}")
    manager.page.click("#deed-setujui button")
    manager.page.wait_for_selector("h1 .state-approved")
    assert "demo-education-manager" in manager.page.inner_text(".stepper")
    page.wait_for_selector("#deed-kirim")  # by itself
    treasurer.picture("pendidikan-pembayaran")
    page.click("#deed-kirim button")
    page.wait_for_selector("h1 .state-exported")
    with page.expect_download() as file:
        page.click("a[href$=berkas-bank]")
    answer = bounced(Path(file.value.path()).read_text(encoding="utf-8"))
    (tmp_path / "salah.csv").write_text(answer.replace("BOUNCED", "MUNGKIN"), encoding="utf-8")
    page.set_input_files("#file", str(tmp_path / "salah.csv"))
    page.click("form[data-upload] button")
    page.wait_for_selector("#notice .summary a:has-text('Baris 2')")  # where in the file it is wrong
    (tmp_path / "jawaban.csv").write_text(answer, encoding="utf-8")
    page.set_input_files("#file", str(tmp_path / "jawaban.csv"))
    page.click("form[data-upload] button")
    page.wait_for_selector("h1 .state-reconciled")
    page.click(".filters a[href$=bounced]")
    page.wait_for_selector("td .state-bounced")


def bounced(file: str) -> str:
    """The bank's answer: none of the payments was taken."""
    lines: list[Any] = [row.split(";") for row in file.splitlines() if row.startswith("D")]
    head = "reference;status;rupiah;date;reason\n"
    return head + "".join(f"{line[1]};BOUNCED;{line[5]};{today()};rekening tutup\n" for line in lines)


def test_a_levy_is_decided(open_screen: Open, api: Api, npsn: str) -> None:
    told = {
        "npsn": npsn,
        "month": str(MONTH),
        "rupiah": 150_000,
        "text": "diminta uang daftar ulang",
        "anonymous": True,
    }
    api.post("citizen-9300", f"{BASE}/levy-complaints", told)
    screen = open_screen(OFFICER, "/pendidikan/pengaduan")
    case = screen.page.locator(".case", has_text=npsn)
    case.locator("input[name=answer]").evaluate("field => field.removeAttribute('minlength')")
    case.locator("input[name=answer]").fill("x")
    case.locator("button[value=yes]").click()
    screen.page.wait_for_selector("main .summary")
    # What was refused is shown on the same page as before: it renews itself, and the switch of language leads back.
    assert screen.page.get_attribute("#content", "hx-get") == "/pendidikan/pengaduan"
    assert "ke=/pendidikan/pengaduan" in (screen.page.get_attribute(".menu-body a[lang=en]", "href") or "")
    case.locator("input[name=answer]").fill("sekolah sudah dipanggil")
    case.locator("button[value=yes]").click()
    screen.page.wait_for_selector(f"section:has(#reviews) .case:has-text('{npsn}')")


def test_all_at_once_but_for_one(open_screen: Open, api: Api, npsn: str) -> None:
    api.post(f"school-{npsn}", f"{BASE}/schools/{npsn}/attestation", {"shown_on": today().isoformat()})
    screen = open_screen(OFFICER, "/pendidikan/penilaian")
    page = screen.page
    page.fill("#start [name=school_year]", YEAR)
    page.select_option("#start [name=term]", str(TERM))
    page.fill("#start [name=npsn]", npsn)
    page.click("#start button")
    page.wait_for_url("**/penilaian/*")
    page.wait_for_selector("h1 .state-done", timeout=30_000)  # by itself
    page.reload()
    page.locator("[data-keep]").first.uncheck()
    page.fill("#count", "2")
    page.fill("#note", "rapat uji")
    screen.picture("pendidikan-sekaligus")
    page.click("#grant button")
    page.wait_for_selector("main .summary")  # somebody left one out and did not see it
    assert page.locator("[data-keep]:checked").count() == 1
    page.fill("#count", "1")
    page.fill("#note", "rapat uji")
    page.click("#grant button")
    page.wait_for_selector("h1 .state-granted", timeout=30_000)
    held = api.get(f"school-{npsn}", f"{BASE}/waivers?npsn={npsn}&state=active")["items"]
    assert len(held) == 1
