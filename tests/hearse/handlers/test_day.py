"""The day's plan on a screen and on paper, the report of a period."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from contracts import hearse as asked
from contracts.context import Actor
from contracts.problems import InvalidRequest
from tests.hearse.office import FAR, NOON, Office

TODAY = date(2026, 11, 23)
NIK, CARD = "3671014502809001", "3671010101080001"


def plan(office: Office, day: date = TODAY, **actor: Any) -> Any:
    return office.ask(asked.GetDayPlan(day=day), Actor(subject="officer-1", **actor))


def printed(office: Office) -> tuple[str, int]:
    file = office.ask(asked.PrintDayPlan(day=TODAY))
    assert (file.file_name, file.content[:5]) == ("rencana-2026-11-23.pdf", b"%PDF-")
    pages = PdfReader(io.BytesIO(file.content)).pages
    return "\n".join(page.extract_text() for page in pages), len(pages)


def test_each_vehicle_and_each_officer_has_their_day(office: Office) -> None:
    id = office.approved("Bapak Contoh")
    trip = office.confirm(id, office.slots(id)[0].pickup_at).trip
    office.ask(asked.BlockResource(resource="vehicle:JNZ-2", begins_at=NOON + timedelta(hours=2), reason="servis"))
    office.ask(asked.RecordDocument(booking_id=id, kind="reporter_id_card", state="received"))
    day = plan(office)
    mine, other = day.vehicles
    assert [(one.booking_id, one.deceased, one.phone, one.pickup) for one in mine.trips] == [
        (id, "Bapak Contoh", "+6281200001234", "Jl. Contoh 1")
    ]
    assert mine.trips[0].papers_missing == ("death_letter",)
    assert (other.trips, len(other.blocks)) == ((), 1)
    officers = {one.officer_id: one for one in day.officers}
    assert [one.booking_id for one in officers[trip.officer_ids[0]].trips] == [id] and officers["PTG-1"].duty
    assert plan(office, TODAY + timedelta(days=1)).vehicles[0].trips == ()


def test_what_is_only_held_is_no_plan_and_what_is_over_shows_no_names(office: Office) -> None:
    held, done = office.approved("Ditahan"), office.approved("Bapak Contoh")
    office.ask(asked.HoldSlot(booking_id=held, pickup_at=office.slots(held)[0].pickup_at))
    office.confirm(done, office.slots(done)[0].pickup_at)
    office.later(minutes=40)
    for step in ("picked_up", "completed"):
        office.report(done, step)
    shown = [trip for vehicle in plan(office).vehicles for trip in vehicle.trips]
    assert [one.booking_id for one in shown] == [done]
    assert (shown[0].phone, shown[0].pickup) == ("0812****1234", "-") and "Contoh" not in str(shown)


def test_a_day_is_a_day_in_the_citys_own_time(office: Office) -> None:
    late = NOON.replace(hour=17, minute=30)  # 00:30 WIB of the next day
    id = office.approved(earliest_at=late)
    office.confirm(id, late)
    assert [len(plan(office, day).vehicles[0].trips) for day in (TODAY, TODAY + timedelta(days=1))] == [0, 1]


def test_a_crew_sees_its_own_vehicle(office: Office) -> None:
    for name in ("Satu", "Dua"):
        id = office.approved(name)
        office.confirm(id, office.slots(id)[0].pickup_at)
    day = plan(office, rows={"unit": ("JNZ-2",)})
    assert [(one.vehicle_id, len(one.trips)) for one in day.vehicles] == [("JNZ-2", 1)] and day.officers == ()


@pytest.mark.parametrize("name", ["A < B & C > D", "<b>Siti</b> & <para>", 'O\'Neil "Bapak"', "Łukasz Ünal", "&amp;"])
def test_names_are_printed_as_they_are(office: Office, name: str) -> None:
    id = office.approved(name, reporter={"name": name, "phone": "081200001234"}, note=f"imam: {name}")
    office.confirm(id, office.slots(id)[0].pickup_at)
    text, _ = printed(office)
    assert text.replace("\n", " ").count(name) == 3, text


def test_paper_holds_no_number_of_a_card_and_goes_on_over_pages(office: Office) -> None:
    long = "sangat panjang " * 30
    for number in range(12):
        deceased = {"name": f"Nama {number}", "nik": NIK, "family_card_number": CARD}
        id = office.approved(deceased=deceased, note=long[:500], pickup={"address": long[:300]})
        office.confirm(id, office.slots(id)[0].pickup_at)
    text, pages = printed(office)
    there = [trip.deceased for vehicle in plan(office).vehicles for trip in vehicle.trips]
    assert pages > 1 and len(there) > 6 and all(name in text for name in there)
    assert NIK not in text and CARD not in text and "0812****" not in text


def test_without_trips_it_says_so(office: Office) -> None:
    assert "Tidak ada perjalanan" in printed(office)[0]


def report(office: Office, begins_on: date = TODAY, ends_on: date = TODAY) -> list[dict[str, str]]:
    file = office.ask(asked.GetReport(begins_on=begins_on, ends_on=ends_on))
    return list(csv.DictReader(io.StringIO(file.content.decode())))


def test_the_report_counts_what_was_asked_served_and_refused(office: Office) -> None:
    here = {"kelurahan_code": "36.71.01.1001"}
    for minutes in (20, 40, 90):
        id = office.approved(f"Nama {minutes}", pickup=here)
        office.confirm(id, office.slots(id)[0].pickup_at)
        office.later(minutes=minutes)
        for step in ("picked_up", "completed"):
            office.report(id, step)
    office.ask(asked.RejectBooking(booking_id=office.book("T", pickup=here).id, reason="not_served"))
    office.ask(asked.CancelBooking(booking_id=office.book("B").id, reason="by_family"))
    office.book("J", pickup=here, destination={"kind": "out_of_city", "location": FAR})
    unknown, home, away = report(office)
    assert (unknown["kecamatan_code"], unknown["cancelled"]) == ("", "1")
    assert (home["kecamatan"], home["asked"], home["served"], home["rejected"]) == ("Tangerang", "4", "3", "1")
    assert (home["rejection_reasons"], home["waiting_p50_minutes"], home["waiting_p90_minutes"]) == (
        "not_served",
        "40",
        "80",
    )
    assert float(home["kilometres"]) > 0 and (away["destination_kind"], away["asked"]) == ("out_of_city", "1")
    assert report(office, TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == []


@pytest.mark.parametrize("days", [-1, 1101])
def test_a_period_has_an_end_and_a_length(office: Office, days: int) -> None:
    with pytest.raises(InvalidRequest):
        report(office, TODAY, TODAY + timedelta(days=days))
