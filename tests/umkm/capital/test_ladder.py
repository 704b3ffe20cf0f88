"""From a group of five to the next step of the ladder."""

from __future__ import annotations

from datetime import date

import pytest

from contracts import umkm as asked
from contracts.problems import InvalidRequest

from .desk import Desk


def test_from_five_owners_to_the_next_step(desk: Desk) -> None:
    businesses = desk.borrowers()
    group = desk.formed(businesses)
    assert (group.state, len(group.members), group.terms) == ("forming", 5, 1)
    group = desk.office.ask(asked.SubmitGroup(group_id=group.id))
    assert group.state == "office_check" and group.due_at is not None
    for one in group.members:
        group = desk.papers(one)
    assert group.state == "bank_check"
    for one in group.members:
        group = desk.credit(one)
    assert group.state == "approved"
    group = desk.disburse(group)
    assert (group.state, group.disbursed_on) == ("active", date(2026, 11, 23))
    loans = desk.loans(group)
    first = loans[0]
    assert (first.owed_rupiah, first.administration_rupiah) == (2_060_000, 60_000)
    assert [one.rupiah for one in first.schedule] == [206_000] * 10
    assert first.schedule[0].due_on == date(2026, 12, 23)
    for number in range(10):
        due = first.schedule[number].due_on
        desk.at(due)
        file = desk.booked(*(desk.pay(one, 206_000) for one in loans))
        assert (file.state, file.booked, file.waiting, file.booked_rupiah) == ("booked", 5, 0, 1_030_000)
    loans = desk.loans(group)
    assert {(one.state, one.owed_rupiah, one.timely) for one in loans} == {("settled", 0, True)}
    assert desk.office.ask(asked.GetGroup(group_id=group.id)).state == "settled"
    ladder = desk.office.ask(asked.GetLadder(business_id=businesses[0].id))
    assert (ladder.step, ladder.most_rupiah, ladder.missing) == (2, 5_000_000, ())
    again = desk.form(businesses[0], 5_000_000)
    assert again.members[0].step == 2
    assert desk.office.events("loan-settled") == ["loan-settled"] * 5


def test_the_next_step_is_not_open_to_whoever_paid_a_day_late(desk: Desk) -> None:
    _, loans = desk.lent(months=1)
    due = loans[0].schedule[0].due_on
    desk.at(due)
    desk.booked(*(desk.pay(one, 2_060_000) for one in loans[1:]))
    late = desk.loan(loans[0].id)
    assert (late.state, late.arrears_rupiah) == ("arrears", 2_060_000)
    desk.at(date(2026, 12, 24))
    desk.booked(desk.pay(loans[0], 2_060_000))
    assert desk.loan(loans[0].id).timely is False
    business = desk.office.ask(asked.GetLoan(loan_id=loans[0].id)).business_id
    ladder = desk.office.ask(asked.GetLadder(business_id=business))
    assert (ladder.step, ladder.most_rupiah) == (1, 2_000_000)
    with pytest.raises(InvalidRequest):
        desk.form(desk.office.ask(asked.GetBusiness(business_id=business)), 5_000_000)
    assert desk.loan(loans[1].id).timely is True
