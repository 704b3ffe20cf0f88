"""Configuration, deadlines and alerts: which clock runs out when, and what an alert may become."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.ambulance.configuration import Clocks, Siaga, SiagaMode, Targets
from contracts.ambulance.problems import ConfigurationChanged, WrongState
from contracts.ambulance.values import AlertKind, AlertState, AssignmentState, IncidentClass, Milestone, Triage
from contracts.geography import Point
from services.ambulance.domain import deadlines
from services.ambulance.domain.alert import About, Alert
from services.ambulance.domain.configuration import CLOCKS, Configuration
from services.ambulance.domain.siaga import awaits_unit

from .builders import CENTRE, NOON, assignment, at, incident, incident_on_scene, uuid

INSTALLED = Configuration()
MINUTES = st.integers(1, 1440)


@given(MINUTES, MINUTES, MINUTES)
def test_targets_are_taken_only_if_a_less_urgent_colour_waits_longer(merah: int, kuning: int, hijau: int) -> None:
    wish = {"merah_minutes": merah, "kuning_minutes": kuning, "hijau_minutes": hijau}
    if merah <= kuning <= hijau:
        assert Targets.model_validate(wish).model_dump() == wish
    else:
        with pytest.raises(ValidationError):
            Targets.model_validate(wish)


@pytest.mark.parametrize("seconds", [(60, 15), (15, 15), (0,), (1, 2, 3, 4, 5, 6), (3601,)])
def test_call_backs_come_one_after_the_other(seconds: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Clocks.model_validate({**CLOCKS.model_dump(), "call_back_seconds": seconds})


def test_a_group_is_changed_by_who_saw_its_present_version() -> None:
    auto = Siaga(mode=SiagaMode.AUTO)
    changed = INSTALLED.changed("siaga", auto, 1)
    assert (changed.auto, changed.versions["siaga"], changed.versions["targets"]) == (True, 2, 1)
    assert changed.changed("siaga", auto, None) is changed
    with pytest.raises(ConfigurationChanged):
        changed.changed("siaga", Siaga(mode=SiagaMode.CONFIRM), 1)


@pytest.mark.parametrize(
    ("colour", "minutes"),
    [(Triage.MERAH, 15), (Triage.KUNING, 30), (Triage.HIJAU, 60), (None, 15), (Triage.HITAM, None)],
)
def test_the_target_counts_from_the_call(colour: Triage | None, minutes: int | None) -> None:
    waiting = incident()
    if colour:
        waiting.set_triage(colour, provisional=True)
    assert deadlines.arrival_due(waiting, INSTALLED) == (at(minutes) if minutes else None)


def test_nobody_is_waited_for_once_a_unit_is_on_scene() -> None:
    assert deadlines.arrival_due(incident_on_scene(), INSTALLED) is None


def test_a_planned_request_waits_for_its_unit_not_for_its_arrival() -> None:
    planned = incident(incident_class=IncidentClass.REGULAR)
    assert deadlines.arrival_due(planned, INSTALLED) == at(60)
    assert deadlines.assignment_due(planned, INSTALLED) is None
    planned.pickup_at = at(600)
    assert deadlines.arrival_due(planned, INSTALLED) is None
    assert deadlines.assignment_due(planned, INSTALLED) == at(540)


def test_each_status_has_its_limit_from_when_it_began() -> None:
    sent = assignment()
    assert deadlines.status_due(sent, INSTALLED) is None
    limits = {
        "acknowledged": 5,
        "en_route": 45,
        "on_scene": 45,
        "patient_loaded": 60,
        "at_hospital": 30,
        "handed_over": 30,
    }
    for number, (state, minutes) in enumerate(limits.items(), start=1):
        sent.record(Milestone(state), at(number), at(60))
        assert deadlines.status_due(sent, INSTALLED) == at(number + minutes)
    sent.record(Milestone.COMPLETED, at(59), at(60))
    assert deadlines.status_due(sent, INSTALLED) is None


def test_a_unit_should_roll_from_its_first_answer_until_it_arrives() -> None:
    sent = assignment()
    assert deadlines.rolling_since(sent) is None
    sent.record(Milestone.ACKNOWLEDGED, at(1), at(9))
    sent.record(Milestone.EN_ROUTE, at(2), at(9))
    assert deadlines.rolling_since(sent) == at(1)
    sent.record(Milestone.ON_SCENE, at(8), at(9))
    assert deadlines.rolling_since(sent) is None


def test_jitter_is_no_movement() -> None:
    east = Point(coordinates=(CENTRE.longitude + 0.0005, CENTRE.latitude))  # 55 m
    far = Point(coordinates=(CENTRE.longitude + 0.002, CENTRE.latitude))  # 221 m
    assert not deadlines.moved([])
    assert not deadlines.moved([CENTRE])
    assert not deadlines.moved([CENTRE, east, CENTRE, east])
    assert deadlines.moved([CENTRE, east, far])


def raised() -> Alert:
    about = About(incident_id=uuid(2), assignment_id=uuid(3), unit_id="AMB-01")
    return Alert.raised(uuid(5), AlertKind.UNACKNOWLEDGED, about, NOON, {})[0]


@given(st.lists(st.sampled_from(["acknowledge", "resolve", "clear"]), max_size=6))
def test_an_alert_goes_one_way_and_counts_its_changes(steps: list[str]) -> None:
    alert, order, events, changes = raised(), list(AlertState), 0, 0
    for number, step in enumerate(steps):
        before, version = alert.state, alert.version
        try:
            if step == "acknowledge":
                alert.acknowledge(f"operator-{number}", at(number))
            else:
                events += len(alert.resolve(f"operator-{number}", at(number), by_itself=step == "clear"))
        except WrongState:
            assert (before, step) == (AlertState.RESOLVED, "acknowledge")
        assert order.index(alert.state) >= order.index(before)
        changes += alert.state is not before
        assert alert.version - version == (alert.state is not before)
    assert alert.version == 1 + changes
    assert events == (alert.state is AlertState.RESOLVED)


def test_an_alert_is_about_the_most_particular_thing() -> None:
    assert raised().about.subject == uuid(3)
    assert About(contact_id=uuid(1)).subject == uuid(1)
    assert About(unit_id="AMB-01").subject == About(unit_id="AMB-01").subject != About(unit_id="AMB-02").subject
    with pytest.raises(ValueError, match="about"):
        About().subject  # noqa: B018


def test_only_a_red_incident_with_a_place_gets_a_unit_by_itself() -> None:
    red = incident()
    assert not awaits_unit(red)
    red.set_triage(Triage.KUNING, provisional=True)
    assert not awaits_unit(red)
    red.set_triage(Triage.MERAH, provisional=True)
    assert awaits_unit(red)
    red.unit_dispatched()
    assert awaits_unit(red)
    red.unit_on_scene()
    assert not awaits_unit(red)


def test_a_state_without_a_limit_has_none() -> None:
    assert INSTALLED.status_limit(AssignmentState.DISPATCHED) is None
    assert INSTALLED.status_limit(AssignmentState.AT_HOSPITAL) == timedelta(minutes=30)
