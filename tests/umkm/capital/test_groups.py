"""Who may borrow with whom: sizes, ages, one loan a person and household, two agencies, time limits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound
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


def test_who_has_left_sees_the_others_no_more(desk: Desk) -> None:
    businesses = desk.borrowers(count=6)
    group = desk.form(businesses[0], actor=citizen(1))
    for number, one in enumerate(businesses[1:], 2):
        group = desk.invited(group, one, number)
    leaver = next(one for one in group.members if one.business_id == businesses[5].id)
    look = asked.GetGroup(group_id=group.id)
    assert len(desk.office.ask(look, citizen(6)).members) == 6
    desk.office.ask(asked.LeaveGroup(loan_id=leaver.loan_id), citizen(6))
    with pytest.raises(NotFound):
        desk.office.ask(look, citizen(6))
    assert desk.office.ask(asked.ListGroups(), citizen(6)).items == ()
    assert desk.office.ask(asked.GetLoan(loan_id=leaver.loan_id), citizen(6)).state == "left"
    desk.office.ask(asked.SubmitGroup(group_id=group.id))
    refused = desk.papers(group.members[1], "other")
    assert [str(one.state) for one in refused.members].count("refused") == 1
    with pytest.raises(NotFound):
        desk.office.ask(look, citizen(2))


def test_nobody_vouches_unasked(desk: Desk) -> None:
    (one,) = desk.borrowers(count=1)
    with pytest.raises(ValueError, match="nobody vouches"):
        asked.FormGroup(name="Mawar", months=10, business_id=one.id, rupiah=500_000, use="modal", vouches=False)


def test_who_looks_at_a_loan_says_why_and_is_recorded(desk: Desk) -> None:
    (one,) = desk.borrowers(count=1)
    look = asked.GetLoan(loan_id=desk.form(one, actor=citizen(1)).members[0].loan_id)
    for actor in (CLERK, BANK):
        with pytest.raises(asked.PurposeNeeded):
            desk.office.ask(look, actor, purpose=None)
    desk.office.ask(look, BANK, purpose="pencairan")
    desk.office.ask(look, citizen(1), purpose=None)
    with pytest.raises(NotFound):
        desk.office.ask(look, citizen(2))
    rows = desk.office.rows("SELECT actor, purpose FROM audit WHERE action = 'umkm.get_loan' ORDER BY id")
    assert [(row.actor, row.purpose) for row in rows] == [("bank-1", "pencairan"), ("citizen-1", None)]
