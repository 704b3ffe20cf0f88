"""Several at once: assessors who all are the second, managers who all decide, a withdrawal beside a decision."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from contracts import umkm as asked
from contracts.problems import Problem
from tests.umkm.office import Office

from .committee import announced, apply, assessor, business, closed, decide, review, scored, shown, survey


def done(*attempts: Callable[[], Any]) -> list[bool]:
    """All at once; which of them were not refused."""

    def tried(attempt: Callable[[], Any]) -> bool:
        try:
            attempt()
        except Problem:
            return False
        return True

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(tried, attempts))


def test_of_many_assessors_as_many_score_as_the_sheet_wants(office: Office) -> None:
    one = apply(office, announced(office), business(office, 1))
    review(office, one)
    survey(office, one)
    sheet = office.ask(asked.GetGrantScoresheet())
    told = {"application_id": one.id, "scores": [{"criterion": c.criterion, "points": 3} for c in sheet.criteria]}
    request = asked.AssessGrant.model_validate(told)
    assert sum(done(*(lambda n=n: office.ask(request, assessor(n)) for n in range(6)))) == sheet.assessors_needed
    assert len(office.rows("SELECT 1 FROM grant_assessment")) == sheet.assessors_needed


def test_a_round_is_decided_once(office: Office) -> None:
    round = announced(office)
    wants = [scored(office, apply(office, round, business(office, number))) for number in (1, 2)]
    closed(office, round)
    assert sum(done(*[lambda: decide(office, round, 2)] * 5)) == 1
    assert office.events("grant-decided") == ["grant-decided"] * 2
    assert [str(shown(office, one).state) for one in wants] == ["granted", "granted"]


def test_a_withdrawal_beside_the_decision_is_before_it_or_refused(office: Office) -> None:
    round = announced(office)
    stays, leaves = (scored(office, apply(office, round, business(office, number))) for number in (1, 2))
    closed(office, round)

    def withdraw() -> None:
        office.ask(asked.WithdrawGrant(application_id=leaves.id))

    # Which of the two is first is not ours to say; with one who has gone, two can't be granted: then nobody was.
    decided, withdrawn = done(lambda: decide(office, round, 2), withdraw)
    assert decided != withdrawn
    expected = ["granted", "granted"] if decided else ["scoring", "withdrawn"]
    assert [str(shown(office, one).state) for one in (stays, leaves)] == expected
