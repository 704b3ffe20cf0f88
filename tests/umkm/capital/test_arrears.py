"""Arrears by the bank's files and value dates; cover, recourse, a death and its correction."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from contracts import umkm as asked
from contracts.hearse import DeathCorrected, DeathRecorded
from tests.umkm.office import nik

from .desk import Desk, file_of


def state(desk: Desk, loan: Any) -> str:
    """Now."""
    return str(desk.loan(loan.id).state)


def due(loan: Any, number: int = 1) -> date:
    """Of an instalment."""
    day: date = loan.schedule[number - 1].due_on
    return day


def bodies(desk: Desk, name: str) -> list[Any]:
    """Of the events of this name, in order."""
    rows = desk.office.rows("SELECT body FROM outbox WHERE type = :type ORDER BY seq", type=f"umkm.{name}.v1")
    return [json.loads(row.body) for row in rows]


def test_nobody_is_in_arrears_before_the_file_that_covers_the_day(desk: Desk) -> None:
    group, (late, *others) = desk.lent()
    desk.at(due(late))
    desk.booked(*(desk.pay(one, 206_000) for one in others), until=due(late) - timedelta(days=1))
    desk.at(due(late) + timedelta(days=5))
    assert state(desk, late) == "repaying", "the bank has not told of that day yet"
    file = desk.booked(until=due(late))
    assert file.state == "booked"
    assert [state(desk, one) for one in (late, *others)] == ["arrears", *["repaying"] * 4]
    (told,) = bodies(desk, "arrears-raised")
    assert (len(told["others"]), told["rupiah"], told["until"]) == (4, 206_000, str(due(late)))
    shown = desk.office.ask(asked.GetGroup(group_id=group.id))
    assert [one.arrears_rupiah for one in shown.members] == [206_000, 0, 0, 0, 0]
    desk.booked(desk.pay(late, 205_999))
    assert state(desk, late) == "arrears"
    desk.booked(desk.pay(late, 1))
    assert state(desk, late) == "repaying"
    assert desk.office.events("arrears") == ["arrears-raised", "arrears-cleared"]


def test_a_late_file_with_a_timely_value_date_is_timely(desk: Desk) -> None:
    _, (loan, *_) = desk.lent(months=1)
    desk.at(due(loan))
    desk.booked()
    assert state(desk, loan) == "arrears"
    paid_on = due(loan)
    desk.at(due(loan) + timedelta(days=3))
    desk.booked(desk.pay(loan, 2_060_000, on=paid_on))
    shown = desk.loan(loan.id)
    assert (shown.state, shown.timely, shown.settled_on) == ("settled", True, paid_on)


def test_a_gap_in_the_files_raises_no_arrears_until_it_is_filled(desk: Desk) -> None:
    _, (loan, *_) = desk.lent(months=1)
    desk.booked()
    late = desk.file(until=due(loan) - timedelta(days=2)) if desk.at(due(loan)) is None else b""
    desk.booked()
    assert state(desk, loan) == "repaying"
    desk.book(desk.take(late))
    assert state(desk, loan) == "arrears"


def test_a_file_of_before_the_first_one_takes_no_arrears_back(desk: Desk) -> None:
    _, (loan, *_) = desk.lent(months=1)
    desk.at(due(loan))
    desk.book(desk.take(file_of("0900", due(loan), due(loan))))
    assert state(desk, loan) == "arrears"
    old = due(loan) - timedelta(days=20)
    desk.book(desk.take(file_of("0001", old, old, desk.pay(loan, 1_000, on=old))))
    shown = desk.loan(loan.id)
    assert (shown.state, shown.arrears_rupiah, shown.covered_until) == ("arrears", 2_059_000, due(loan))


def test_the_group_may_cover_and_the_covered_has_no_ladder(desk: Desk) -> None:
    _, (absent, payer, *_) = desk.lent(months=1)
    desk.at(due(absent))
    file = desk.booked(desk.pay(payer, 2_060_000), desk.cover(absent, payer, 2_060_000))
    assert (file.booked, file.waiting) == (2, 0)
    covered = desk.loan(absent.id)
    assert (covered.state, covered.timely, covered.covered_by_others_rupiah) == ("settled", False, 2_060_000)
    assert desk.loan(payer.id).timely is True
    entries = desk.office.ask(asked.ListCapitalEntries(loan_id=absent.id)).items
    assert [(str(one.kind), one.rupiah) for one in entries] == [
        ("disbursed", 2_000_000),
        ("fee", 60_000),
        ("covered", -2_060_000),
    ]
    assert entries[-1].payer_loan_id == payer.id


def test_who_may_cover_whom(desk: Desk) -> None:
    _, (loan, payer, *_) = desk.lent()
    _, (stranger, *_) = desk.lent(first=11)
    file = desk.booked(desk.cover(loan, stranger, 1_000), desk.cover(loan, loan, 2_000), desk.cover(loan, payer, 3_000))
    assert (file.booked, file.waiting) == (1, 2)
    other, own = desk.waiting()
    assert [str(one.problem) for one in (other, own)] == ["other_group", "own_loan"]
    for payer_loan, why in ((stranger, "other_group"), (loan, "own_loan")):
        with pytest.raises(asked.NotSettleable) as refused:
            desk.settle(other, "cover", loan_id=loan.id, payer_loan_id=payer_loan.id)
        assert refused.value.data.extra["why"] == why
    desk.settle(other, "cover", loan_id=loan.id, payer_loan_id=payer.id)
    assert desk.loan(loan.id).covered_by_others_rupiah == 4_000


def test_a_member_who_disappears_takes_nobody_along(desk: Desk) -> None:
    _, (gone, *others) = desk.lent(months=1)
    marked = desk.office.ask(asked.MarkRecourse(loan_id=gone.id, reason="rumah kosong, tetangga tidak tahu"))
    assert marked.state == "in_recourse"
    desk.at(due(gone))
    desk.booked(*(desk.pay(one, 2_060_000) for one in others))
    assert [desk.loan(one.id).timely for one in others] == [True] * 4
    assert (state(desk, gone), desk.loan(gone.id).arrears_rupiah) == ("in_recourse", 2_060_000)
    assert "arrears-raised" not in desk.office.events()
    ladder = desk.office.ask(asked.GetLadder(business_id=others[0].business_id))
    assert (ladder.step, ladder.missing) == (2, ())
    back = desk.office.ask(asked.LiftRecourse(loan_id=gone.id, reason="datang ke dinas"))
    assert back.state == "arrears", "as it stands by the bank's files"
    desk.office.ask(asked.MarkRecourse(loan_id=gone.id, reason="pergi lagi"))
    desk.office.later(days=1)
    desk.booked(desk.pay(gone, 2_060_000))
    assert (state(desk, gone), desk.loan(gone.id).timely) == ("settled", False)


MISTAKE = {"reason": "kekeliruan pencatatan", "previous_died_on": date(2026, 11, 23)}


class Death:
    """Of the owner of this number, as told by the hearse service."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk, self.booking = desk, uuid.uuid4()
        self.key = desk.office.runtime.person_keys.person_key(nik(number))

    def told(self, revision: int = 1) -> None:
        """Recorded."""
        event = DeathRecorded(booking_id=self.booking, person_key=self.key, died_on=self._desk.today, revision=revision)
        self._desk.office.tell(event, "mark_death")

    def taken_back(self, revision: int = 2) -> None:
        """It was a mistake."""
        event = DeathCorrected(booking_id=self.booking, person_key=self.key, died_on=None, revision=revision, **MISTAKE)
        self._desk.office.tell(event, "mark_death")


