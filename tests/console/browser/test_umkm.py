"""The MSME desk: a business at the counter, a training with its lists, a product, a group until a member is gone."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.api import Api
from tests.support.days import today
from tests.support.owners import BANK, BASE, OFFICER, booked, register, train
from tests.umkm.capital.desk import file_of
from tests.umkm.office import KELURAHAN
from tests.umkm.pictures import picture

from .conftest import Open


def test_a_business_is_registered_at_the_counter_and_checked(open_screen: Open) -> None:
    serial = 9001 + random.randrange(998)
    name = f"Dapur Loket {uuid.uuid4().hex[:6]}"
    screen = open_screen(OFFICER, "/umkm")
    page = screen.page
    page.wait_for_url("**/umkm/usaha")
    page.keyboard.press("n")
    page.wait_for_url("**/umkm/usaha/baru")
    for field, value in {
        "owner.nik": "3671014502809",
        "owner.name": "Siti Loket",
        "owner.phone": f"0812{random.randrange(10**8):08d}",
        "owner.kelurahan_code": KELURAHAN,
        "name": name,
        "address": "Jl. Contoh 5",
        "founded_on": "2020-03-02",
        "size.rupiah": "90.000.000",
        "size.year": str(today().year - 1),
    }.items():
        page.fill(f"[name='{field}']", value)
    page.select_option("[name=kelurahan_code]", KELURAHAN)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[id='owner.nik-wrong']")  # at its field; all else is as it was typed
    assert page.input_value("[name=name]") == name
    born = f"{random.randint(41, 68)}{random.randint(1, 12):02d}{random.randint(70, 99)}"
    page.fill("[name='owner.nik']", f"367101{born}{serial}")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{screen.suite.console_url}/umkm/usaha/*-*")
    screen.picture("umkm-usaha")
    assert f"367101{born}{serial}" not in page.content()
    page.fill("#disclose [name=reason]", "KTP dibandingkan di loket")
    page.click("#disclose button")
    page.wait_for_selector(f".number-whole:has-text('367101{born}{serial}')")  # shown once, kept nowhere
    page.reload()
    assert page.locator(".number-whole").count() == 0
    page.click("#more-permit summary")
    page.fill("[name='permit.number']", "bukan nomor")
    page.fill("[name='permit.valid_until']", str(today() + timedelta(days=400)))
    page.click("#more-permit button")
    page.wait_for_selector("[name='permit.number'][aria-invalid=true]")
    page.fill("[name='permit.number']", f"2063671{random.randrange(10**6):06d}-28")  # no other business has it
    page.click("#more-permit button")
    page.wait_for_selector("text=P-IRT 20")
    page.click("#deed-sahkan button")
    page.wait_for_selector("h1 .state-verified")
    screen.go("/umkm/usaha?keadaan=verified")
    assert page.locator("tbody tr", has_text=name).count() == 1


def begun(api: Api, quota: int) -> str:
    """A training that begins soon, yet late enough for three seats to be booked on a busy machine."""
    begins = datetime.now(UTC) + timedelta(seconds=30)
    told: dict[str, Any] = {
        "title": f"Pengemasan dan label {uuid.uuid4().hex[:6]}",
        "venue": "Gedung Contoh",
        "kelurahan_code": KELURAHAN,
        "quota": quota,
        "priority_hours": 0,
        "opens_at": datetime.now(UTC).isoformat(),
        "sessions": [{"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}],
    }
    return str(api.post(OFFICER, f"{BASE}/batches", told)["id"])


def test_a_training_from_the_counter_to_the_certificates(open_screen: Open, api: Api) -> None:
    owners = [register(api, f"citizen-{uuid.uuid4().hex[:8]}") for _ in range(3)]
    screen = open_screen(OFFICER)
    page = screen.page
    batch = begun(api, 3)
    for one in owners:
        screen.go(f"/umkm/usaha/{one}")
        page.select_option("#seat [name=batch]", batch)
        page.click("#seat button")
        page.wait_for_selector(f"a[href$='{batch}']")
    screen.go(f"/umkm/pelatihan/{batch}")
    page.wait_for_selector("h1 .state-running", timeout=60_000)  # by itself
    with page.expect_popup() as opened:
        page.click("a[href$='/sesi/1/daftar']")
    opened.value.close()
    page.click("a[href$='/sesi/1']")
    page.fill("[data-number]", "1")
    page.keyboard.press("Enter")
    page.locator(".number", has_text="3").click()
    assert page.inner_text("[data-counted]") == "2"
    screen.picture("umkm-hadir")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/pelatihan/{batch}")
    page.click("a[href$='/hasil']")
    page.locator(".number", has_text="3").click()  # came, and did not pass
    page.click("#results button")
    page.wait_for_selector("h1 .state-finished")
    states = {one["number"]: one["state"] for one in api.get(OFFICER, f"{BASE}/seats?batch_id={batch}")["items"]}
    assert states == {1: "passed", 2: "no_show", 3: "failed"}


def test_a_bazaar_is_announced_moved_and_cancelled(open_screen: Open) -> None:
    screen = open_screen(OFFICER, "/umkm/pelatihan/baru")
    page = screen.page
    day = str(today() + timedelta(days=30))
    title = f"Bazar {uuid.uuid4().hex[:6]}"
    page.select_option("[name=kind]", "bazaar")
    page.fill("[name=title]", title)
    page.fill("[name=venue]", "Lapangan Contoh")
    page.fill("[name=quota]", "40")
    page.fill("[name=opens_at]", f"{today() + timedelta(days=1)}T08:00")
    page.click("[data-one-more]")
    for number, (begins, ends) in enumerate([("09:00", "15:00"), ("09:00", "12:00")], start=1):
        page.fill(f"[name=day_{number}]", day)
        page.fill(f"[name=begins_{number}]", begins)
        page.fill(f"[name=ends_{number}]", ends)
    page.click("[data-submit]")
    page.wait_for_selector("#sessions .wrong")  # the second begins before the first is over
    page.fill("[name=day_2]", str(today() + timedelta(days=31)))
    page.click("[data-submit]")
    page.wait_for_selector("h1 .state-announced")
    assert title in page.inner_text("h1")
    page.click("#more-tunda summary")
    page.fill("#more-tunda [name=reason]", "lapangan dipakai upacara")
    page.click("#more-tunda button")
    page.wait_for_selector("h1 .state-postponed")
    page.click("#more-batal summary")
    page.fill("#more-batal [name=reason]", "tidak ada lapangan lain")
    page.click("#more-batal button")
    page.wait_for_selector("h1 .state-cancelled")


@pytest.fixture
def product(api: Api) -> str:
    """One that waits for its assessors; its words hold what a browser must not run."""
    owner = f"citizen-{uuid.uuid4().hex[:8]}"
    told = {
        "business_id": register(api, owner, nib=f"{uuid.uuid4().int % 10**13:013d}"),
        "title": "Kue <script>alert(1)</script>",
        "description": "<img src=x onerror=alert(1)> kue basah, 10 buah.",
        "category": "ready_food",
        "price_rupiah": 25_000,
        "unit": "10 buah",
    }
    listing = str(api.post(owner, f"{BASE}/listings", told)["id"])
    headers = {**api.authorization(owner), "Idempotency-Key": str(uuid.uuid4())}
    photo = {"file": ("foto.jpg", picture())}
    taken = api.http.post(f"{BASE}/listings/{listing}/photos", files=photo, headers=headers)
    assert taken.status_code == 201, taken.text
    api.post(owner, f"{BASE}/listings/{listing}/submission")
    return listing


def test_a_product_is_scored_apart_and_decided_by_another(open_screen: Open, product: str) -> None:
    for user in (OFFICER, "umkm-assessor"):
        page = open_screen(user, f"/umkm/kurasi/{product}").page
        assert page.locator("article.case").count() == 0  # nobody sees what the others gave
        assert page.evaluate("document.querySelector('.photos img').decode().then(() => true)")
        for criterion in page.locator(".points").all():
            criterion.locator("label").last.click()
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("article.case")
        # An assessor is told of no events: nothing claims to be live, nothing calls itself stale.
        assert page.locator("#live").count() == (1 if user == OFFICER else 0)
    page = open_screen("umkm-manager", f"/umkm/kurasi/{product}").page
    assert page.locator("article.case").count() == 2
    page.click("#decide button[value=no]")
    page.wait_for_selector("main .summary")  # other than the points say: not without a reason
    page.click("#decide button[value=yes]")
    page.wait_for_selector("h1 .state-published")


def press_all(page: Page, buttons: str, count: int) -> None:
    """One after the other; each press takes its button away."""
    for left in reversed(range(count)):
        page.locator(buttons).first.click()
        expect(page.locator(buttons)).to_have_count(left)


def test_a_group_is_checked_by_office_and_bank_and_one_disappears(open_screen: Open, api: Api) -> None:
    citizens = [f"citizen-{uuid.uuid4().hex[:8]}" for _ in range(5)]
    businesses = [register(api, one) for one in citizens]
    train(api, businesses)
    asked = {"rupiah": 1_500_000, "use": "wajan dan kompor", "vouches": True}
    told = {"name": f"Mawar {uuid.uuid4().hex[:6]}", "months": 10, "business_id": businesses[0], **asked}
    group = api.post(citizens[0], f"{BASE}/groups", told)
    path = f"{BASE}/groups/{group['id']}"
    for citizen, business in zip(citizens[1:], businesses[1:], strict=True):
        api.post(citizen, f"{path}/members", {"business_id": business, "invitation": group["invitation"], **asked})
    desk = open_screen(OFFICER, f"/umkm/kelompok/{group['id']}")
    office = desk.page
    office.click("form[action$=ajukan] button")
    office.wait_for_selector("h1 .state-office_check")
    desk.picture("umkm-kelompok")
    press_all(office, ".inline[action$=berkas] button[value=yes]", 5)
    office.wait_for_selector("h1 .state-bank_check")
    assert office.locator("form[action$=kredit]").count() == 0  # the bank's, not the office's
    bank = open_screen(BANK, f"/umkm/kelompok/{group['id']}").page
    press_all(bank, "form[action$=kredit] button[value=yes]", 5)
    bank.wait_for_selector("h1 .state-approved")
    bank.fill("#disbursed_on", str(today()))
    bank.click("#disburse button")
    bank.wait_for_selector("h1 .state-active")
    office.wait_for_selector("h1 .state-active")  # by itself

    assert booked(api, file_of(uuid.uuid4().hex[:12], today(), today()))["state"] == "booked"
    office.locator("tbody a").first.click()
    office.wait_for_selector("h1 .state-repaying")
    assert office.locator("section:has(h2:text('Angsuran')) tbody tr").count() == 10
    office.click("#more-gone summary")
    office.fill("#more-gone [name=reason]", "rumah kosong")
    office.click("#more-gone button")
    office.wait_for_selector("h1 .state-in_recourse")
    office.keyboard.press("a")
    office.wait_for_url("**/umkm/tunggakan")
    office.click(".filters a[href$=in_recourse]")
    assert office.locator("tbody tr", has_text="Rp1.545.000").count() > 0
