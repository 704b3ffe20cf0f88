"""Triage by phone: what the protocol says to which answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ambulance.values import Triage
from contracts.problems import InvalidRequest
from services.ambulance.domain import triage

PROTOCOL = triage.load()
CALM = {
    "conscious": True,
    "breathing": True,
    "breathing_easily": True,
    "severe_bleeding": False,
    "chest_pain": False,
    "stroke_signs": False,
    "severe_injury": False,
    "can_walk": True,
}
NAMES = [question.name for question in PROTOCOL.questions]
ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.booleans(), min_size=1)


@pytest.mark.parametrize(
    ("change", "colour", "rule"),
    [
        ({}, Triage.HIJAU, "no_danger_found"),
        ({"breathing": False}, Triage.MERAH, "not_breathing"),
        ({"breathing": False, "certain_death": True}, Triage.HITAM, "certain_death"),
        ({"certain_death": True}, Triage.HIJAU, "no_danger_found"),
        ({"conscious": False}, Triage.MERAH, "unconscious"),
        ({"breathing_easily": False}, Triage.MERAH, "hard_breathing"),
        ({"severe_bleeding": True}, Triage.MERAH, "severe_bleeding"),
        ({"chest_pain": True}, Triage.MERAH, "chest_pain"),
        ({"stroke_signs": True}, Triage.MERAH, "stroke_signs"),
        ({"seizure": True}, Triage.MERAH, "seizure"),
        ({"severe_injury": True}, Triage.MERAH, "severe_injury"),
        ({"birth_danger": True, "in_labour": True}, Triage.MERAH, "birth_danger"),
        ({"in_labour": True}, Triage.KUNING, "in_labour"),
        ({"injury": True}, Triage.KUNING, "injury"),
        ({"severe_pain": True}, Triage.KUNING, "severe_pain"),
        ({"worsening": True}, Triage.KUNING, "worsening"),
        ({"can_walk": False}, Triage.KUNING, "cannot_walk"),
    ],
)
def test_the_protocol_gives_the_colour_of_the_first_rule_that_fits(change, colour, rule):
    said = PROTOCOL.assess(CALM | change)
    assert (said.triage, said.rule, said.protocol_version, said.provisional) == (colour, rule, "v1", True)


@pytest.mark.parametrize("unanswered", sorted(CALM))
def test_one_question_left_open_is_never_hijau(unanswered):
    answers = {name: answer for name, answer in CALM.items() if name != unanswered}
    assert PROTOCOL.assess(answers).triage is Triage.KUNING


@given(ANSWERS)
def test_no_breathing_and_no_consciousness_are_never_less_than_merah(answers):
    colour = PROTOCOL.assess(answers).triage
    if answers.get("breathing") is False or answers.get("conscious") is False:
        assert colour in (Triage.MERAH, Triage.HITAM)
    if colour is Triage.HITAM:
        assert answers["certain_death"] and not answers["breathing"]
    if colour is Triage.HIJAU:
        assert CALM.items() <= answers.items()


def test_an_unknown_question_is_refused_by_name():
    with pytest.raises(InvalidRequest) as refused:
        PROTOCOL.assess({"conscious": True, "a/b": True})
    (error,) = refused.value.data.errors
    assert (error.pointer, error.code) == ("/answers/a~1b", "unknown_question")
    assert "conscious" in error.fix


def test_no_answer_is_no_triage():
    with pytest.raises(InvalidRequest):
        PROTOCOL.assess({})


def test_every_question_decides_something_and_is_asked_in_both_languages():
    used = {name for rule in PROTOCOL.rules for name in rule.when}
    assert used == set(NAMES)
    assert all(question.id.endswith("?") and question.en.endswith("?") for question in PROTOCOL.questions)
    assert len(NAMES) <= 30  # what a request may carry


def test_a_protocol_is_not_approved_before_a_physician_is_named():
    assert not PROTOCOL.approved


@pytest.mark.parametrize(
    "change",
    [
        {"otherwise": "hijau"},
        {"rules": [{"name": "x", "when": {"nobody_asks": True}, "triage": "merah"}]},
        {"rules": [{"name": "x", "when": {}, "triage": "merah"}]},
        {"questions": [{"name": "a", "id": "a?", "en": "a?"}] * 2},
    ],
)
def test_a_protocol_that_contradicts_itself_does_not_load(change):
    sound = {"version": "t", "questions": [{"name": "a", "id": "a?", "en": "a?"}], "rules": [], "otherwise": "kuning"}
    triage.parse(sound)
    with pytest.raises(ValueError, match="protocol t"):
        triage.parse(sound | change)


def test_an_unknown_version_names_those_that_are_there():
    with pytest.raises(LookupError, match="v1"):
        triage.load("../v1")
