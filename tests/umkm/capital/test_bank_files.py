"""What the bank sends is booked once, whatever it is; what can't be booked waits for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import umkm as asked

from .desk import Desk


def owed(desk: Desk, *loans: Any) -> list[int]:
    """Of each, now."""
    return [desk.loan(one.id).owed_rupiah for one in loans]


def test_a_partial_payment_counts_for_the_oldest_instalment(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    file = desk.booked(desk.pay(loan, 250_000))
    assert (file.booked, file.booked_rupiah) == (1, 250_000)
    shown = desk.loan(loan.id)
    assert [one.paid_rupiah for one in shown.schedule][:3] == [206_000, 44_000, 0]
    assert (shown.owed_rupiah, shown.state) == (1_810_000, "repaying")


def test_one_rupiah_less_is_owed_and_one_more_waits(desk: Desk) -> None:
    _, (less, more, *_) = desk.lent()
    file = desk.booked(desk.pay(less, 2_059_999), desk.pay(more, 2_060_001))
    assert (file.booked, file.waiting, file.booked_rupiah) == (1, 1, 4_119_999)
    assert owed(desk, less, more) == [1, 0]
    (line,) = desk.waiting()
    assert (line.problem, line.waiting_rupiah, line.booked_rupiah) == ("overpaid", 1, 2_060_000)
    assert desk.loan(more.id).state == "settled"
    closed = desk.settle(line, "return")
    assert (closed.state, closed.settlement, closed.waiting_rupiah) == ("closed", "return", 0)
    with pytest.raises(asked.NothingWaits):
        desk.settle(line, "return")


def test_two_payments_of_one_file_are_not_more_than_is_owed(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    file = desk.booked(desk.pay(loan, 2_000_000), desk.pay(loan, 100_000), desk.pay(loan, 5))
    assert (file.booked, file.waiting, file.booked_rupiah) == (1, 2, 2_060_000)
    assert [one.waiting_rupiah for one in desk.waiting()] == [40_000, 5]
    assert owed(desk, loan) == [0]


def test_an_unknown_reference_waits_and_a_person_books_it(desk: Desk) -> None:
    _, (loan, other, *_) = desk.lent()
    mistyped = f"P;T1;{loan.reference[:-2]}{(int(loan.reference[-2]) + 1) % 10}{loan.reference[-1]};{desk.today};206000"
    file = desk.booked(mistyped, f"P;T2;OTHER-1;{desk.today};5000", desk.pay(other, 206_000))
    assert (file.booked, file.waiting) == (1, 2)
    first, second = desk.waiting()
    assert {(one.problem, one.mistyped) for one in (first, second)} == {("unknown_reference", True)}
    assert desk.waiting(problem="overpaid") == []
    booked = desk.settle(first, "book", loan_id=loan.id)
    assert (booked.state, booked.booked_rupiah, booked.loan_id) == ("closed", 206_000, loan.id)
    assert owed(desk, loan, other) == [1_854_000, 1_854_000]
    desk.settle(second, "dismiss")
    assert desk.waiting() == []


def test_the_same_file_twice_and_the_same_lines_in_another_file_count_once(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    line = desk.pay(loan, 206_000)
    content = desk.file(line)
    first = desk.book(desk.take(content))
    assert desk.take(content).id == first.id
    again = desk.booked(line, desk.pay(loan, 1_000))
    assert (again.booked, again.already, again.waiting) == (1, 1, 0)
    twice = desk.pay(loan, 2_000)
    within = desk.booked(twice, twice)
    assert (within.booked, within.already) == (1, 1)
    assert owed(desk, loan) == [2_060_000 - 209_000]


def test_a_transaction_with_another_sum_waits(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    desk.booked(desk.pay(loan, 206_000, transaction="T1"))
    file = desk.booked(desk.pay(loan, 206_001, transaction="T1"))
    assert (file.booked, file.waiting) == (0, 1)
    within = desk.booked(desk.pay(loan, 7, transaction="T2"), desk.pay(loan, 8, transaction="T2"))
    assert (within.booked, within.waiting, within.booked_rupiah) == (1, 1, 7)
    assert {one.problem for one in desk.waiting()} == {"other_sum"}
    assert owed(desk, loan) == [2_060_000 - 206_007]


def test_one_bad_line_waits_as_it_was_sent_and_the_others_are_booked(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    bad = f"P;T9;{loan.reference};{desk.today};2O6.000"
    file = desk.booked(desk.pay(loan, 206_000), bad, desk.pay(loan, 1))
    assert (file.state, file.booked, file.waiting) == ("booked", 2, 1)
    (line,) = desk.waiting()
    assert (line.kind, line.problem, line.as_sent, line.rupiah) == ("unreadable", "unreadable", bad, 0)
    assert bad not in str(desk.office.rows("SELECT sent FROM bank_line")), "people write names into such lines"
    with pytest.raises(asked.NotSettleable) as refused:
        desk.settle(line, "book", loan_id=loan.id)
    assert refused.value.data.extra["why"] == "no_money"
    assert desk.settle(line, "dismiss").state == "closed"


def test_a_payment_that_comes_back_is_owed_again(desk: Desk) -> None:
    group, (loan, *others) = desk.lent(months=1)
    line = desk.pay(loan, 2_060_000)
    desk.booked(line, *(desk.pay(one, 2_060_000) for one in others))
    assert (desk.loan(loan.id).state, desk.loan(loan.id).timely) == ("settled", True)
    desk.office.later(days=1)
    file = desk.booked(desk.back(line))
    assert (file.booked, file.booked_rupiah) == (1, -2_060_000)
    shown = desk.loan(loan.id)
    assert (shown.state, shown.owed_rupiah, shown.settled_on, shown.timely) == ("repaying", 2_060_000, None, None)
    assert desk.office.ask(asked.GetGroup(group_id=group.id)).state == "active"
    assert desk.office.events("loan-reopened") == ["loan-reopened"]
    again = desk.booked(desk.back(line))
    assert (again.booked, [one.problem for one in desk.waiting()]) == (0, ["reversed_before"])


def test_a_payment_that_came_back_never_was_timely(desk: Desk) -> None:
    _, (loan, *_) = desk.lent(months=1)
    desk.at(loan.schedule[0].due_on)
    line = desk.pay(loan, 2_060_000)
    desk.booked(line)
    assert desk.loan(loan.id).timely is True
    desk.office.later(days=1)
    desk.booked(desk.back(line), desk.pay(loan, 2_060_000))
    shown = desk.loan(loan.id)
    assert (shown.state, shown.timely) == ("settled", False)


def test_a_cover_that_came_back_is_no_cover_any_more(desk: Desk) -> None:
    _, (loan, payer, *_) = desk.lent(months=1)
    line = desk.cover(loan, payer, 1_000)
    desk.booked(line)
    desk.booked(desk.back(line), desk.pay(loan, 2_060_000))
    shown = desk.loan(loan.id)
    assert (shown.covered_by_others_rupiah, shown.state, shown.timely) == (0, "settled", True)


def test_a_line_that_waits_and_is_told_again_waits_once(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    tomorrow = desk.pay(loan, 206_000, on=desk.today + timedelta(days=1))
    desk.booked(tomorrow)
    with pytest.raises(asked.NotSettleable) as refused:
        desk.settle(desk.waiting()[0], "book", loan_id=loan.id)
    assert refused.value.data.extra["why"] == "future"
    desk.office.later(days=1)
    again = desk.booked(tomorrow)
    assert (again.already, again.booked, len(desk.waiting())) == (1, 0, 1), "a person books it, once"
    desk.settle(desk.waiting()[0], "book", loan_id=loan.id)
    assert desk.booked(tomorrow).already == 1
    assert owed(desk, loan) == [1_854_000]


def test_what_a_person_booked_comes_back_too(desk: Desk) -> None:
    _, (loan, other, *_) = desk.lent()
    line = desk.pay(loan, 2_060_000 + 5_000)
    desk.booked(line)
    desk.settle(desk.waiting()[0], "book", loan_id=other.id)
    assert owed(desk, loan, other) == [0, 2_055_000]
    file = desk.booked(desk.back(line))
    assert (file.booked, file.booked_rupiah) == (1, -2_065_000)
    assert owed(desk, loan, other) == [2_060_000, 2_060_000]


def test_reversals_and_payments_of_one_file_in_any_order(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    first = desk.pay(loan, 2_060_000)
    desk.booked(first)
    second = desk.pay(loan, 2_060_000)
    third = desk.pay(loan, 60_000)
    file = desk.booked(second, desk.back(first), desk.back(third), third)
    assert (file.booked, file.waiting) == (4, 0), "nothing was left to book of the third, and it came back"
    assert owed(desk, loan) == [0]


def test_what_came_back_but_can_not(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    line = desk.pay(loan, 206_000)
    desk.booked(line)
    desk.booked(desk.back(line, 206_001), f"R;X1;NEVER-SEEN;{desk.today};206000", desk.back("R;X1;;;206000"))
    assert sorted(str(one.problem) for one in desk.waiting()) == [
        "other_sum",
        "unknown_transaction",
        "unknown_transaction",
    ]
    assert owed(desk, loan) == [1_854_000]
    for one in desk.waiting():
        with pytest.raises(asked.NotSettleable):
            desk.settle(one, "book", loan_id=loan.id)


def test_a_value_date_of_tomorrow_or_before_the_loan_waits(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    tomorrow, before = desk.today + timedelta(days=1), desk.today - timedelta(days=1)
    file = desk.booked(desk.pay(loan, 1, on=tomorrow), desk.pay(loan, 2, on=before))
    assert (file.booked, file.waiting) == (0, 2)
    assert [str(one.problem) for one in desk.waiting()] == ["future_value_date", "before_disbursement"]


def test_a_payment_that_comes_back_twice_in_one_file_comes_back_once(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    line = desk.pay(loan, 206_000)
    desk.booked(line)
    desk.office.later(days=1)
    file = desk.booked(desk.back(line), desk.back(line))
    assert (file.state, file.booked, file.waiting) == ("booked", 1, 1)
    assert [one.problem for one in desk.waiting()] == ["reversed_before"]
    assert desk.loan(loan.id).owed_rupiah == 2_060_000


def test_a_reversal_of_another_sum_that_is_told_again_waits_once(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    line = desk.pay(loan, 206_000)
    desk.booked(line)
    back = desk.back(line, 206_001)
    assert desk.booked(back).waiting == 1
    again = desk.booked(back)
    assert (again.booked, again.waiting, again.already) == (0, 0, 1)
    other = back.replace(";206001", ";205999")
    assert desk.booked(other).waiting == 1, "another content under a known transaction waits"
    assert desk.booked(back).already == 1, "as it was first told counts"
    assert len(desk.waiting()) == 2 and desk.loan(loan.id).owed_rupiah == 1_854_000