def test_a_death_freezes_and_a_correction_thaws(desk: Desk) -> None:
    group, (loan, payer, *_) = desk.lent()
    death = Death(desk, 1)
    death.told()
    death.told()
    assert (state(desk, loan), state(desk, payer)) == ("frozen", "repaying")
    (told,) = bodies(desk, "loan-frozen")
    assert len(told["others"]) == 4
    assert len(desk.office.ask(asked.ListOwnerTasks()).items) == 1
    desk.at(due(loan))
    desk.booked(desk.cover(loan, payer, 206_000))
    assert state(desk, loan) == "frozen"
    assert [str(one.problem) for one in desk.waiting()] == ["frozen"], "a frozen share is never called"
    assert desk.office.ask(asked.GetGroup(group_id=group.id)).members[0].arrears_rupiah == 0
    arrears = bodies(desk, "arrears-raised")
    assert str(loan.id) not in [one["loan_id"] for one in arrears] and len(arrears) == 4
    desk.booked(desk.pay(loan, 100_000))
    assert (state(desk, loan), desk.loan(loan.id).owed_rupiah) == ("frozen", 1_960_000), "what the family pays counts"
    death.taken_back()
    assert state(desk, loan) == "arrears", "as the bank's files say by now"
    assert desk.office.ask(asked.ListOwnerTasks()).items == ()


def test_a_correction_that_comes_before_the_death_keeps_it_from_freezing(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    death = Death(desk, 1)
    death.taken_back(revision=2)
    death.told(revision=1)
    assert state(desk, loan) == "repaying"


def test_a_correction_to_another_person_thaws_one_and_freezes_the_other(desk: Desk) -> None:
    _, (first, second, *_) = desk.lent()
    death = Death(desk, 1)
    death.told()
    other = DeathCorrected(
        booking_id=death.booking,
        person_key=desk.office.runtime.person_keys.person_key(nik(2)),
        died_on=desk.today,
        revision=2,
        **MISTAKE,
    )
    desk.office.tell(other, "mark_death")
    assert (state(desk, first), state(desk, second)) == ("repaying", "frozen")


def test_two_records_of_one_death_thaw_with_the_last(desk: Desk) -> None:
    _, (loan, *_) = desk.lent()
    one, two = Death(desk, 1), Death(desk, 1)
    one.told()
    two.told()
    one.taken_back()
    assert state(desk, loan) == "frozen"
    two.taken_back()
    assert state(desk, loan) == "repaying"


def test_a_death_before_the_money_bars_the_payout_until_the_office_takes_the_member_out(desk: Desk) -> None:
    group = desk.approved(desk.borrowers(count=6))
    Death(desk, 2).told()
    with pytest.raises(asked.LoanWrongState):
        desk.disburse(group)
    assert desk.office.rows("SELECT * FROM capital_entry") == []
    left = desk.office.ask(asked.LeaveGroup(loan_id=group.members[1].loan_id))
    assert left.state == "approved"
    assert desk.disburse(left).state == "active"
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(desk.office.ask(asked.GetBusiness(business_id=group.members[1].business_id)))
    assert refused.value.data.extra["why"] == "deceased"


def test_a_payment_that_comes_back_after_a_death_calls_nobody(desk: Desk) -> None:
    _, (loan, *_) = desk.lent(months=1)
    paid = desk.pay(loan, 2_060_000)
    desk.booked(paid)
    death = Death(desk, 1)
    death.told()
    assert state(desk, loan) == "settled"
    desk.at(due(loan))
    desk.booked(desk.back(paid))
    assert state(desk, loan) == "frozen"
    assert (len(bodies(desk, "loan-reopened")), len(bodies(desk, "loan-frozen"))) == (1, 1)
    assert str(loan.id) not in {one["loan_id"] for one in bodies(desk, "arrears-raised")}
    death.taken_back()
    assert state(desk, loan) == "arrears", "as it stands by the bank's files"
