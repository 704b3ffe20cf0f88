"""A round from its announcement to what was handed over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound
from tests.umkm.office import MANAGER, PUBLIC, Office, citizen

from .committee import (
    DESK,
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


def test_from_an_announcement_to_what_is_handed_over(office: Office) -> None:
    round = announced(office)
    wants = [apply(office, round, business(office, number), citizen(number)) for number in range(1, 7)]
    for one, points in zip(wants[:4], (3, 5, 4, 2), strict=True):
        scored(office, one, points)
    review(office, wants[4], False, "papers_incomplete")
    review(office, wants[5])
    survey(office, wants[5], False, "not_as_described")
    closed(office, round)
    ranked = ranking(office, round)
    assert [(one.rank, one.application_id, one.percent, one.advice) for one in ranked.items] == [
        (1, wants[1].id, 100, "grant"),
        (2, wants[2].id, 80, "grant"),
        (3, wants[0].id, 60, "outranked"),  # two million are left of ten
        (4, wants[3].id, 40, "below_pass"),
    ]
    assert (ranked.advised, ranked.advised_rupiah, ranked.next) == (2, 8_000_000, None)
    pages = [office.ask(asked.RankGrants(round_id=round.id, after_rank=after, limit=3), MANAGER) for after in (0, 3, 4)]
    assert [([one.rank for one in each.items], each.next) for each in pages] == [
        ([1, 2, 3], 3),
        ([4], None),
        ([], None),
    ]
    assert {each.advised for each in pages} == {2}, "of the whole round"
    less = {"application_id": wants[0].id, "granted": True, "rupiah": 2_000_000, "reason": "sisa anggaran"}
    done = decide(office, round, 3, less)
    assert (done.state, done.granted, done.granted_rupiah) == ("decided", 3, 10_000_000)
    told = [shown(office, one, citizen(number)) for number, one in enumerate(wants, 1)]
    assert [(str(one.state), one.reasons, one.granted_rupiah, one.percent) for one in told] == [
        ("granted", (), 2_000_000, 60),
        ("granted", (), 4_000_000, 100),
        ("granted", (), 4_000_000, 80),
        ("refused", ("below_pass",), None, 40),
        ("refused", ("papers_incomplete",), None, None),
        ("refused", ("not_as_described",), None, None),
    ]
    assert told[0].reason == "sisa anggaran" and told[0].findings is None, "of the visit the owner reads nothing"
    handed = office.ask(
        asked.HandOverGrant(application_id=wants[1].id, handed_on=office.now.date(), receipt="BAST/2026/1"), DESK
    )
    assert (handed.state, handed.handed_on) == ("handed_over", office.now.date())
    assert office.events("grant-decided") == ["grant-decided"] * 4
    assert office.events("grant-round") == ["grant-round-announced", "grant-round-decided"]
    assert office.events("grant-handed-over") == ["grant-handed-over"]
    assert [one.id for one in office.ask(asked.ListGrants(), citizen(2)).items] == [wants[1].id]


def test_it_opens_and_closes_by_the_clock(office: Office) -> None:
    round, one = announced(office, opens=1), business(office, 1)

    def state() -> str:
        return str(office.ask(asked.GetGrantRound(round_id=round.id), PUBLIC).state)

    with pytest.raises(asked.GrantRoundWrongState) as early:
        apply(office, round, one)
    assert early.value.data.extra["state"] == state() == "announced"
    office.now = round.opens_at
    assert state() == "open" and apply(office, round, one).state == "desk_review"
    with pytest.raises(asked.GrantRoundWrongState):
        ranking(office, round)
    office.now = round.closes_at - timedelta(microseconds=1)
    apply(office, round, business(office, 2))
    office.now = round.closes_at
    with pytest.raises(asked.GrantRoundWrongState) as late:
        apply(office, round, business(office, 3))
    assert late.value.data.extra["state"] == state() == "reviewing"


def test_nothing_is_decided_before_everything_was_looked_at(office: Office) -> None:
    round = announced(office)
    wants = [apply(office, round, business(office, number)) for number in (1, 2, 3)]
    review(office, wants[1])
    scored(office, wants[2])
    closed(office, round)
    with pytest.raises(asked.GrantsUndecidable) as refused:
        decide(office, round, 1)
    assert (refused.value.data.extra["desk_review"], refused.value.data.extra["field_survey"]) == (1, 1)
    assert refused.value.data.extra["scoring"] == 0
    office.ask(asked.WithdrawGrant(application_id=wants[0].id))
    survey(office, wants[1], False, "business_not_found")
    assert decide(office, round, 1).granted == 1
    with pytest.raises(asked.GrantRoundWrongState):
        decide(office, round, 1)


def test_a_cancelled_round_refuses_whoever_waits_and_says_why(office: Office) -> None:
    round = announced(office)
    waits, gone = apply(office, round, business(office, 1)), apply(office, round, business(office, 2))
    office.ask(asked.WithdrawGrant(application_id=gone.id))
    told = office.ask(asked.CancelGrantRound(round_id=round.id, reason="anggaran dialihkan"), MANAGER)
    assert (told.state, told.reason) == ("cancelled", "anggaran dialihkan")
    refused = shown(office, waits)
    assert (refused.state, refused.reasons, refused.reason) == ("refused", ("other",), "anggaran dialihkan")
    assert shown(office, gone).state == "withdrawn"
    with pytest.raises(asked.GrantRoundWrongState):
        office.ask(asked.CancelGrantRound(round_id=round.id, reason="sekali lagi"), MANAGER)
    with pytest.raises(asked.GrantRoundWrongState):
        apply(office, round, business(office, 3))


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"closes_at": "2026-11-20T08:00:00+07:00", "opens_at": "2026-11-01T08:00:00+07:00"}, "closes_at"),
        ({"closes_at": "2026-12-01T08:00:00+07:00", "opens_at": "2026-12-01T08:00:00+07:00"}, ""),
        ({"least_rupiah": 4_000_001}, ""),
        ({"most_rupiah": 10_000_001}, ""),
    ],
)
def test_a_round_that_nobody_could_have_is_refused(office: Office, wrong: dict[str, object], where: str) -> None:
    with pytest.raises(ValueError if not where else InvalidRequest) as refused:
        announced(office, **wrong)
    if where:
        assert refused.value.data.errors[0].pointer == f"/{where}"
    assert office.rows("SELECT id FROM grant_round") == []


def test_what_was_granted_is_handed_over_once_between_decision_and_today(office: Office) -> None:
    round = announced(office)
    one = scored(office, apply(office, round, business(office, 1)))

    def hand_over(days: int) -> str:
        told = {"application_id": one.id, "handed_on": office.now.date() + timedelta(days=days), "receipt": "BAST-1"}
        return str(office.ask(asked.HandOverGrant.model_validate(told), DESK).state)

    with pytest.raises(asked.GrantWrongState):
        hand_over(0)
    closed(office, round)
    decide(office, round, 1)
    for days in (-1, 1):
        with pytest.raises(InvalidRequest):
            hand_over(days)
    assert hand_over(0) == "handed_over"
    with pytest.raises(asked.GrantWrongState):
        hand_over(0)


def test_sums_outside_the_round_are_refused(office: Office) -> None:
    round, one = announced(office), business(office, 1)
    for rupiah in (999_999, 4_000_001):
        with pytest.raises(InvalidRequest) as refused:
            apply(office, round, one, rupiah=rupiah)
        assert refused.value.data.errors[0].pointer == "/rupiah"
    assert apply(office, round, one, rupiah=1_000_000).rupiah == 1_000_000
    with pytest.raises(NotFound):
        apply(office, one, one)
