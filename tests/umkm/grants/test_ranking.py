"""The order of a round and what is advised by it: for any scores, sums and budgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.problems import InvalidRequest
from contracts.umkm import GrantAdvice, GrantBar, GrantBudgetExceeded, GrantState, SizeClass
from services.umkm.domain.grants.application import GrantApplication
from services.umkm.domain.grants.ranking import Judged, Otherwise, decisions, rank
from services.umkm.domain.grants.round import GrantRound
from services.umkm.domain.scoring import Assessment, Criterion, Scoresheet
from tests.umkm.office import Office

from .committee import announced, apply, business, closed, decide, scored, shown

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
SHEET = Scoresheet(1, (Criterion("plan", {}, 100, 1),), 2, 60, NOW)
ROUND = GrantRound(
    UUID(int=1), "Hibah", "", NOW, NOW, 3, 10, 1, 9, (SizeClass.MICRO,), 0, None, 1, announced_by="manager-1"
)
Wanted = tuple[int, int, int, bool]


def application(number: int, first: int, second: int, rupiah: int) -> GrantApplication:
    """Scored by two."""
    return GrantApplication(
        id=UUID(int=number),
        round_id=ROUND.id,
        owner_id=UUID(int=number),
        business_id=UUID(int=number),
        household_key=str(number),
        kecamatan_code="36.71.01",
        size_class=SizeClass.MICRO,
        rupiah=rupiah,
        use="oven",
        scoresheet=SHEET,
        applied_at=NOW + timedelta(seconds=number // 2),
        applied_by="desk-1",
        state=GrantState.SCORING,
        assessments=tuple(Assessment(str(who), {}, percent, None, NOW) for who, percent in enumerate((first, second))),
    )


percents, sums = st.integers(50, 100), st.integers(1, 9)


@given(
    st.lists(st.tuples(percents, percents, sums, st.booleans()), max_size=12),
    st.integers(1, 6),
    st.integers(9, 30),
)
def test_money_goes_down_the_order_as_far_as_it_reaches(wanted: list[Wanted], places: int, budget: int) -> None:
    round = replace(ROUND, places=places, budget_rupiah=budget)
    given_ = [application(number, a, b, rupiah) for number, (a, b, rupiah, _) in enumerate(wanted)]
    judged = {
        one.id: Judged(GrantBar.DECEASED if barred else None, str(one.id))
        for one, (_, _, _, barred) in zip(given_, wanted, strict=True)
    }
    ranked = rank(round, given_, judged)
    points = [sum(each.percent for each in one.application.assessments) for one in ranked]
    assert points == sorted(points, reverse=True) and [one.rank for one in ranked] == list(range(1, len(wanted) + 1))
    for above, below in pairwise(one.application for one in ranked):
        if sum(each.percent for each in above.assessments) == sum(each.percent for each in below.assessments):
            assert (above.applied_at, above.id) < (below.applied_at, below.id)
    granted = [one for one in ranked if one.advice is GrantAdvice.GRANT]
    used = sum(one.application.rupiah for one in granted)
    assert len(granted) <= places and used <= budget
    outranked = [one for one in ranked if one.advice is GrantAdvice.OUTRANKED]
    if outranked:
        first = outranked[0]
        assert all(one.rank < first.rank for one in granted), "nobody is passed over"
        assert len(granted) == places or used + first.application.rupiah > budget, "money that was there was given"
    for one in ranked:
        assert (one.advice is GrantAdvice.INELIGIBLE) == (one.bar is not None)
        if one.bar is None:
            assert (one.advice is GrantAdvice.BELOW_PASS) == ((one.application.percent or 0) < 60)
    decided = decisions(round, ranked, {})
    assert [one.rupiah for one in decided if one.refusal is None] == [one.application.rupiah for one in granted]


def test_more_than_there_is_is_refused(office: Office) -> None:
    ranked = rank(
        ROUND,
        [application(n, 90 - n, 90, 4) for n in range(4)],
        {UUID(int=n): Judged(None, str(n)) for n in range(4)},
    )
    assert [str(one.advice) for one in ranked] == ["grant", "grant", "outranked", "outranked"]
    third = ranked[2].application.id
    with pytest.raises(GrantBudgetExceeded) as refused:
        decisions(ROUND, ranked, {third: Otherwise(True, None, "dekat sekali")})
    assert (refused.value.data.extra["rupiah"], refused.value.data.extra["budget_rupiah"]) == (12, 10)
    assert sum(one.rupiah for one in decisions(ROUND, ranked, {third: Otherwise(True, 2, "sisa")})) == 10
    with pytest.raises(InvalidRequest):
        decisions(ROUND, ranked, {third: Otherwise(True, 10, "di luar batas")})


def test_nobody_is_passed_over_for_somebody_who_wants_less() -> None:
    wants = [application(n, 90 - n, 90, rupiah) for n, rupiah in enumerate((4, 4, 3, 2, 1))]
    ranked = rank(ROUND, wants, {one.id: Judged(None, str(one.id)) for one in wants})
    assert [str(one.advice) for one in ranked] == ["grant", "grant", *["outranked"] * 3]


def test_places_are_counted_as_money_is() -> None:
    wants = [application(n, 90 - n, 90, 1) for n in range(5)]
    ranked = rank(ROUND, wants, {one.id: Judged(None, str(one.id)) for one in wants})
    assert [str(one.advice) for one in ranked] == [*["grant"] * 3, *["outranked"] * 2]
    with pytest.raises(GrantBudgetExceeded) as refused:
        decisions(ROUND, ranked, {ranked[3].application.id: Otherwise(True, None, "dekat sekali")})
    assert (refused.value.data.extra["places"], refused.value.data.extra["most_places"]) == (4, 3)


def test_the_same_points_are_in_the_order_in_which_they_applied() -> None:
    later, earlier = application(1, 80, 80, 1), replace(application(2, 90, 70, 1), applied_at=NOW - timedelta(days=1))
    ranked = rank(ROUND, [later, earlier], {one.id: Judged(None, str(one.id)) for one in (later, earlier)})
    assert [one.application for one in ranked] == [earlier, later]


def test_a_decision_that_does_not_hold_changes_nothing(office: Office) -> None:
    round = announced(office)
    wants = [scored(office, apply(office, round, business(office, number))) for number in (1, 2, 3)]
    closed(office, round)
    third = {"application_id": wants[2].id, "granted": True, "reason": "dekat sekali"}
    first = {"application_id": wants[0].id, "granted": False, "reason": "mengundurkan diri secara lisan"}
    for granted, otherwise, refusal in (
        (3, (), InvalidRequest),
        (3, (third,), GrantBudgetExceeded),
        (2, ({**third, "application_id": round.id},), InvalidRequest),
    ):
        with pytest.raises(refusal):
            decide(office, round, granted, *otherwise)
    assert {str(shown(office, one).state) for one in wants} == {"scoring"}
    assert office.events("grant-decided") == []
    done = decide(office, round, 2, first, third)
    assert (done.granted, done.granted_rupiah) == (2, 8_000_000)
    told = [shown(office, one) for one in wants]
    assert [str(one.state) for one in told] == ["refused", "granted", "granted"]
    assert (told[0].reasons, told[0].reason) == (("other",), "mengundurkan diri secara lisan")
