"""Whatever changes afterwards, the ledger says what is due: transfers, withdrawals, corrections, deaths, mergers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from contracts import education as asked
from contracts.problems import InvalidRequest
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import MANAGER, OFFICER, ONE, TWO, operator

from .desk import TREASURER, Desk

MONTH = 166_667
"""August's twelfth of two million; each third month has a rupiah less."""


def ready(desk: Desk, *numbers: int) -> list[UUID]:
    """Granted, confirmed and approved for August and September."""
    pupils = desk.enrol(*numbers)
    desk.attest()
    desk.grant(*pupils)
    desk.confirm("2026-08-01")
    desk.confirm("2026-09-01")
    desk.claim("2026-08-01", "2026-09-01")
    return pupils


def moved(desk: Desk, number: int, on: str) -> None:
    """School two lists a child of school one, and confirms the transfer."""
    office = desk.office
    roster = office.preview(by_xlsxwriter(grid([child(number)])), TWO, effective_on=on)
    office.apply(roster, confirm_npsn=TWO)
    transfer = desk.ask(asked.ListTransfers, operator(TWO), npsn=TWO).items[0]
    desk.ask(asked.ConfirmTransfers, operator(TWO), transfer_ids=[transfer.id])


def kinds(desk: Desk, npsn: str = ONE) -> list[tuple[str, int]]:
    return [(one.kind, one.rupiah) for one in desk.ledger(npsn=npsn)]


@pytest.mark.parametrize(("first_day", "at_one", "at_two"), [("2026-09-15", 1, 1), ("2026-09-16", 2, 0)])
def test_a_transfer_splits_by_the_fifteenth(desk: Desk, first_day: str, at_one: int, at_two: int) -> None:
    ready(desk, 1)
    assert desk.balance() == 2 * MONTH
    moved(desk, 1, first_day)
    assert desk.balance() == at_one * MONTH
    assert desk.confirm("2026-09-01", TWO).confirmed == at_two
    if at_two:
        assert kinds(desk)[-1] == ("clawback", -MONTH)
        desk.claim("2026-09-01", "2026-09-01", TWO)
        assert desk.balance(TWO) == MONTH


def test_a_month_is_not_confirmed_by_two_schools(desk: Desk) -> None:
    (pupil,) = ready(desk, 1)
    desk.enrol(2, npsn=TWO)
    with pytest.raises(asked.ConfirmedElsewhere) as refused:
        desk.confirm("2026-09-01", TWO, only=[pupil])
    assert refused.value.data.extra == {"pupils": [str(pupil)]}


@pytest.mark.parametrize(
    ("last_day", "reason", "months"),
    [("2026-09-29", "moved_out", 1), ("2026-09-30", "moved_out", 2), ("2026-09-02", "deceased", 2)],
)
def test_leaving_within_a_month(desk: Desk, last_day: str, reason: str, months: int) -> None:
    (pupil,) = ready(desk, 1)
    desk.ask(asked.WithdrawPupil, OFFICER, pupil_id=pupil, reason=reason, last_day=last_day)
    assert desk.balance() == months * MONTH


def test_what_was_paid_is_owed_back_and_set_off(desk: Desk) -> None:
    pupils = ready(desk, 1, 2)
    desk.budget(50_000_000)
    desk.accounts()
    desk.pay_all()
    told = {"pupil_id": pupils[0], "programme": "bop", "month": "2026-08-01", "reason": "tidak hadir"}
    assert desk.ask(asked.CorrectMonth, operator(ONE), **told).claimed_back == MONTH
    assert desk.balance() == -MONTH
    assert desk.ask(asked.ListBudgets).items[0].receivable == MONTH
    with pytest.raises(asked.NothingToPay):
        desk.draft()
    desk.confirm("2026-10-01")
    desk.claim("2026-10-01", "2026-10-01")
    batch = desk.draft()
    assert batch.rupiah == 2 * 166_666 - MONTH, "October for two, less what is owed back"
    desk.export(batch)
    desk.pay(batch)
    assert desk.balance() == 0


