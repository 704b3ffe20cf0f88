"""What was lent and repaid in a year, checked against figures that were reckoned by hand."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from contracts import umkm as asked
from tests.umkm.capital.test_arrears import Death

from .desk import Desk

NAMES = ("financed", "financed_rupiah", "repaid", "paid_rupiah", "in_arrears", "arrears_rupiah")


def figures(desk: Desk, year: int) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """By kecamatan, class and sex."""
    content = desk.office.ask(asked.GetYearReport(year=year)).content.decode()
    rows = csv.DictReader(io.StringIO(content))
    return {(row["kecamatan"], row["size_class"], row["sex"]): tuple(int(row[name]) for name in NAMES) for row in rows}


def group(desk: Desk, months: int, *places: tuple[int, str, str]) -> list[Any]:
    """Paid out today, two million each: number, kelurahan and sex of each member; their loans."""
    businesses = []
    for number, kelurahan, sex in places:
        owner = {"family_card_number": f"36710101011400{number:02d}", "sex": sex}
        businesses.append(desk.office.verified(number, owner=owner, kelurahan_code=kelurahan))
    desk.trained(*businesses)
    return desk.loans(desk.disburse(desk.approved(businesses, months=months)))


def test_a_year_as_reckoned_by_hand(desk: Desk) -> None:
    """Five loans of Rp2,000,000, each Rp2,060,000 to be paid in two instalments of Rp1,030,000, on 23 December 2026 and
    25 January 2027 (the 23rd is a Saturday). Three women and a man in Tangerang, a woman in Cipondoh.

    1 (woman, Tangerang) pays all on 1 December. 2 (woman, Tangerang) pays 1,030,000 on 23 December, which comes back on
    the 24th. 3 (man, Tangerang) pays 1,000,000 on 23 December: 30,000 are missing. 4 (woman, Cipondoh) dies on 20
    December. 5 (woman, Tangerang) pays 1,030,000 on 23 December and the rest in January."""
    tangerang, cipondoh = "36.71.01.1001", "36.71.05.1001"
    places = [(1, tangerang, "P"), (2, tangerang, "P"), (3, tangerang, "L"), (4, cipondoh, "P"), (5, tangerang, "P")]
    one, two, three, _, five = group(desk, 2, *places)
    assert [one.schedule[0].due_on, one.schedule[1].due_on] == [date(2026, 12, 23), date(2027, 1, 25)]
    desk.at(date(2026, 12, 1))
    desk.booked(desk.pay(one, 2_060_000))
    desk.at(date(2026, 12, 20))
    Death(desk, 4).told()
    desk.at(date(2026, 12, 23))
    back = desk.pay(two, 1_030_000)
    desk.booked(back, desk.pay(three, 1_000_000), desk.pay(five, 1_030_000))
    desk.at(date(2026, 12, 24))
    desk.booked(desk.back(back))
    told = {
        ("all", "all", "all"): (5, 10_000_000, 1, 4_090_000, 2, 1_060_000),
        ("Tangerang", "all", "all"): (4, 8_000_000, 1, 4_090_000, 2, 1_060_000),
        ("Cipondoh", "all", "all"): (1, 2_000_000, 0, 0, 0, 0),
        ("all", "micro", "all"): (5, 10_000_000, 1, 4_090_000, 2, 1_060_000),
        ("all", "all", "P"): (4, 8_000_000, 1, 3_090_000, 1, 1_030_000),
        ("all", "all", "L"): (1, 2_000_000, 0, 1_000_000, 1, 30_000),
        ("Tangerang", "micro", "P"): (3, 6_000_000, 1, 3_090_000, 1, 1_030_000),
        ("Tangerang", "micro", "L"): (1, 2_000_000, 0, 1_000_000, 1, 30_000),
        ("Cipondoh", "micro", "P"): (1, 2_000_000, 0, 0, 0, 0),
    }
    assert figures(desk, 2026) == told
    desk.at(date(2027, 1, 25))
    desk.booked(desk.pay(five, 1_030_000))
    assert figures(desk, 2026) == told, "the year is as it was on its last day"
    assert figures(desk, 2027)["all", "all", "all"] == (0, 0, 1, 1_030_000, 2, 3_120_000)
    assert figures(desk, 2025) == {("all", "all", "all"): (0, 0, 0, 0, 0, 0)}


def test_nothing_is_in_arrears_by_days_that_no_file_covers(desk: Desk) -> None:
    loans = group(desk, 1, *((number, "36.71.01.1001", "P") for number in range(1, 6)))
    desk.at(loans[0].schedule[0].due_on)
    assert figures(desk, 2026)["all", "all", "all"] == (5, 10_000_000, 0, 0, 0, 0)
    desk.booked(until=desk.today)
    assert figures(desk, 2026)["all", "all", "all"] == (5, 10_000_000, 0, 0, 5, 10_300_000)
