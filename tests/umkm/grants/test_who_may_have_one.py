"""Earlier receivers, families, deaths: the rule of a round, when somebody applies and when it is decided."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts import umkm as asked
from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.problems import InvalidRequest
from contracts.umkm import AlreadyApplied, NotEligibleForGrant
from tests.umkm.capital.desk import Desk
from tests.umkm.office import MANAGER, Office, citizen, family_card, nik

from .committee import (
    DESK,
    FINDINGS,
    SURVEYOR,
    announced,
    apply,
    business,
    closed,
    decide,
    ranking,
    review,
    scored,
    shown,
    survey,
)


def why(office: Office, round: Any, of: Any) -> str:
    """Why it is refused."""
    with pytest.raises(NotEligibleForGrant) as refused:
        apply(office, round, of)
    return str(refused.value.data.extra["why"])


def received(office: Office, number: int) -> Any:
    """A business whose owner has got a grant."""
    round, one = announced(office, days=1), business(office, number)
    scored(office, apply(office, round, one))
    closed(office, round)
    decide(office, round, 1)
    return one


def test_whoever_received_one_is_barred_and_so_is_the_family(office: Office) -> None:
    before = received(office, 1)
    ever, years = announced(office), announced(office, barred_years=2)
    relative, stranger = business(office, 2, family=1), business(office, 3)
    for round in (ever, years):
        assert why(office, round, before) == why(office, round, relative) == "received_before"
        assert apply(office, round, stranger).state == "desk_review"
    with pytest.raises(NotEligibleForGrant) as refused:
        apply(office, years, before)
    day = office.now.date()
    assert refused.value.data.extra["received_on"] == str(day)
    assert refused.value.data.extra["until"] == str(day.replace(year=day.year + 2))


def test_a_grant_from_elsewhere_bars_as_one_of_ours(office: Office) -> None:
    round, years = announced(office), announced(office, barred_years=5)
    told = {"nik": nik(1), "programme": "BPUM", "received_on": "2020-10-12"}
    one, relative = business(office, 1), business(office, 2, family=1)
    assert apply(office, round, business(office, 3)).state == "desk_review"

    def record(**more: Any) -> Any:
        return office.ask(asked.RecordEarlierGrant.model_validate(told | more), DESK)

    first = record()
    assert why(office, round, one) == why(office, round, relative) == "received_before"
    assert apply(office, years, one).state == "desk_review", "five years are over"
    assert record(received_on="2024-01-05").id == first.id
    assert why(office, years, relative) == "received_before"
    assert nik(1) not in str(office.rows("SELECT * FROM earlier_grant")) + first.model_dump_json()
    record(holds=False)
    assert apply(office, round, relative).state == "desk_review"
    with pytest.raises(InvalidRequest):
        record(received_on=office.now.date() + timedelta(days=1))


def test_it_is_measured_by_the_last_day_of_the_round_for_all_alike(office: Office) -> None:
    one = received(office, 1)
    free = office.now.replace(year=office.now.year + 2) + timedelta(days=1)
    office.now = free - timedelta(days=20)
    ends_before = announced(office, days=19, barred_years=2)
    ends_after = announced(office, days=20, barred_years=2)
    assert why(office, ends_before, one) == "received_before"
    assert apply(office, ends_after, one).state == "desk_review"


def test_who_was_refused_may_apply_again(office: Office) -> None:
    round, one = announced(office), business(office, 1)
    review(office, apply(office, round, one), False, "papers_incomplete")
    again = apply(office, round, one)
    office.ask(asked.WithdrawGrant(application_id=again.id))
    assert apply(office, round, one).state == "desk_review"
    refused = scored(office, apply(office, announced(office, days=1), business(office, 2)), points=1)
    office.later(days=2)
    decide(office, office.ask(asked.GetGrantRound(round_id=shown(office, refused).round_id)), 0)
    assert apply(office, round, office.ask(asked.GetBusiness(business_id=refused.business_id))).state == "desk_review"


def test_one_for_an_owner_and_a_household(office: Office) -> None:
    round, one = announced(office), business(office, 1)
    first = apply(office, round, one)
    second = office.register(1, name="Usaha Kedua")
    office.ask(asked.VerifyBusiness(business_id=second.id))
    with pytest.raises(AlreadyApplied) as own:
        apply(office, round, second)
    assert own.value.data.extra == {"whose": "owner", "application_id": str(first.id)}
    with pytest.raises(AlreadyApplied) as of_family:
        apply(office, round, business(office, 2, family=1))
    assert of_family.value.data.extra == {"whose": "household"}


def test_at_once_a_family_gets_one_application(office: Office) -> None:
    round = announced(office)
    family = [business(office, number, family=1) for number in range(1, 7)]

    def applied(one: Any) -> bool:
        try:
            return bool(apply(office, round, one))
        except AlreadyApplied:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(applied, family)) == 1


def test_the_rest_of_the_rule(office: Office) -> None:
    strict = announced(office, certificates=1)
    assert why(office, strict, office.register(1)) == "not_verified"
    assert why(office, strict, office.verified(2)) == "household_unknown"
    away = office.verified(3, owner={"family_card_number": "3171010101080003", "kelurahan_code": "31.71.01.1001"})
    assert why(office, strict, away) == "resident"
    small = business(office, 4, size={"basis": "turnover", "rupiah": 2_000_000_001, "year": 2025})
    assert why(office, strict, small) == "size_class"
    one = business(office, 5)
    assert why(office, strict, one) == "certificate"
    Desk(office).trained(one)
    assert apply(office, strict, one).state == "desk_review"


def test_whoever_dies_before_the_decision_is_not_granted_one_unless_it_was_a_mistake(office: Office) -> None:
    round = announced(office)
    lives, dies = (scored(office, apply(office, round, business(office, number))) for number in (1, 2))
    closed(office, round)
    booking, key = uuid4(), office.runtime.person_keys.person_key(nik(2))
    told = {"booking_id": booking, "person_key": key}
    office.tell(DeathRecorded(**told, died_on=office.now.date(), revision=1), "mark_death")
    by_id = {one.application_id: one for one in ranking(office, round).items}
    assert (by_id[dies.id].advice, by_id[dies.id].bar) == ("ineligible", "deceased")
    asked_for = {"application_id": dies.id, "granted": True, "reason": "untuk keluarga"}
    with pytest.raises(NotEligibleForGrant) as refused:
        decide(office, round, 2, asked_for)
    assert refused.value.data.extra["why"] == "deceased"
    corrected = DeathCorrected(
        **told, died_on=None, previous_died_on=office.now.date(), reason="salah orang", revision=2
    )
    office.tell(corrected, "mark_death")
    assert decide(office, round, 2).granted == 2
    assert {shown(office, one).state for one in (lives, dies)} == {"granted"}


def test_what_changed_since_counts_at_the_decision_but_a_grown_business_keeps_its_place(office: Office) -> None:
    round = announced(office)
    grown, suspended = business(office, 1), business(office, 2)
    wants = [scored(office, apply(office, round, one)) for one in (grown, suspended)]
    size = {"size": {"basis": "turnover", "rupiah": 3_000_000_000, "year": 2025}, "business_id": grown.id}
    office.ask(asked.DeclareSize.model_validate(size), citizen(1))
    office.ask(asked.SuspendBusiness(business_id=suspended.id, reason="alamat tidak ditemukan"))
    closed(office, round)
    decide(office, round, 1)
    told = [shown(office, one) for one in wants]
    assert [(str(one.state), one.reasons) for one in told] == [("granted", ()), ("refused", ("ineligible",))]


def test_who_became_one_family_since_gets_one(office: Office) -> None:
    round = announced(office)
    owned = [business(office, number) for number in (1, 2)]
    wants = [scored(office, apply(office, round, one), points) for one, points in zip(owned, (5, 4), strict=True)]
    office.ask(asked.CorrectOwner(business_id=owned[1].id, family_card_number=family_card(1)), citizen(2))
    office.ask(asked.VerifyBusiness(business_id=owned[1].id))
    closed(office, round)
    shown_as = [(one.application_id, str(one.advice), one.bar) for one in ranking(office, round).items]
    assert shown_as == [(wants[0].id, "grant", None), (wants[1].id, "ineligible", "received_before")]
    both = {"application_id": wants[1].id, "granted": True, "reason": "dua usaha"}
    with pytest.raises(NotEligibleForGrant):
        decide(office, round, 2, both)
    assert decide(office, round, 1).granted == 1


def test_nor_do_two_of_a_family_whom_somebody_grants_though_money_was_used_up(office: Office) -> None:
    round = announced(office, places=2, budget_rupiah=4_000_000)
    owned = [business(office, number) for number in (1, 2, 3)]
    wants = [
        scored(office, apply(office, round, one, rupiah=r))
        for one, r in zip(owned, (4_000_000, 2_000_000, 2_000_000), strict=True)
    ]
    office.ask(asked.CorrectOwner(business_id=owned[2].id, family_card_number=family_card(2)), citizen(3))
    office.ask(asked.VerifyBusiness(business_id=owned[2].id))
    closed(office, round)
    assert [str(one.advice) for one in ranking(office, round).items] == ["grant", "outranked", "outranked"]
    first = {"application_id": wants[0].id, "granted": False, "reason": "mengundurkan diri"}
    others = [{"application_id": one.id, "granted": True, "reason": "sisa anggaran"} for one in wants[1:]]
    with pytest.raises(NotEligibleForGrant):
        decide(office, round, 2, first, *others)
    assert decide(office, round, 1, first, others[0]).granted_rupiah == 2_000_000


@pytest.mark.parametrize(
    ("passed", "reasons", "code"),
    [(True, ("other",), "unwanted"), (False, (), "missing"), (False, ("below_pass",), "of_decision")],
)
def test_what_is_not_passed_says_why_in_words_of_its_own(
    office: Office, passed: bool, reasons: tuple[str, ...], code: str
) -> None:
    one = apply(office, announced(office), business(office, 1))
    with pytest.raises(InvalidRequest) as refused:
        review(office, one, passed, *reasons)
    assert [(each.pointer, each.code) for each in refused.value.data.errors] == [("/reasons", code)]
    assert shown(office, one).state == "desk_review"


def test_a_visit_is_between_the_application_and_today(office: Office) -> None:
    one = apply(office, announced(office), business(office, 1))
    review(office, one)
    told = {"application_id": one.id, "passed": True, "findings": FINDINGS}
    for days in (-1, 1):
        day = office.now.date() + timedelta(days=days)
        with pytest.raises(InvalidRequest):
            office.ask(asked.SurveyGrant.model_validate(told | {"visited_on": day}), SURVEYOR)
    survey(office, one)
    assert [each.findings for each in office.ask(asked.ListGrants()).items] == [None], "not in lists"
    assert shown(office, one).findings == FINDINGS and shown(office, one, citizen(1)).findings is None


def test_papers_and_place_are_looked_at_by_two(office: Office) -> None:
    one = apply(office, announced(office), business(office, 1))
    review(office, one)
    told = {"application_id": one.id, "passed": True, "findings": "Tempat usaha sesuai."}
    with pytest.raises(asked.SameReviewer):
        office.ask(asked.SurveyGrant.model_validate(told | {"visited_on": office.now.date()}), DESK)
    assert shown(office, one).state == "field_survey"
    with pytest.raises(asked.GrantWrongState):
        review(office, one, actor=MANAGER)