def test_a_school_pays_back(desk: Desk) -> None:
    (pupil,) = ready(desk, 1)
    desk.budget(50_000_000)
    desk.accounts()
    desk.pay_all()
    desk.ask(asked.WithdrawPupil, OFFICER, pupil_id=pupil, reason="moved_out", last_day="2026-08-20")
    assert desk.balance() == -2 * MONTH
    back = {"npsn": ONE, "programme": "bop", "budget_year": 2026, "receipt_number": "STS 1", "paid_on": "2026-11-20"}
    with pytest.raises(asked.OwesLess):
        desk.ask(asked.RecordRepayment, TREASURER, rupiah=2 * MONTH + 1, **back)
    desk.ask(asked.RecordRepayment, TREASURER, rupiah=2 * MONTH, **back)
    with pytest.raises(InvalidRequest) as refused:
        desk.ask(asked.RecordRepayment, TREASURER, rupiah=1, **back)
    assert [(error.pointer, error.code) for error in refused.value.data.errors] == [("/receipt_number", "twice")]
    assert desk.balance() == 0


def test_the_quota_of_a_grade(desk: Desk) -> None:
    agreement = desk.ask(asked.ListAgreements, OFFICER, npsn=TWO).items[0]
    end = {"agreement_id": agreement.id, "reason": "kuota baru", "ends_on": "2026-07-01"}
    desk.ask(asked.EndAgreement, MANAGER, **end)
    desk.agree(TWO, quota=2)
    pupils = desk.enrol(1, 7, 13, npsn=TWO)  # one grade
    assert len({one.enrolment.grade for one in desk.office.pupils(TWO)}) == 1
    desk.attest(TWO)
    desk.grant(*pupils)
    assert desk.confirm("2026-08-01", TWO).over_quota == 1
    claim = desk.claim("2026-08-01", "2026-08-01", TWO)
    assert [(one.confirmed, one.quota, one.paid_for) for one in claim.lines] == [(3, 2, 2)]
    assert desk.balance(TWO) == claim.rupiah == 2 * MONTH
    first = next(one for one in desk.ledger(npsn=TWO) if one.rupiah > 0).pupil_id
    desk.ask(asked.WithdrawPupil, OFFICER, pupil_id=first, reason="moved_out", last_day="2026-08-20")
    assert desk.balance(TWO) == 2 * MONTH, "the next in line has the place"


def test_a_budget_cut_leaves_each_the_same_share(desk: Desk) -> None:
    for npsn, numbers in ((ONE, (1, 2, 3)), (TWO, (11,))):
        pupils = desk.enrol(*numbers, npsn=npsn)
        desk.attest(npsn)
        desk.grant(*pupils)
        desk.confirm("2026-08-01", npsn)
        desk.claim("2026-08-01", "2026-08-01", npsn)
    desk.accounts()
    desk.budget(100_000_000)
    cut = desk.budget(300_000)
    assert (cut.owed, cut.unfunded) == (4 * MONTH, 4 * MONTH - 300_000)
    batch = desk.draft()
    assert (batch.rupiah, batch.unfunded) == (300_000, 4 * MONTH - 300_000)
    lines = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=batch.id).items
    assert [one.rupiah for one in lines] == [225_000, 75_000]
    with pytest.raises(asked.BudgetTooLow):
        desk.budget(299_999)
    desk.export(batch)
    desk.pay(batch)
    desk.budget(1_000_000)
    assert desk.draft().rupiah == 4 * MONTH - 300_000, "the rest, when there is money again"


def test_two_budget_years(desk: Desk) -> None:
    pupils = desk.enrol(1)
    desk.attest()
    desk.grant(*pupils)
    desk.grant(*pupils, term=2)
    desk.office.now = desk.office.now.replace(year=2027, month=3)
    for month in ("2026-12-01", "2027-01-01", "2027-02-01"):
        desk.confirm(month)
    claim = desk.claim("2026-12-01", "2027-02-01")
    assert claim.pupil_months == 3
    assert (desk.balance(year=2026), desk.balance(year=2027)) == (166_667, 166_666 + 166_667)


