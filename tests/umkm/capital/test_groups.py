"""Who may borrow with whom: sizes, ages, one loan a person and household, two agencies, time limits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from contracts import umkm as asked
from contracts.context import Actor
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.umkm.office import citizen, family_card

from .desk import BANK, CLERK, Desk


def born(year: int, month: int, day: int, serial: int) -> str:
    """A made-up woman's NIK."""
    return f"367101{day + 40:02d}{month:02d}{year % 100:02d}{9000 + serial}"


def owner(nik: str, number: int) -> dict[str, Any]:
    """Of this NIK, alone in a family."""
    return {"nik": nik, "family_card_number": family_card(number)}


def why(refused: Any) -> Any:
    """Of a refusal."""
    return refused.value.data.extra["why"]


@pytest.mark.parametrize(
    ("year", "month", "day", "age"),
    [(2005, 11, 24, 20), (1965, 11, 23, 61), (2005, 11, 23, None), (1965, 11, 24, None)],
)
def test_from_the_twenty_first_birthday_to_the_day_before_the_sixty_first(
    desk: Desk, year: int, month: int, day: int, age: int | None
) -> None:
    business = desk.business(1, **owner(born(year, month, day, 1), 1))
    desk.trained(business)
    if age is None:
        assert desk.form(business).state == "forming"
        return
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(business)
    assert (why(refused), refused.value.data.extra["age"]) == ("age", age)


def test_four_are_too_few_and_eleven_too_many(desk: Desk) -> None:
    businesses = desk.borrowers(count=11)
    group = desk.formed(businesses[:4])
    with pytest.raises(asked.GroupSize) as refused:
        desk.office.ask(asked.SubmitGroup(group_id=group.id))
    assert refused.value.data.extra == {"members": 4, "least": 5, "most": 10}
    for one in businesses[4:10]:
        group = desk.join(group, one)
    with pytest.raises(asked.GroupSize) as refused:
        desk.join(group, businesses[10])
    assert refused.value.data.extra["members"] == 11
    assert desk.office.ask(asked.SubmitGroup(group_id=group.id)).state == "office_check"


def test_nobody_is_in_two_groups_and_no_household_twice(desk: Desk) -> None:
    first, second, third = desk.borrowers(count=3)
    sister = desk.business(4, family_card_number=family_card(1))
    desk.trained(sister)
    group = desk.form(first)
    with pytest.raises(asked.AlreadyBorrowing) as refused:
        desk.form(first)
    assert refused.value.data.extra == {"whose": "owner", "loan_id": str(group.members[0].loan_id)}
    other = desk.form(second)
    with pytest.raises(asked.AlreadyBorrowing) as refused:
        desk.join(other, first)
    with pytest.raises(asked.AlreadyBorrowing) as refused:
        desk.join(other, sister)
    assert refused.value.data.extra == {"whose": "household"}, "not who it is"
    desk.office.ask(asked.LeaveGroup(loan_id=group.members[0].loan_id))
    assert len(desk.join(other, sister).members) == 2
    assert len(desk.join(other, third).members) == 3


def test_at_once_a_person_and_a_household_get_one_loan(desk: Desk) -> None:
    one, sister = desk.business(1), desk.business(2, family_card_number=family_card(1))
    desk.trained(one, sister)
    groups = [desk.form(business) for business in desk.borrowers(first=11, count=4)]

    def joined(number: int) -> bool:
        try:
            return bool(desk.join(groups[number % 4], (one, sister)[number % 2]))
        except asked.AlreadyBorrowing:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(joined, range(16))) == 1
    assert len(desk.office.rows("SELECT * FROM loan WHERE holds_place")) == 5


def test_at_once_a_group_takes_ten(desk: Desk) -> None:
    businesses = desk.borrowers(count=14)
    group = desk.formed(businesses[:8])

    def joined(number: int) -> bool:
        try:
            return bool(desk.join(group, businesses[number]))
        except asked.GroupSize:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(joined, range(8, 14))) == 2


