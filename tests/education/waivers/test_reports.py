"""Figures of a term: sums that add up, and small counts that nobody can work out."""

from __future__ import annotations

import csv
import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from contracts import education as asked
from services.education.domain.suppression import LEAST, hidden, sum_is_shown
from tests.education.office import OFFICER, ONE, TWO

from .desk import YEAR, Desk

TERM = {"school_year": YEAR, "term": 1}


def filled(desk: Desk) -> None:
    """Six children at one school, one at another of the same kecamatan; a month is paid."""
    for npsn, numbers in ((ONE, range(1, 7)), (TWO, [11])):
        pupils = desk.enrol(*numbers, npsn=npsn)
        desk.attest(npsn)
        desk.grant(*pupils)
        desk.confirm("2026-08-01", npsn)
        desk.claim("2026-08-01", "2026-08-01", npsn)
    desk.budget(50_000_000)
    desk.accounts()
    desk.pay_all()


def test_rows_add_up(desk: Desk) -> None:
    filled(desk)
    reply = desk.ask(asked.GetWaiverReport, **TERM)
    rows = list(csv.DictReader(io.StringIO(reply.content.decode())))
    assert [(row["kecamatan"], row["npsn"]) for row in rows] == [
        ("all", "all"),
        ("Tangerang", "all"),
        ("Tangerang", ONE),
        ("Tangerang", TWO),
    ]
    city = {name: int(rows[0][name]) for name in ("applications", "granted", "waivers", "pupil_months", "due", "paid")}
    due = 7 * 166_667
    assert city == dict(applications=7, granted=7, waivers=7, pupil_months=7, due=due, paid=due)
    for name, value in city.items():
        assert value == sum(int(row[name]) for row in rows[2:])
    book = openpyxl.load_workbook(io.BytesIO(desk.ask(asked.GetWaiverWorkbook, **TERM).content))
    sheet = book["pembebasan"]
    assert [cell.value for cell in sheet[2]][-1] == due
    assert {row[0].value for row in book["definisi"].iter_rows()} == {cell.value for cell in sheet[1]} - {
        "programme",
        "kecamatan_code",
        "kecamatan",
        "npsn",
        "school",
    }


def test_a_name_is_never_a_formula(desk: Desk) -> None:
    school = {"npsn": ONE, "name": "=1+1 SD", "level": "SD", "ownership": "private", "kecamatan_code": "36.71.01"}
    desk.ask(asked.ImportSchools, schools=[school])
    filled(desk)
    content = desk.ask(asked.GetWaiverReport, **TERM).content.decode()
    assert [row["school"] for row in csv.DictReader(io.StringIO(content)) if row["npsn"] == ONE] == ["'=1+1 SD"]
    book = openpyxl.load_workbook(io.BytesIO(desk.ask(asked.GetWaiverWorkbook, **TERM).content))
    cell = next(row[4] for row in book["pembebasan"].iter_rows() if row[3].value == ONE)
    assert (cell.value, cell.data_type) == ("=1+1 SD", "s")


def test_what_everybody_may_see(desk: Desk) -> None:
    filled(desk)
    figures = desk.ask(asked.ListWaiverFigures, **TERM)
    assert [(one.kecamatan_code, one.children, one.paid_rupiah) for one in figures.items] == [
        ("all", 7, 7 * 166_667),
        ("36.71.01", 7, 7 * 166_667),
    ]


def test_fewer_than_five_are_not_shown(desk: Desk) -> None:
    pupils = desk.enrol(1)
    desk.attest()
    desk.grant(*pupils)
    figures = desk.ask(asked.ListWaiverFigures, **TERM)
    assert [(one.children, one.paid_rupiah) for one in figures.items] == [(None, None), (None, None)]


def test_what_was_paid_for_a_few_is_not_shown_when_they_have_gone(desk: Desk) -> None:
    pupils = desk.enrol(1, 2)
    desk.attest()
    desk.grant(*pupils)
    desk.confirm("2026-08-01")
    desk.claim("2026-08-01", "2026-08-01")
    desk.budget(50_000_000)
    desk.accounts()
    desk.pay_all()
    for waiver in desk.ask(asked.ListWaivers, OFFICER).items:
        end = {"waiver_id": waiver.id, "ends_on": "2026-11-01", "reason": "left_city", "note": "pindah"}
        desk.ask(asked.EndWaiver, OFFICER, **end)
    figures = desk.ask(asked.ListWaiverFigures, **TERM)
    assert [(one.children, one.paid_rupiah) for one in figures.items] == [(None, None), (None, None)]


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=13))
def test_nothing_small_can_be_worked_out(counts: dict[str, int]) -> None:
    cells = hidden(counts)
    assert all(name in cells for name, count in counts.items() if 0 < count < LEAST)
    if cells and sum_is_shown(counts, cells):
        left = sum(counts.values()) - sum(count for name, count in counts.items() if name not in cells)
        assert left >= LEAST and len(cells) >= 2, "what is left is the sum of several cells, and no small one"
    assert not {name for name in cells if counts[name] == 0}
