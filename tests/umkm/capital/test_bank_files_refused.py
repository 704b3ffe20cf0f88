"""Files that can't be what the bank has sent, or not all of it; days that no file covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chassis.storage import Storage
from contracts import umkm as asked
from contracts.problems import InvalidRequest
from services.umkm.domain.capital.bank_file import MOST_LINES
from services.umkm.handlers.capital.booking import coverage

from .desk import Desk, file_of
from .test_bank_files import owed


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "head"),
        (b"reference;rupiah\r\n1;2\r\n", "head"),
        (file_of("1", date(2026, 11, 20), date(2026, 11, 20), bank="014"), "other_bank"),
        (file_of("1", date(2026, 11, 24), date(2026, 11, 24)), "days"),
        (file_of("1", date(2026, 11, 21), date(2026, 11, 20)), "days"),
        (file_of("1/;", date(2026, 11, 20), date(2026, 11, 20)), "head"),
        (file_of("1", date(2026, 11, 20), date(2026, 11, 20)).partition(b"T;")[0], "cut_off"),
        (file_of("1", date(2026, 11, 20), date(2026, 11, 20), digest="0" * 64), "checksum"),
        (file_of("1", date(2026, 11, 20), date(2026, 11, 20)).replace(b"11-20\r", b"11-22\r"), "checksum"),
        (b"H;110;1;2026-W47-5;2026-11-20\r\nT;0;0;x\r\n", "head"),
    ],
)
def test_a_file_that_can_not_be_the_banks_is_refused_at_once(desk: Desk, content: bytes, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        desk.take(content)
    assert refused.value.data.errors[0].code == code
    assert desk.office.rows("SELECT * FROM bank_file") == []


def test_a_number_is_booked_once(desk: Desk) -> None:
    day = date(2026, 11, 20)
    desk.book(desk.take(file_of("0001", day, day)))
    with pytest.raises(asked.BankFileTaken):
        desk.take(file_of("0001", day, day + timedelta(days=1)))


@pytest.mark.parametrize(("wrong", "code"), [({"count": 2}, "count"), ({"rupiah": 1}, "sum")])
def test_a_file_that_counts_wrongly_is_refused_whole_and_may_come_again(
    desk: Desk, wrong: dict[str, int], code: str
) -> None:
    _, (loan, *_) = desk.lent()
    day, line = desk.today, desk.pay(loan, 206_000)
    file = desk.book(desk.take(file_of("0001", day, day, line, **wrong)))
    assert (file.state, file.fault.code, file.booked) == ("refused", code, 0)
    assert file.fault.problem_id != file.fault.problem
    assert owed(desk, loan) == [2_060_000] and desk.office.rows("SELECT * FROM bank_line") == []
    assert desk.book(desk.take(file_of("0001", day, day, line))).state == "booked"


def test_a_file_that_could_not_be_booked_may_be_sent_again(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    content = desk.file(desk.pay(loan, 206_000))
    sent = desk.take(content)
    (row,) = desk.office.rows("SELECT file_key FROM bank_file")
    Storage.from_environment().remove(row.file_key)
    gone = desk.book(sent)
    assert (gone.state, gone.fault.code) == ("refused", "gone")
    again = desk.take(content)
    assert (again.id, again.state, again.fault) == (gone.id, "received", None)
    assert desk.book(again).state == "booked"
    assert owed(desk, loan) == [1_854_000]


def test_a_file_of_nothing_but_line_ends_is_refused_before_it_fills_the_memory(desk: Desk) -> None:
    with pytest.raises(InvalidRequest) as refused:
        desk.take(b"\n" * (MOST_LINES + 200))
    assert refused.value.data.errors[0].code == "too_many_lines"


def test_days_without_a_file_are_a_gap_unless_no_bank_books_on_them() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert coverage([]) is None
    assert coverage([(friday, friday)]) == friday
    assert coverage([(friday, friday), (monday, monday)]) == monday
    tuesday, wednesday = date(2026, 11, 24), date(2026, 11, 25)
    assert coverage([(friday, friday), (tuesday, wednesday)]) == friday
    assert coverage([(friday, friday), (monday, monday), (tuesday, wednesday)]) == wednesday
    assert coverage([(friday, wednesday), (monday, monday)]) == wednesday
