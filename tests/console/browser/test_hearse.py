"""The hearse desk: a family on the phone, approved, planned, papers; the day of the cars; a breakdown."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page

from console.parts.formats import WIB
from tests.support.api import Api
from tests.support.suite import Installation

from .conftest import Open


def day(number: int) -> date:
    """In so many days: each test has one of its own, so that their cars do not get into each other's way."""
    return (datetime.now(WIB) + timedelta(days=number)).date()


def booking(api: Api, at: date, name: str = "Bapak Contoh") -> str:
    """A family's request for the morning of that day."""
    told = {
        "reporter": {"name": "Siti Contoh", "phone": "0812 0000 1234"},
        "deceased": {"name": name},
        "pickup": {"address": "Jl. Contoh 1"},
        "destination": {"kind": "home", "address": "Jl. Contoh 9"},
        "earliest_at": f"{at}T08:00:00+07:00",
    }
    return str(api.post("hearse-officer", "/v1/hearse/bookings", told)["id"])


def planned(api: Api, at: date) -> str:
    """Approved and fixed at the first time that is free."""
    id = booking(api, at, f"Almarhum {uuid.uuid4().hex[:8]}")
    api.post("hearse-officer", f"/v1/hearse/bookings/{id}/approval")
    first, *_ = api.get("hearse-officer", f"/v1/hearse/bookings/{id}/slots")["items"]
    api.post("hearse-officer", f"/v1/hearse/bookings/{id}/confirmation", {"pickup_at": first["pickup_at"]})
    return id


def car_of(api: Api, id: str) -> str:
    return str(api.get("hearse-officer", f"/v1/hearse/bookings/{id}")["trip"]["vehicle_id"])


def test_a_family_on_the_phone_is_booked_approved_and_planned_by_keyboard(open_screen: Open, api: Api) -> None:
    name = f"Bapak {uuid.uuid4().hex[:8]}"
    screen = open_screen("hearse-officer")
    page = screen.page
    page.keyboard.press("n")
    page.wait_for_url("**/baru")
    page.keyboard.type("Siti Contoh")
    page.fill("[name='reporter.phone']", "0812 0000 1234")
    page.fill("#deceased-name", name)
    page.fill("[name='deceased.nik']", "3671014502809001")
    draft = page.evaluate("JSON.stringify(localStorage)")
    assert name in draft and "3671014502809001" not in draft  # identity numbers are not kept on a shared computer
    page.fill("[name='pickup.address']", "Jl. Contoh 1")
    page.select_option("[name='destination.kind']", "home")
    page.fill("[name='destination.address']", "Jl. Contoh 9")
    page.fill("[name=earliest_at]", f"{day(2)}T13:00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/pemesanan/*")
    id = page.url.rsplit("/", 1)[1]
    page.keyboard.press("a")
    page.wait_for_selector(".state-approved")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.wait_for_selector(".state-scheduled")
    kept = api.get("hearse-officer", f"/v1/hearse/bookings/{id}")
    assert kept["trip"]["pickup_at"] >= kept["earliest_at"] and kept["deceased"]["name"] == name

    screen.picture("jenazah-pemesanan")
    page.click("#paper-reporter_id_card button[value=received]")
    page.wait_for_selector("#paper-reporter_id_card button[value=received][aria-pressed=true]")
    page.click("#more-letter summary")
    page.fill("#letter_number", "474.3/001/2026")
    page.fill("#nik", "12")
    page.click("#letter button")
    page.wait_for_selector("#nik-wrong")
    page.fill("#nik", "3671014502809001")
    page.fill("#died_on", str(datetime.now(WIB).date()))
    page.click("#letter button")
    page.wait_for_selector("#more-letter summary:has-text('tercatat')")


def test_what_is_missing_is_said_at_its_field(open_screen: Open) -> None:
    screen = open_screen("hearse-officer", "/jenazah/baru")
    page = screen.page
    page.fill("[name='reporter.name']", "Siti Contoh")
    page.fill("[name='reporter.phone']", "bukan nomor")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[name='reporter.phone'][aria-invalid=true]")
    assert page.input_value("[name='reporter.name']") == "Siti Contoh"


@pytest.mark.parametrize("way", ["drag", "keyboard"])
def test_a_trip_moves_to_another_car(open_screen: Open, api: Api, way: str) -> None:
    at = day(3 if way == "drag" else 4)
    id = planned(api, at)
    car = car_of(api, id)
    plan = api.get("hearse-officer", f"/v1/hearse/days/{at}")["vehicles"]
    other = next(one["vehicle_id"] for one in plan if not one["trips"] and one["vehicle_id"] != car)
    screen = open_screen("hearse-officer", f"/jenazah/hari/{at}")
    page = screen.page
    screen.picture("jenazah-hari")
    trip = f"[data-booking='{id}']"
    if way == "drag":
        drag(page, trip, other)
    else:
        page.focus(trip)
        page.keyboard.press("Alt+ArrowDown")
        page.select_option("#vehicle_id", other)
    page.wait_for_selector("#move[open]")
    assert car_of(api, id) == car  # nothing is moved before it is confirmed
    page.click("#move button.btn-primary")
    page.wait_for_selector(f"{trip}[data-car='{other}']")
    assert car_of(api, id) == other


def drag(page: Page, trip: str, car: str) -> None:
    start = page.locator(f"{trip} rect").bounding_box()
    end = page.locator(f".car[data-car='{car}'] .row-ground").bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 10, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()


def test_a_breakdown_moves_every_trip_in_one_deed(open_screen: Open, api: Api) -> None:
    id = planned(api, day(5))
    car = car_of(api, id)
    screen = open_screen("hearse-officer", f"/jenazah/gangguan?sumber=vehicle:{car}")
    page = screen.page
    page.wait_for_selector(f"input[name=move][value='{id}']")
    page.fill("#reason", "mogok di jalan")
    page.click("button.btn-primary:not([data-submit])")
    page.wait_for_url("**/jenazah/hari**")
    assert car_of(api, id) != car
    (block,) = [
        one for one in api.get("hearse-officer", "/v1/hearse/blocks")["items"] if one["resource"] == f"vehicle:{car}"
    ]
    api.post("hearse-officer", f"/v1/hearse/blocks/{block['id']}/lifting")


def test_the_queue_renews_itself_and_a_dispute_is_put_on_hold(open_screen: Open, api: Api) -> None:
    screen = open_screen("hearse-officer")
    page = screen.page
    screen.wait_live()
    id = booking(api, day(6))
    page.wait_for_selector(f"a[href$='{id}']")
    screen.picture("jenazah-antrean")
    page.click(f"a[href$='{id}']")
    page.click("#more-dispute summary")
    page.fill("#responsible", "Kepala UPT Contoh")
    page.fill("#dispute-note", "dua keluarga menyebut makam yang berbeda")
    page.click("#dispute button")
    page.wait_for_selector(".state-bad")
    assert api.get("hearse-officer", f"/v1/hearse/bookings/{id}")["dispute"]["responsible"] == "Kepala UPT Contoh"


def test_the_days_plan_is_printed(open_screen: Open, api: Api, running: Installation) -> None:
    screen = open_screen("hearse-officer")
    jar = {one["name"]: one["value"] for one in screen.context.cookies(running.suite.console_url)}
    reply = httpx.get(f"{running.suite.console_url}/jenazah/hari/{day(3)}/cetak", cookies=jar)
    assert reply.headers["content-type"] == "application/pdf" and reply.content.startswith(b"%PDF")