def test_the_database_keeps_one_loan_a_household_even_from_ourselves(desk: Desk) -> None:
    (one,) = desk.borrowers(count=1)
    desk.form(one)
    with pytest.raises(Exception, match="uq_loan_"):
        desk.office.run_sql(
            "INSERT INTO loan SELECT gen_random_uuid(), group_id, owner_id, business_id, household_key, kecamatan_code,"
            " size_class, step, rupiah, use, asked_at, asked_by, state, reasons, papers_by, credit_by, reference,"
            " administration, disbursed_on, frozen_before, reopened, holds_place, settled_on, timely, version FROM loan"
        )


def test_what_is_missing_is_said(desk: Desk) -> None:
    plain = desk.office.verified(1)
    assert desk.office.ask(asked.GetLadder(business_id=plain.id)).missing == ("household_unknown", "certificate")
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(plain)
    assert why(refused) == "household_unknown"
    untrained = desk.business(2)
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(untrained)
    assert why(refused) == "certificate"
    outsider = desk.business(3, kelurahan_code="36.03.01.1001")
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(outsider)
    assert why(refused) == "resident"
    large = {"basis": "turnover", "rupiah": 3_000_000_000, "year": 2025}
    small = desk.office.verified(4, owner={"family_card_number": family_card(4)}, size=large)
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.form(small)
    assert (why(refused), refused.value.data.extra["classes"]) == ("size_class", ["micro"])
    with pytest.raises(asked.NotVerified):
        desk.form(desk.office.register(5, owner={"family_card_number": family_card(5)}))


def test_a_certificate_that_was_revoked_bars_the_payout(desk: Desk) -> None:
    group = desk.approved(desk.borrowers())
    certificate = desk.office.ask(asked.ListCertificates(business_id=group.members[0].business_id)).items[0]
    desk.office.ask(asked.RevokeCertificate(certificate_id=certificate.id, reason="diperoleh dengan curang"))
    with pytest.raises(asked.NotEligibleForCapital) as refused:
        desk.disburse(group)
    assert why(refused) == "certificate"
    assert desk.office.rows("SELECT * FROM capital_entry") == []


@pytest.mark.parametrize(
    ("rupiah", "months", "pointer"), [(499_999, 10, "/rupiah"), (2_000_001, 10, "/rupiah"), (500_000, 13, "/months")]
)
def test_more_less_or_longer_than_the_step(desk: Desk, rupiah: int, months: int, pointer: str) -> None:
    (one,) = desk.borrowers(count=1)
    with pytest.raises(InvalidRequest) as refused:
        desk.form(one, rupiah, months)
    assert refused.value.data.errors[0].pointer == pointer


def test_members_join_by_themselves_with_the_invitation_alone(desk: Desk) -> None:
    first, second = desk.borrowers(count=2)
    group = desk.form(first, actor=citizen(1))
    with pytest.raises(InvalidRequest):
        desk.join(group, second, actor=citizen(2))
    with pytest.raises(InvalidRequest):
        desk.join(group, second, actor=citizen(2), invitation="23456789")
    with pytest.raises(NotFound):
        desk.office.ask(asked.GetGroup(group_id=group.id), citizen(2))
    joined = desk.invited(group, second, 2)
    assert [one.owner_name for one in joined.members] == ["S*** C*** 1***", "Siti Contoh 2"]
    with pytest.raises(NotFound):
        desk.office.ask(asked.LeaveGroup(loan_id=joined.members[0].loan_id), citizen(2))
    desk.office.ask(asked.LeaveGroup(loan_id=joined.members[1].loan_id), citizen(2))


def test_nobody_vouches_unasked(desk: Desk) -> None:
    (one,) = desk.borrowers(count=1)
    with pytest.raises(ValueError, match="nobody vouches"):
        asked.FormGroup(name="Mawar", months=10, business_id=one.id, rupiah=500_000, use="modal", vouches=False)


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
