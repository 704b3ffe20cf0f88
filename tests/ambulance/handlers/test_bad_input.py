"""What comes wrong: each is refused in clear words, or taken and flagged, as a dispatcher would want."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from contracts import ambulance as asked
from contracts.ambulance.problems import UnitNotAvailable, UnitTaken, WrongState
from contracts.problems import InvalidRequest, NotFound, invalid
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk


@pytest.fixture
def done(desk: Desk) -> Any:
    """An incident that is closed, its unit long free; the assignment."""
    desk.fleet("AMB-01")
    sent = desk.send(desk.incident(), "AMB-01")
    desk.later(minutes=30)
    desk.report(sent.id, "on_scene")
    desk.report(sent.id, "completed")
    desk.ask(asked.RecordPatientOutcome(incident_id=sent.incident_id, patient_number=1, outcome="treated_on_scene"))
    desk.ask(asked.CloseIncident(incident_id=sent.incident_id, outcome="treated_on_scene"))
    return sent


def test_a_late_milestone_of_a_closed_case_fills_its_history_and_opens_nothing(desk: Desk, done: Any) -> None:
    before = desk.ask(asked.GetIncident(incident_id=done.incident_id))
    shown = desk.report(done.id, "en_route", at=NOON + timedelta(minutes=2))
    assert (shown.state, len(shown.milestones)) == ("completed", 3)
    after = desk.ask(asked.GetIncident(incident_id=done.incident_id))
    assert (after.state, after.version) == (before.state, before.version)
    assert desk.ask(asked.GetUnit(unit_id="AMB-01")).assignment_id is None


@pytest.mark.parametrize("ending", ["decline", "release"])
def test_a_milestone_of_a_unit_that_was_taken_off_is_refused(desk: Desk, ending: str) -> None:
    desk.fleet("AMB-01")
    sent = desk.send(desk.incident(), "AMB-01")
    kind = asked.DeclineAssignment if ending == "decline" else asked.ReleaseUnit
    desk.ask(kind(assignment_id=sent.id, reason="ban kempes"))
    with pytest.raises(WrongState) as refusal:
        desk.report(sent.id, "on_scene")
    assert refusal.value.data.extra["allowed"] == []


def test_a_unit_that_is_unknown_off_duty_or_out_of_service_is_not_sent(desk: Desk) -> None:
    desk.fleet("OFF", state="off_duty")
    desk.fleet("BROKEN", state="out_of_service")
    id = desk.incident()
    with pytest.raises(NotFound, match="AMB-99"):
        desk.send(id, "AMB-99")
    for unit, reason in (("OFF", "off_duty"), ("BROKEN", "out_of_service")):
        with pytest.raises(UnitNotAvailable) as refusal:
            desk.send(id, unit)
        assert refusal.value.data.extra == {"unit_id": unit, "reason": reason}
    assert desk.rows("SELECT 1 FROM assignment") == desk.rows("SELECT 1 FROM choice") == []


@pytest.mark.parametrize("told", ["112", "119", "0119", "+62119", "(112)"])
def test_an_emergency_line_is_no_number_to_ring_back_and_loses_no_call(desk: Desk, told: str) -> None:
    for request in (asked.RecordContact(phone=told), asked.OpenIncident(phone=told, location=CENTRE)):
        desk.ask(request)
    for contact in desk.ask(asked.ListContacts()).items:
        shown = desk.ask(asked.GetContact(contact_id=contact.id))
        assert (shown.phone, shown.phone_told, shown.phone_doubtful, shown.standing) == (None, told, True, None)


POINTS = {
    "swapped": ([-6.17, 106.63], "coordinates_swapped"),
    "in the sea of Guinea": ([0.0, 0.0], "coordinates_outside"),
    "Amsterdam": ([4.9, 52.37], "coordinates_outside"),
    "off the globe": ([190.0, -6.17], "coordinates_outside"),
}


@pytest.mark.parametrize("kind", POINTS)
@pytest.mark.parametrize("request_of", [asked.OpenIncident, asked.RecordContact, asked.LocateIncident])
def test_a_point_that_cannot_be_is_refused_with_what_to_do(kind: str, request_of: Any) -> None:
    coordinates, code = POINTS[kind]
    more = {"incident_id": "00000000-0000-0000-0000-000000000001"} if request_of is asked.LocateIncident else {}
    with pytest.raises(ValidationError) as wrong:
        request_of(location={"type": "Point", "coordinates": coordinates}, **more)
    (error,) = invalid(wrong.value).data.errors
    assert (error.pointer, error.code) == ("/location/coordinates", code) and error.fix


def test_a_point_outside_of_the_city_is_taken_and_flagged(desk: Desk) -> None:
    ring = [(106.60, -6.20), (106.66, -6.20), (106.66, -6.14), (106.60, -6.14), (106.60, -6.20)]
    area = {"code": "36.71.01.1001", "name": "Sukarasa", "kecamatan_code": "36.71.01", "kecamatan": "Tangerang"}
    desk.ask(asked.ImportAreas(areas=({**area, "polygons": [[ring]]},)))
    jakarta = {"type": "Point", "coordinates": [106.82, -6.17]}
    id = desk.incident(location=jakarta)
    shown = desk.ask(asked.GetIncident(incident_id=id))
    assert (shown.outside_city, shown.hand_over_due) == (True, True)


def test_a_complaint_has_its_limit_and_says_so() -> None:
    with pytest.raises(ValidationError) as wrong:
        asked.RecordContact(complaint="x" * 2001)
    (error,) = invalid(wrong.value).data.errors
    assert error.pointer == "/complaint" and "2000" in error.detail


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON - timedelta(days=1), "before_dispatch"),
        (NOON - timedelta(minutes=3), "before_dispatch"),
        (NOON + timedelta(hours=5), "in_the_future"),
    ],
)
def test_a_correction_older_than_the_incident_or_of_tomorrow_is_refused(
    desk: Desk, done: Any, at: Any, code: str
) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        desk.ask(asked.CorrectMilestone(assignment_id=done.id, milestone="on_scene", at=at, reason="salah tekan"))
    (error,) = refusal.value.data.errors
    assert (error.pointer, error.code) == ("/at", code) and error.fix
    assert desk.rows("SELECT 1 FROM milestone_correction") == []


def test_a_correction_of_what_was_never_told_is_refused(desk: Desk, done: Any) -> None:
    with pytest.raises((WrongState, InvalidRequest)):
        desk.ask(
            asked.CorrectMilestone(assignment_id=done.id, milestone="at_hospital", at=desk.now, reason="salah tekan")
        )


def test_a_unit_that_is_busy_is_named_with_who_has_it(desk: Desk) -> None:
    desk.fleet("AMB-01")
    winner = desk.send(desk.incident(), "AMB-01")
    with pytest.raises(UnitTaken) as refusal:
        desk.send(desk.incident(), "AMB-01")
    extra = refusal.value.data.extra
    assert (extra["winner"]["assignment_id"], extra["next_best"]) == (str(winner.id), None)
