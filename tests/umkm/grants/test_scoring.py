"""Scores are given blindly, by versions of a sheet that stay as they were."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from contracts import umkm as asked
from contracts.context import Actor
from contracts.problems import InvalidRequest
from tests.umkm.office import MANAGER, Office, nik

from .committee import (
    DESK,
    SURVEYOR,
    announced,
    apply,
    assessor,
    business,
    closed,
    decide,
    ranking,
    review,
    score,
    scored,
    shown,
    survey,
)


def waiting(office: Office, number: int) -> list[Any]:
    """What an assessor sees."""
    return list(office.ask(asked.ListGrantsToScore(), assessor(number)).items)


def test_assessors_see_what_is_planned_and_found_but_not_by_whom(office: Office) -> None:
    owned = business(office, 1)
    one = apply(office, announced(office), owned)
    assert waiting(office, 1) == []
    review(office, one)
    survey(office, one)
    (seen,) = waiting(office, 1)
    assert (seen.trade, seen.size_class, seen.rupiah, seen.use) == ("food", "micro", 4_000_000, one.use)
    assert seen.findings.startswith("Dapur") and seen.kecamatan
    told = seen.model_dump_json()
    for secret in (owned.name, str(owned.id), str(owned.owner.id), owned.address, "Siti", "+62812", "367101"):
        assert secret not in told, secret


@pytest.mark.parametrize(
    "told",
    [
        "oven untuk Siti Contoh 1, pesanan hotel",
        "oven untuk SITI  CONTOH-1!",
        "hubungi 0812-3450-0001 untuk kunjungan",
        "hubungi +62 812 345 00001",
        f"pemohon {nik(1)}",
    ],
)
def test_a_text_that_tells_who_applies_is_refused(office: Office, told: str) -> None:
    owned = business(office, 1)
    round = announced(office)
    request = {"round_id": round.id, "business_id": owned.id, "rupiah": 4_000_000}
    with pytest.raises(InvalidRequest) as refused:
        office.ask(asked.ApplyForGrant.model_validate(request | {"use": told}), DESK)
    assert [(one.pointer, one.code) for one in refused.value.data.errors] == [("/use", "tells_who")]
    one = apply(office, round, owned)
    review(office, one)
    visit = {"application_id": one.id, "visited_on": office.now.date(), "passed": True, "findings": told}
    with pytest.raises(InvalidRequest):
        office.ask(asked.SurveyGrant.model_validate(visit), SURVEYOR)
    survey(office, one)


def test_sums_and_single_words_tell_nobody(office: Office) -> None:
    owned = business(office, 1)
    told = {"round_id": announced(office).id, "business_id": owned.id, "rupiah": 4_000_000}
    use = "Contoh: 2 oven seharga Rp2.500.000 dan 100 loyang, omzet Rp180.000.000 per 2025, Siti"
    assert office.ask(asked.ApplyForGrant.model_validate(told | {"use": use}), DESK).use == use


def test_each_scores_alone(office: Office) -> None:
    one = apply(office, announced(office), business(office, 1))
    review(office, one)
    survey(office, one)
    first = score(office, one, 1, 5)
    assert [given.assessor for given in first.assessments] == ["assessor-1"]
    (seen,) = waiting(office, 2)
    assert (seen.given, seen.assessments) == (1, ())
    with pytest.raises(asked.AlreadyAssessed):
        score(office, one, 1, 1)
    both = score(office, one, 2, 3)
    assert [given.percent for given in both.assessments] == [100, 60]
    with pytest.raises(asked.AlreadyAssessed):
        score(office, one, 3)
    assert shown(office, one).percent is None, "nothing is told before the round is decided"


def test_who_knows_the_applicant_does_not_score_and_who_scored_does_not_decide(office: Office) -> None:
    round = announced(office)
    one = apply(office, round, business(office, 1), Actor(subject="counter-1", client="console"))
    review(office, one)
    survey(office, one)
    scores = tuple({"criterion": each.criterion, "points": 1} for each in waiting(office, 1)[0].scoresheet.criteria)
    told = asked.AssessGrant.model_validate({"application_id": one.id, "scores": scores})
    for actor in (DESK, SURVEYOR, Actor(subject="counter-1", client="console")):
        with pytest.raises(asked.ReviewerScores):
            office.ask(told, actor)
    for number in (1, 2):
        score(office, one, number)
    closed(office, round)
    with pytest.raises(asked.AssessorDecides):
        decide(office, round, 1, actor=assessor(2))
    assert decide(office, round, 1).granted == 1


def test_scores_belong_between_the_visit_and_the_decision(office: Office) -> None:
    round = announced(office)
    one = apply(office, round, business(office, 1))
    review(office, one)
    survey(office, one)
    score(office, one, 1)
    (seen,) = waiting(office, 2)
    scores = tuple({"criterion": each.criterion, "points": 1} for each in seen.scoresheet.criteria)
    told = asked.AssessGrant.model_validate({"application_id": one.id, "scores": scores})
    closed(office, round)
    with pytest.raises(asked.GrantsUndecidable) as refused:
        ranking(office, round)
    assert refused.value.data.extra == {"desk_review": 0, "field_survey": 0, "scoring": 1}
    office.ask(asked.WithdrawGrant(application_id=one.id))
    with pytest.raises(asked.GrantWrongState):
        office.ask(told, assessor(2))
    other = apply(office, announced(office), business(office, 2))
    with pytest.raises(asked.GrantWrongState):
        office.ask(told.model_copy(update={"application_id": other.id}), assessor(2))


def test_a_round_keeps_its_sheet(office: Office) -> None:
    old = announced(office)
    criterion = {"criterion": "export", "indonesian": "Siap ekspor", "english": "Ready to export"}
    told = {"criteria": [criterion | {"most_points": 2, "weight": 1}], "assessors_needed": 1, "pass_percent": 50}
    sheet = office.ask(asked.SetGrantScoresheet.model_validate(told), MANAGER)
    assert sheet.version == 2
    assert office.ask(asked.SetGrantScoresheet.model_validate(told), MANAGER).version == 2, "the same again"
    new = announced(office)
    assert (old.scoresheet, new.scoresheet) == (1, 2)
    before, after = apply(office, old, business(office, 1)), apply(office, new, business(office, 2))
    for one in (before, after):
        review(office, one)
        survey(office, one)
    with pytest.raises(InvalidRequest):
        office.ask(
            asked.AssessGrant.model_validate(
                {"application_id": before.id, "scores": [{"criterion": "export", "points": 1}]}
            ),
            assessor(1),
        )
    score(office, after, 1, 1)
    closed(office, new)
    assert [one.advice for one in ranking(office, new).items] == ["grant"]
    assert [len(version.criteria) for version in map(lambda n: sheet_of(office, n), (None, 1, 2))] == [1, 4, 1]


def sheet_of(office: Office, version: int | None) -> Any:
    """One version of the sheet."""
    return office.ask(asked.GetGrantScoresheet(version=version))


def test_the_database_itself_refuses_other_scores(office: Office) -> None:
    scored(office, apply(office, announced(office), business(office, 1)))
    for statement in (
        "UPDATE grant_assessment SET percent = 0",
        "DELETE FROM grant_assessment",
        "UPDATE grant_scoresheet SET pass_percent = 0",
    ):
        with pytest.raises(DBAPIError):
            office.run_sql(statement)
