"""The year's figures, checked against figures that were reckoned by hand."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl

from contracts import umkm as asked
from tests.umkm.handlers.test_market import seller
from tests.umkm.handlers.test_results import at_session, attend
from tests.umkm.office import Office

CIPONDOH = "36.71.05.1001"
SMALL = {"basis": "turnover", "rupiah": 2_000_000_001, "year": 2025}


def trained(office: Office, businesses: list[Any], passes: list[bool | None], kind: str = "training") -> None:
    """A batch of these; None: never came."""
    batch = office.announce(quota=len(businesses), days=3, kind=kind, classes=["micro", "small"])
    for business in businesses:
        office.request(batch, business)
    present = [number for number, passed in enumerate(passes, 1) if passed is not None]
    for session in (1, 2):
        at_session(office, batch, session)
        attend(office, batch, session, *present)
    results = [{"number": number, "passed": passes[number - 1]} for number in present]
    told = {"batch_id": batch.id, "results": results if kind == "training" else []}
    office.ask(asked.FinishBatch.model_validate(told))


def figures(office: Office, year: int) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Trained, passed, listed by kecamatan, class and sex."""
    content = office.ask(asked.GetYearReport(year=year)).content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    return {
        (row["kecamatan"], row["size_class"], row["sex"]): (int(row["trained"]), int(row["passed"]), int(row["listed"]))
        for row in rows
    }


def test_the_year_as_reckoned_by_hand(office: Office) -> None:
    """Three women and a man. Owner 1 has a micro business in Tangerang and a small one in Cipondoh, and is trained with
    both: one person. Owner 2 passes once and fails once. Owner 3 (a man) never comes. Owner 4 sells only."""
    first = seller(office, 1)
    other = office.register(1, name="Usaha Dua", kelurahan_code=CIPONDOH, size=SMALL, nib="1234567890199")
    office.ask(asked.VerifyBusiness(business_id=other.id))
    second, third, fourth = seller(office, 2), seller(office, 3, owner={"sex": "L"}), seller(office, 4)
    trained(office, [first, second, third], [True, False, None])
    trained(office, [other, second], [True, True])
    trained(office, [fourth], [True], kind="bazaar")
    office.published(other)
    listing = office.published(other, title="Tas kedua")
    office.published(fourth)
    office.ask(asked.WithdrawListing(listing_id=listing.id))
    assert figures(office, 2026) == {
        ("all", "all", "all"): (2, 2, 2),
        ("Tangerang", "all", "all"): (2, 2, 1),
        ("Cipondoh", "all", "all"): (1, 1, 1),
        ("all", "micro", "all"): (2, 2, 1),
        ("all", "small", "all"): (1, 1, 1),
        ("all", "all", "P"): (2, 2, 2),
        ("Tangerang", "micro", "P"): (2, 2, 1),
        ("Cipondoh", "small", "P"): (1, 1, 1),
    }


def test_a_year_ends_at_midnight_in_wib_and_what_came_later_changes_nothing(office: Office) -> None:
    business = seller(office)
    office.now = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    office.published(business)
    office.later(seconds=1)
    office.published(business, title="Tas kedua")
    assert [figures(office, year)["all", "all", "all"] for year in (2026, 2027)] == [(0, 0, 1), (0, 0, 1)]
    size = {"basis": "turnover", "rupiah": 3_000_000_000, "year": 2026}
    office.ask(asked.DeclareSize.model_validate({"business_id": business.id, "size": size}))
    office.ask(asked.DescribeBusiness(business_id=business.id, kelurahan_code=CIPONDOH))
    assert ("Tangerang", "micro", "P") in figures(office, 2026), "as it was then"
    assert figures(office, 2025) == {("all", "all", "all"): (0, 0, 0)}


def test_the_workbook_has_the_same_rows_as_numbers(office: Office) -> None:
    office.published(seller(office))
    content = office.ask(asked.GetYearWorkbook(year=2026)).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["2026"].iter_rows(values_only=True))
    text = office.ask(asked.GetYearReport(year=2026)).content.decode()
    assert [[str(cell) for cell in row] for row in rows] == list(csv.reader(io.StringIO(text)))
    assert rows[1][5:8] == (0, 0, 1) and len(list(book["definisi"].iter_rows())) == 9
