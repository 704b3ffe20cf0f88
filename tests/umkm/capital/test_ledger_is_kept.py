"""The database itself keeps the ledger: nothing is changed, no balance leaves what was lent, no two add at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from chassis.jobs import lease, perform
from contracts import umkm as asked
from services.umkm.jobs import JOBS

from .desk import Desk, file_of

ENTRY = (
    "INSERT INTO capital_entry (loan_id, kind, rupiah, value_date, at, by) VALUES ('{}', '{}', {}, '{}', now(), 'x')"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE capital_entry SET rupiah = rupiah",
        "DELETE FROM capital_entry",
        "TRUNCATE capital_entry",
        "UPDATE instalment SET due_on = due_on + 1",
        "DELETE FROM instalment",
        "UPDATE capital_terms SET note = 'x'",
    ],
)
def test_what_is_written_stays(desk: Desk, statement: str) -> None:
    desk.lent()
    with pytest.raises(DBAPIError, match="is append-only"):
        desk.office.run_sql(statement)


@pytest.mark.parametrize(
    ("kind", "rupiah", "why"),
    [
        ("paid", -2_060_001, "ck_loan_balance_owed"),
        ("reversed", 1, "ck_capital_entry_reversal"),
        ("paid", 1, "ck_capital_entry_sign"),
        ("disbursed", -1, "ck_capital_entry_sign"),
        ("gift", -1, "ck_capital_entry_sign"),
    ],
)
def test_a_balance_stays_between_nothing_and_what_was_lent(desk: Desk, kind: str, rupiah: int, why: str) -> None:
    _, (loan, *_) = desk.lent()
    with pytest.raises(DBAPIError, match=why):
        desk.office.run_sql(ENTRY.format(loan.id, kind, rupiah, desk.today))
    desk.office.run_sql(ENTRY.format(loan.id, "paid", -2_060_000, desk.today))


def test_what_came_back_is_not_more_than_was_paid_and_comes_back_once(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    back = (
        "INSERT INTO capital_entry (loan_id, kind, rupiah, value_date, transaction, part, reverses, at, by)"
        f" VALUES ('{loan.id}', 'reversed', 1, '{desk.today}', '{{}}', 0, 1, now(), 'x')"
    )
    with pytest.raises(DBAPIError, match="ck_loan_balance_owed"):
        desk.office.run_sql(back.format("T1"))
    desk.office.run_sql(ENTRY.format(loan.id, "paid", -2, desk.today))
    desk.office.run_sql(back.format("T1"))
    with pytest.raises(DBAPIError, match="uq_capital_entry_reverses"):
        desk.office.run_sql(back.format("T2"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE loan_balance SET owed = 0",
        "DELETE FROM loan_balance",
        "TRUNCATE loan_balance",
        "INSERT INTO loan_balance SELECT id, 1, 1 FROM loan",
    ],
)
def test_a_balance_follows_from_the_ledger_alone(desk: Desk, statement: str) -> None:
    desk.lent()
    with pytest.raises(DBAPIError, match="follows from capital_entry"):
        desk.office.run_sql(statement)


def test_a_payment_of_a_loan_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(DBAPIError, match="no such loan"):
        desk.office.run_sql(ENTRY.format("00000000-0000-0000-0000-000000000001", "paid", -1, desk.today))


def test_two_who_add_at_once_do_not_overdraw(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()

    def paid(_: int) -> bool:
        try:
            desk.office.run_sql(ENTRY.format(loan.id, "paid", -2_060_000, desk.today))
        except DBAPIError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(paid, range(6))) == 1


def test_files_with_the_same_lines_booked_at_once_count_once(desk: Desk) -> None:
    _, loans = desk.lent()
    lines = [desk.pay(one, 1_000) for one in loans]
    files = [desk.take(file_of(f"F{number}", desk.today, desk.today, *lines)) for number in range(4)]
    timers = [lease(desk.office.runtime, tuple(JOBS)) for _ in files]

    def book(timer: Any) -> None:
        perform(desk.office.runtime, JOBS[timer.kind], timer)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(book, timers))
    booked = [desk.office.ask(asked.GetBankFile(bank_file_id=one.id)) for one in files]
    assert sorted((one.booked, one.already) for one in booked) == [(0, 5)] * 3 + [(5, 0)]
    assert {desk.loan(one.id).owed_rupiah for one in loans} == {2_059_000}


def test_a_file_sent_by_two_at_once_is_one(desk: Desk) -> None:
    content = desk.file()
    with ThreadPoolExecutor(4) as pool:
        assert len({one.id for one in pool.map(lambda _: desk.take(content), range(4))}) == 1


def test_a_line_that_two_people_book_at_once_is_booked_once(desk: Desk) -> None:
    _, (loan, other, *_) = desk.lent()
    desk.booked(f"P;T1;UNKNOWN;{desk.today};206000")
    (line,) = desk.waiting()

    def settled(number: int) -> bool:
        try:
            return bool(desk.settle(line, "book", loan_id=(loan, other)[number % 2].id))
        except asked.NothingWaits:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(settled, range(4))) == 1
    assert desk.loan(loan.id).owed_rupiah + desk.loan(other.id).owed_rupiah == 2 * 2_060_000 - 206_000
