"""Where a patient goes, and what follows when a hospital does not take them."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.geography import Point
from contracts.problems import Forbidden, InvalidRequest
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk, crew

OURS, THEIRS = crew("AMB-01"), crew("AMB-02", subject="crew-2")
FAR = Point(coordinates=(106.70, -6.20))


def hospital(id: str, east: float, *capabilities: str) -> dict[str, Any]:
    at = Point(coordinates=(CENTRE.longitude + east, CENTRE.latitude))
    return {"id": id, "name": id, "type": "hospital", "location": at, "capabilities": capabilities}


@pytest.fixture
def trip(desk: Desk) -> Any:
    """A red patient of a traffic accident on board of AMB-01; three hospitals, the nearest not for trauma."""
    rows = (hospital("RS-1", 0.002), hospital("RS-2", 0.01, "trauma"), hospital("RS-3", 0.02, "trauma"))
    desk.ask(asked.ImportFacilities(facilities=rows))
    desk.fleet("AMB-01", "AMB-02")
    sent = desk.send(desk.incident(kind="traffic", patients=2), "AMB-01")
    desk.report(sent.id, "on_scene", OURS)
    desk.ask(asked.ConfirmTriage(incident_id=sent.incident_id, patient_number=1, triage="merah"), OURS)
    desk.ask(asked.AssignPatient(assignment_id=sent.id, patient_number=1), OURS)
    return desk.report(sent.id, "patient_loaded", OURS)


def ranked(desk: Desk, trip: Any, who: Any = OURS, **more: Any) -> Any:
    return desk.ask(asked.RankFacilities(incident_id=trip.incident_id, patient_number=1, **more), who)


def refusal(trip: Any, facility_id: str, reason: str = "no_bed") -> asked.RefuseFacility:
    return asked.RefuseFacility(assignment_id=trip.id, facility_id=facility_id, reason=reason)


def test_a_red_patient_goes_to_the_nearest_that_can_care(desk: Desk, trip: Any) -> None:
    shown = ranked(desk, trip)
    assert (shown.recommended, shown.nearest, shown.capability, shown.time_critical) == ("RS-2", "RS-2", "trauma", True)
    assert [(one.facility_id, one.reason) for one in shown.candidates] == [
        ("RS-2", "nearest"),
        ("RS-3", "slower"),
        ("RS-1", "not_capable"),
    ]
    assert len(ranked(desk, trip, limit=1).candidates) == 1
    assert not ranked(desk, trip, capability="burns").capability_known
    with pytest.raises(Forbidden):
        ranked(desk, trip, THEIRS)


def test_the_way_is_counted_from_where_the_patient_is(desk: Desk, trip: Any) -> None:
    from_scene = ranked(desk, trip).candidates[0].travel_seconds
    desk.ask(asked.ReportPositions(positions=({"unit_id": "AMB-01", "location": FAR, "at": desk.later(minutes=15)},)))
    assert ranked(desk, trip).candidates[0].travel_seconds > from_scene
    desk.later(minutes=31)  # a position that old is not believed
    assert ranked(desk, trip).candidates[0].travel_seconds == from_scene


def test_a_refusal_is_counted_and_the_next_choice_is_set(desk: Desk, trip: Any) -> None:
    shown = desk.ask(refusal(trip, "RS-2"), OURS)
    assert shown.facility_id == "RS-3"
    assert desk.ask(refusal(trip, "RS-2", "no_doctor"), OURS) == shown
    assert desk.events().count("facility-refused") == 1
    counts = {one.id: one.refusals for one in desk.ask(asked.ListFacilities()).items}
    assert counts == {"RS-1": 0, "RS-2": 1, "RS-3": 0}
    assert ranked(desk, trip).recommended == "RS-3"
    assert [one.reason for one in ranked(desk, trip).candidates] == ["nearest", "refused", "not_capable"]
    assert desk.ask(refusal(trip, "RS-3")).facility_id is None  # by a dispatcher; nobody else can care for trauma
    desk.later(days=31)
    assert {one.refusals for one in desk.ask(asked.ListFacilities()).items} == {0}


def test_a_refusal_is_refused_for_what_is_not_there_or_over(desk: Desk, trip: Any) -> None:
    with pytest.raises(Forbidden):
        desk.ask(refusal(trip, "RS-2"), THEIRS)
    with pytest.raises(InvalidRequest):
        desk.ask(refusal(trip, "RS-9"), OURS)
    desk.report(trip.id, "handed_over", OURS, facility_id="RS-2")
    with pytest.raises(WrongState):
        desk.ask(refusal(trip, "RS-2"), OURS)
    assert desk.rows("SELECT 1 FROM facility_refusal") == []


def test_the_wait_is_learned_from_past_hand_overs_and_their_corrections(desk: Desk, trip: Any) -> None:
    def wait(id: str) -> int:
        return next(one.hand_over_seconds for one in ranked(desk, trip).candidates if one.facility_id == id)

    unknown = wait("RS-3")
    other = desk.send(desk.incident(), "AMB-02")
    arrived = desk.later(minutes=10)
    desk.report(other.id, "at_hospital", THEIRS, facility_id="RS-3")
    desk.later(hours=2)
    desk.report(other.id, "handed_over", THEIRS)
    learned = wait("RS-3")
    assert learned > unknown and wait("RS-2") == unknown
    told = {"assignment_id": other.id, "milestone": "handed_over", "reason": "tombol terlambat"}
    desk.ask(asked.CorrectMilestone(at=arrived, **told), THEIRS)
    assert wait("RS-3") < unknown
    desk.later(days=29)
    assert wait("RS-3") == unknown


def asking(trip: Any, facility_id: str) -> asked.AskFacility:
    return asked.AskFacility(assignment_id=trip.id, facility_id=facility_id)


def accepting(trip: Any, facility_id: str) -> asked.AcceptPatient:
    return asked.AcceptPatient(assignment_id=trip.id, facility_id=facility_id)


def alerts(desk: Desk) -> list[dict[str, Any]]:
    shown = desk.ask(asked.ListAlerts(kind="facility_unanswered", state="open")).items
    return [dict(one.detail) for one in shown]


def answers(desk: Desk, trip: Any) -> dict[str, str | None]:
    return {one.facility_id: one.answer for one in ranked(desk, trip).candidates}


def test_a_facility_that_is_asked_answers_or_an_alert_names_the_next(desk: Desk, trip: Any) -> None:
    shown = desk.ask(asking(trip, "RS-2"), OURS)
    assert (shown.facility_id, shown.facility_answer, shown.facility_asked_at) == ("RS-2", "asked", desk.now)
    assert desk.ask(asking(trip, "RS-2"), OURS) == shown
    assert answers(desk, trip) == {"RS-1": None, "RS-2": "asked", "RS-3": None}
    desk.later(seconds=179)
    desk.fire()
    assert alerts(desk) == []
    desk.later(seconds=2)
    desk.fire()
    assert alerts(desk) == [{"facility_id": "RS-2", "next_facility_id": "RS-3"}]
    accepted = desk.ask(accepting(trip, "RS-2"))
    assert (accepted.facility_answer, accepted.facility_asked_at) == ("accepted", shown.facility_asked_at)
    assert alerts(desk) == []
    assert desk.ask(accepting(trip, "RS-2")) == accepted
    names = desk.events()
    assert (names.count("facility-asked"), names.count("facility-accepted")) == (1, 1)


def test_elsewhere_nobody_has_asked_yet(desk: Desk, trip: Any) -> None:
    desk.ask(accepting(trip, "RS-2"), OURS)
    desk.ask(asking(trip, "RS-3"), OURS)
    shown = desk.report(trip.id, "at_hospital", OURS, facility_id="RS-2")  # the crew turned round
    assert (shown.facility_id, shown.facility_answer, shown.facility_accepted_at) == ("RS-2", None, None)
    desk.later(minutes=4)
    desk.fire()
    assert alerts(desk) == []


def test_who_refused_may_change_their_mind_and_the_refusal_stays_counted(desk: Desk, trip: Any) -> None:
    desk.ask(asking(trip, "RS-2"), OURS)
    assert desk.ask(refusal(trip, "RS-2"), OURS).facility_answer is None
    assert answers(desk, trip)["RS-2"] == "refused"
    assert desk.ask(accepting(trip, "RS-2"), OURS).facility_id == "RS-2"
    assert (answers(desk, trip)["RS-2"], ranked(desk, trip).recommended) == ("accepted", "RS-2")
    counts = {one.id: one.refusals for one in desk.ask(asked.ListFacilities()).items}
    assert counts["RS-2"] == 1
    desk.later(minutes=4)
    desk.fire()
    assert alerts(desk) == []  # nobody waits for an answer of the one that was asked first


def test_asking_is_for_the_own_trip_and_not_after_it(desk: Desk, trip: Any) -> None:
    for step in (asking, accepting):
        with pytest.raises(Forbidden):
            desk.ask(step(trip, "RS-2"), THEIRS)
        with pytest.raises(InvalidRequest):
            desk.ask(step(trip, "RS-9"), OURS)
    desk.report(trip.id, "handed_over", OURS, facility_id="RS-2")
    for step in (asking, accepting):
        with pytest.raises(WrongState):
            desk.ask(step(trip, "RS-3"), OURS)


def test_at_the_door_nobody_has_to_answer_any_more(desk: Desk, trip: Any) -> None:
    desk.ask(asking(trip, "RS-2"), OURS)
    desk.later(minutes=4)
    desk.fire()
    assert len(alerts(desk)) == 1
    desk.report(trip.id, "at_hospital", OURS)
    assert alerts(desk) == []


@pytest.mark.parametrize("step", [asking, accepting])
def test_a_second_refusal_sends_the_unit_on_too_and_counts_once(desk: Desk, trip: Any, step: Any) -> None:
    desk.ask(refusal(trip, "RS-2"), OURS)
    desk.ask(step(trip, "RS-2"), OURS)
    assert answers(desk, trip)["RS-2"] == ("asked" if step is asking else "accepted")
    shown = desk.ask(refusal(trip, "RS-2", "no_doctor"), OURS)
    assert (shown.facility_id, shown.facility_answer) == ("RS-3", None)
    assert answers(desk, trip)["RS-2"] == "refused"
    assert desk.ask(refusal(trip, "RS-2"), OURS) == shown
    counts = {one.id: one.refusals for one in desk.ask(asked.ListFacilities()).items}
    assert counts["RS-2"] == 1