def test_a_waiver_that_ends(desk: Desk) -> None:
    (pupil,) = ready(desk, 1)
    waiver = desk.ask(asked.ListWaivers, OFFICER).items[0]
    told = {"waiver_id": waiver.id, "ends_on": "2026-09-20", "reason": "given_up", "note": "permintaan orang tua"}
    ended = desk.ask(asked.EndWaiver, OFFICER, **told)
    assert (ended.state, ended.ends_on) == ("ended", date(2026, 9, 20))
    assert desk.balance() == 2 * MONTH, "the 15th was covered"
    assert "waiver-ended" in desk.office.events()
    desk.grant(pupil)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.EndWaiver, OFFICER, **told)


def test_leaving_the_city_within_a_month(desk: Desk) -> None:
    ready(desk, 1)
    waiver = desk.ask(asked.ListWaivers, OFFICER).items[0]
    told = {"waiver_id": waiver.id, "ends_on": "2026-09-20", "reason": "left_city", "note": "pindah"}
    desk.ask(asked.EndWaiver, OFFICER, **told)
    assert desk.balance() == MONTH


def test_a_merger_takes_the_claims_along(desk: Desk) -> None:
    pupils = ready(desk, 1)
    desk.confirm("2026-10-01")
    desk.ask(asked.MergeSchools, MANAGER, npsn=TWO, from_npsns=[ONE], on="2026-11-01")
    assert desk.balance() == 2 * MONTH, "what was due to the closed school stays due"
    told = {"npsn": ONE, "programme": "bop", "first_month": "2026-10-01", "last_month": "2026-10-01"}
    claim = desk.ask(asked.SubmitClaim, operator(TWO), **told)
    desk.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id)
    desk.budget(50_000_000)
    desk.accounts(TWO)
    batch = desk.draft()
    assert (batch.rupiah, batch.without_account) == (2 * MONTH + 166_666, 0), "paid to the heir's account"
    assert len(pupils) == 1


def test_two_entries_of_a_child(desk: Desk) -> None:
    one, two = desk.enrol_twice(1)
    desk.grant(one, two)
    for npsn in (ONE,):
        desk.confirm("2026-08-01", npsn)
        desk.claim("2026-08-01", "2026-08-01", npsn)
    told = {"pupil_id": two, "duplicate_id": one, "reason": "anak yang sama", "npsn": ONE}
    desk.ask(asked.JoinPupils, OFFICER, **told)
    assert desk.balance() == MONTH, "the month stays due, under the entry that is left"
    waivers = [one.state for one in desk.ask(asked.ListWaivers, OFFICER).items]
    assert sorted(waivers) == ["active", "ended"]


def test_two_entries_of_a_child_are_paid_for_one_month(desk: Desk) -> None:
    office = desk.office
    (one,) = desk.enrol(1)
    office.apply(office.preview(by_xlsxwriter(grid([child(1, NISN="-", NIK="-")])), TWO), confirm_npsn=TWO)
    (two,) = [pupil.id for pupil in office.pupils(TWO)]
    later = {"pupil_id": two, "last_day": "2026-11-23", "reason": "moved_out"}
    for npsn in (ONE, TWO):
        desk.attest(npsn)
    desk.grant(one, two)
    with office.runtime.engine.begin() as connection:  # it was listed there from the beginning on
        connection.exec_driver_sql("UPDATE enrolment SET from_on = '2026-07-13' WHERE npsn = '99000002'")
    for npsn in (ONE, TWO):
        desk.confirm("2026-08-01", npsn)
        desk.claim("2026-08-01", "2026-08-01", npsn)
    desk.ask(asked.WithdrawPupil, OFFICER, **later)
    assert (desk.balance(ONE), desk.balance(TWO)) == (MONTH, MONTH)
    told = {"pupil_id": one, "duplicate_id": two, "reason": "anak yang sama"}
    desk.ask(asked.JoinPupils, OFFICER, **told)
    assert desk.balance(ONE) + desk.balance(TWO) == MONTH
    assert ("clawback", -MONTH) in kinds(desk, TWO)


@pytest.mark.parametrize("table", ["ledger", "decision", "rules", "place_rate"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET programme = 'x'", "TRUNCATE {}"])
def test_the_database_refuses_changes(desk: Desk, table: str, change: str) -> None:
    ready(desk, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        desk.office.rows(change.format(table))
