"""From the office's check to the payout: two agencies, time limits, all or nothing, terms that stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contracts import umkm as asked
from contracts.context import Actor
from contracts.problems import InvalidRequest, StaleVersion
from tests.umkm.office import family_card

from .desk import BANK, CLERK, Desk
from .test_groups import born, owner


def test_the_bank_checks_after_the_office_and_is_somebody_else(desk: Desk) -> None:
    group = desk.formed(desk.borrowers())
    member = group.members[0]
    with pytest.raises(asked.LoanWrongState):
        desk.papers(member)
    group = desk.office.ask(asked.SubmitGroup(group_id=group.id))
    with pytest.raises(asked.GroupWrongState):
        desk.credit(member)
    with pytest.raises(InvalidRequest):
        desk.office.ask(asked.CheckPapers(loan_id=member.loan_id, passed=False), CLERK)
    for one in group.members:
        desk.papers(one)
    with pytest.raises(asked.SameStaff):
        desk.credit(member, actor=CLERK)
    assert desk.credit(member).members[0].state == "approved"
    with pytest.raises(asked.LoanWrongState):
        desk.credit(member)


def test_who_is_refused_is_out_and_too_few_form_again(desk: Desk) -> None:
    businesses = desk.borrowers(count=6)
    group = desk.office.ask(asked.SubmitGroup(group_id=desk.formed(businesses[:5]).id))
    desk.papers(group.members[0])
    group = desk.papers(group.members[1], "papers_incomplete", "not_resident")
    assert group.state == "forming"
    assert [str(one.state) for one in group.members] == ["bank_check", "refused", *["office_check"] * 3]
    assert group.members[1].reasons == ("papers_incomplete", "not_resident")
    group = desk.office.ask(asked.SubmitGroup(group_id=desk.join(group, businesses[5]).id))
    assert group.state == "office_check" and group.due_at is not None
    for one in group.members:
        if one.state == "office_check":
            group = desk.papers(one)
    assert group.state == "bank_check", "who was checked before is not checked again"
    again = desk.form(businesses[1])
    assert again.state == "forming", "who was refused may ask again"


def test_the_bank_sees_the_borrower_only_while_it_checks_and_says_why(desk: Desk) -> None:
    group = desk.office.ask(asked.SubmitGroup(group_id=desk.formed(desk.borrowers()).id))
    looked = asked.DiscloseBorrower(loan_id=group.members[0].loan_id)
    with pytest.raises(asked.LoanWrongState):
        desk.office.ask(looked, BANK)
    for one in group.members:
        desk.papers(one)
    with pytest.raises(asked.PurposeNeeded):
        desk.office.ask(looked, BANK, purpose=None)
    shown = desk.office.ask(looked, BANK)
    assert (shown.name, shown.rupiah, shown.months) == ("Siti Contoh 1", 2_000_000, 10)
    assert "household" not in shown.model_dump_json() and "disability" not in shown.model_dump_json()
    audited = desk.office.rows("SELECT purpose FROM audit WHERE action = 'umkm.disclose_borrower'")
    assert [row.purpose for row in audited] == ["uji"]
    desk.credit(group.members[0])
    with pytest.raises(asked.LoanWrongState):
        desk.office.ask(looked, BANK)


def test_a_check_that_takes_too_long_shows_and_decides_nothing(desk: Desk) -> None:
    group = desk.office.ask(asked.SubmitGroup(group_id=desk.formed(desk.borrowers()).id))
    desk.office.later(hours=47)
    desk.office.fire()
    assert desk.office.events("check-overdue") == []
    desk.office.later(hours=1)
    desk.office.fire()
    shown = desk.office.ask(asked.GetGroup(group_id=group.id))
    assert (shown.overdue, shown.state) == (True, "office_check")
    assert [one.id for one in desk.office.ask(asked.ListGroups(overdue=True)).items] == [group.id]
    for one in group.members:
        shown = desk.papers(one)
    assert (shown.state, shown.overdue) == ("bank_check", False)
    assert shown.due_at == desk.office.now + timedelta(hours=48)
    for one in group.members:
        desk.credit(one)
    desk.office.later(hours=100)
    desk.office.fire()
    assert desk.office.events("check-overdue") == ["check-overdue"]


def test_leaving_an_approved_group_and_dissolving_it(desk: Desk) -> None:
    businesses = desk.borrowers(count=5)
    group = desk.approved(businesses)
    group = desk.office.ask(asked.LeaveGroup(loan_id=group.members[4].loan_id))
    assert (group.state, [str(one.state) for one in group.members][:4]) == ("forming", ["approved"] * 4)
    done = desk.office.ask(asked.DissolveGroup(group_id=group.id, reason="sepakat bubar"))
    assert done.state == "dissolved" and {str(one.state) for one in done.members} == {"left"}
    assert desk.form(businesses[0]).state == "forming"
    with pytest.raises(asked.GroupWrongState):
        desk.office.ask(asked.DissolveGroup(group_id=group.id, reason="sekali lagi"))


def test_a_payout_is_all_or_nothing(desk: Desk) -> None:
    group = desk.approved(desk.borrowers())
    payouts = [{"loan_id": one.loan_id, "rupiah": 2_000_000} for one in group.members]
    for told, code in (
        (payouts[:4], "members"),
        ([*payouts[:4], {**payouts[4], "rupiah": 2_000_001}], "other_sum"),
        ([*payouts[:4], {**payouts[4], "rupiah": 1_999_999}], "other_sum"),
    ):
        request = {"group_id": group.id, "disbursed_on": desk.today, "payouts": told}
        with pytest.raises(InvalidRequest) as refused:
            desk.office.ask(asked.DisburseGroup.model_validate(request), BANK)
        assert refused.value.data.errors[0].code == code
    for day in (desk.today + timedelta(days=1), desk.today - timedelta(days=1)):
        with pytest.raises(InvalidRequest):
            desk.disburse(group, on=day)
    assert desk.office.rows("SELECT * FROM capital_entry") == []
    with pytest.raises(StaleVersion):
        told = {"group_id": group.id, "disbursed_on": desk.today, "payouts": payouts, "version": 1}
        desk.office.ask(asked.DisburseGroup.model_validate(told), BANK)
    desk.disburse(group)
    with pytest.raises(asked.GroupWrongState):
        desk.disburse(group)
    with pytest.raises(asked.GroupWrongState):
        desk.office.ask(asked.LeaveGroup(loan_id=group.members[0].loan_id))


def test_no_payout_is_of_the_day_before_the_group_also_not_where_utc_is_a_day_behind(desk: Desk) -> None:
    desk.office.now = desk.office.now.replace(hour=18, minute=30)  # 01.30 of the next day in WIB
    group = desk.approved(desk.borrowers())
    with pytest.raises(InvalidRequest):
        desk.disburse(group, on=desk.office.now.date())
    assert desk.disburse(group, on=desk.office.now.date() + timedelta(days=1)).state == "active"


def test_a_family_card_that_changed_since_is_looked_at_again(desk: Desk) -> None:
    group = desk.approved(desk.borrowers())
    told = asked.CorrectOwner(business_id=group.members[0].business_id, family_card_number=family_card(99))
    desk.office.ask(told)
    with pytest.raises((asked.NotEligibleForCapital, asked.NotVerified)):
        desk.disburse(group)


def test_whoever_turns_sixty_one_while_it_is_checked_was_in_time(desk: Desk) -> None:
    eldest = desk.business(1, **owner(born(1965, 11, 24, 1), 1))
    others = [desk.business(number) for number in range(2, 6)]
    desk.trained(eldest, *others)
    group = desk.approved([eldest, *others])
    desk.at(date(2026, 11, 25))
    assert desk.disburse(group).state == "active"


def test_a_group_keeps_the_terms_under_which_it_was_formed(desk: Desk) -> None:
    group = desk.formed(desk.borrowers())
    now = desk.office.ask(asked.GetCapitalTerms()).model_dump(exclude={"version", "set_at"})
    upfront = {**now, "administration_taken": "upfront", "administration_basis_points": 250, "least_members": 6}
    told = asked.SetCapitalTerms.model_validate({**upfront, "note": "perjanjian baru"})
    manager = Actor(subject="manager-1")
    assert desk.office.ask(told, manager).version == 2
    assert desk.office.ask(told, manager).version == 2, "the same again is the same"
    assert desk.office.ask(asked.SubmitGroup(group_id=group.id)).terms == 1
    later = desk.approved(desk.borrowers(first=21, count=6))
    assert later.terms == 2
    with pytest.raises(InvalidRequest):
        desk.disburse(later)
    paid = desk.disburse(later, rupiah=1_950_000)
    loan = desk.loan(paid.members[0].loan_id)
    assert (loan.owed_rupiah, loan.administration_rupiah) == (2_000_000, 50_000)
    with pytest.raises(InvalidRequest):
        desk.office.ask(asked.SetCapitalTerms.model_validate({**upfront, "most_members": 5, "note": "keliru"}), manager)
