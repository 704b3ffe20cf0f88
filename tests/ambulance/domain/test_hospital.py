"""Which hospital: least travel and wait, the nearest for red, and nobody without one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ambulance.values import Capability, FacilityState, FacilityType, Triage
from services.ambulance.domain.facility import Facility
from services.ambulance.domain.hospital import (
    BEYOND_NEAREST_SECONDS,
    DEFAULT_HAND_OVER_SECONDS,
    PastHandOvers,
    Ranking,
    expected_hand_over,
    rank,
)

from .builders import CENTRE

TRAUMA = Capability.TRAUMA


def facility(id: str, state: str = "open", *capabilities: Capability, hospital: bool = True) -> Facility:
    type = FacilityType.HOSPITAL if hospital else FacilityType.PUSKESMAS
    made = Facility.register(id, id, type, CENTRE, None, False, capabilities)[0]
    made.state = FacilityState(state)
    return made


def choose(travel: dict[Facility, float] | list[tuple[Facility, float]], **more: object) -> Ranking:
    pairs = list(travel)
    waits = more.pop("waits", {})
    past = {id: PastHandOvers(10_000, seconds) for id, seconds in waits.items()}  # type: ignore[attr-defined]
    given_ = {"triage": Triage.KUNING, **more}
    return rank([one for one, _ in pairs], {one.id: s for one, s in pairs}, past, **given_)  # type: ignore[arg-type]


def reasons(ranking: Ranking) -> dict[str, str]:
    return {option.facility.id: option.reason for option in ranking.options}


def test_a_short_wait_is_worth_some_way():
    near, far = facility("near"), facility("far")
    ranking = choose([(near, 300), (far, 700)], waits={"near": 3000, "far": 600})
    assert (ranking.recommended, ranking.nearest) == ("far", "near")
    assert reasons(ranking) == {"far": "best", "near": "slower"}


def test_not_more_than_ten_minutes_of_it():
    near, far = facility("near"), facility("far")
    ranking = choose([(near, 300), (far, 301 + BEYOND_NEAREST_SECONDS)], waits={"near": 9000, "far": 0})
    assert ranking.recommended == "near" and reasons(ranking)["far"] == "too_far"
    assert not ranking.options[1].offered


def test_red_goes_to_the_nearest_capable_whatever_the_wait():
    near, far, other = facility("near", "open", TRAUMA), facility("far", "open", TRAUMA), facility("other")
    pairs = [(near, 300), (far, 400), (other, 10)]
    ranking = choose(pairs, waits={"near": 9000, "far": 0}, triage=Triage.MERAH, capability=TRAUMA)
    assert ranking.recommended == ranking.nearest == "near" and ranking.time_critical
    assert reasons(ranking) == {"near": "nearest", "far": "slower", "other": "not_capable"}


@pytest.mark.parametrize("state", ["full", "diversion"])
def test_a_busy_one_stands_behind_and_is_never_taken_from_a_red_patient(state):
    busy, free = facility("busy", state), facility("free")
    for colour, offered in ((Triage.MERAH, True), (Triage.KUNING, False)):
        ranking = choose([(busy, 100), (free, 600)], triage=colour)
        assert ranking.recommended == "free" and reasons(ranking)["busy"] == state
        assert ranking.options[1].offered is offered


def test_red_does_not_drive_far_past_a_diversion():
    busy, free = facility("busy", "diversion"), facility("free")
    ranking = choose([(busy, 100), (free, 701)], triage=Triage.MERAH)
    assert ranking.recommended == "busy"


@pytest.mark.parametrize("colour", list(Triage))
def test_when_all_are_busy_one_is_offered_all_the_same(colour):
    ranking = choose([(facility("a", "full"), 200), (facility("b", "diversion"), 100)], triage=colour)
    assert ranking.recommended == "b" and all(option.offered for option in ranking.options)


def test_who_refused_comes_after_the_others():
    ranking = choose([(facility("a"), 100), (facility("b"), 200), (facility("c", "full"), 150)], refused={"a"})
    assert [option.facility.id for option in ranking.options] == ["b", "c", "a"]


def test_a_capability_that_nobody_is_known_to_have_is_not_asked_for():
    ranking = choose([(facility("a"), 100)], capability=Capability.BURNS)
    assert ranking.recommended == "a" and not ranking.capability_known


def test_without_an_emergency_room_nobody_is_brought():
    ranking = choose([(facility("pkm", hospital=False), 10), (facility("rs"), 900)], triage=Triage.MERAH)
    assert (ranking.recommended, ranking.nearest) == ("rs", "rs")
    assert reasons(ranking)["pkm"] == "no_emergency_room"


def test_the_expected_wait_is_learned_slowly():
    assert expected_hand_over(None) == DEFAULT_HAND_OVER_SECONDS
    assert expected_hand_over(PastHandOvers(1, 7200)) == 1950
    assert expected_hand_over(PastHandOvers(1000, 300)) == pytest.approx(300, abs=5)


@given(
    states=st.lists(st.sampled_from(list(FacilityState)), min_size=1, max_size=6),
    data=st.data(),
    colour=st.sampled_from(list(Triage)),
)
def test_somebody_is_always_recommended_and_no_capable_one_is_hidden_from_red(states, data, colour):
    seconds = data.draw(st.lists(st.integers(0, 3000), min_size=len(states), max_size=len(states)))
    known = [facility(f"RS-{number}", state) for number, state in enumerate(states)]
    refused = data.draw(st.sets(st.sampled_from([one.id for one in known])))
    ranking = choose(list(zip(known, seconds, strict=True)), triage=colour, refused=refused)
    assert len(ranking.options) == len(known) and ranking.recommended is not None
    if colour is Triage.MERAH:
        assert all(option.offered for option in ranking.options)
    open_near = [
        option
        for option in ranking.options
        if option.facility.state is FacilityState.OPEN
        and option.facility.id not in refused
        and option.travel_seconds <= min(seconds) + BEYOND_NEAREST_SECONDS
    ]
    cost = (lambda one: one.travel_seconds) if colour is Triage.MERAH else (lambda one: one.total_seconds)
    if open_near:
        assert ranking.recommended == min(open_near, key=lambda one: (cost(one), one.facility.id)).facility.id
