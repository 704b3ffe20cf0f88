"""Triage, place, choosing and sending units, diverting, releasing, closing."""

from __future__ import annotations

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import PlaceMissing, UnitNotAvailable, UnitTaken, WrongState
from contracts.ambulance.values import AssignmentState, IncidentState, Triage, UnitState
from contracts.geography import Point
from contracts.problems import InvalidRequest, NotFound
from tests.ambulance.domain.builders import CENTRE, uuid

from .desk import Desk, crew

FAR = Point(coordinates=(106.70, -6.20))


def test_answers_give_a_provisional_colour(desk: Desk) -> None:
    id = desk.incident()
    protocol = desk.ask(asked.GetTriageProtocol())
    assert "breathing" in {one.name for one in protocol.questions} and not protocol.approved
    shown = desk.ask(asked.TriageIncident(incident_id=id, answers={"breathing": False}))
    assert (shown.triage, shown.triage_provisional, shown.state) == (Triage.MERAH, True, IncidentState.TRIAGED)
    assert desk.ask(asked.TriageIncident(incident_id=id, triage="hijau")).triage is Triage.HIJAU
    with pytest.raises(InvalidRequest):
        desk.ask(asked.TriageIncident(incident_id=id))
    assert desk.events().count("incident-triaged") == 2


def test_an_incident_without_a_place_gets_no_unit_until_it_is_located(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident(location=None)
    with pytest.raises(PlaceMissing):
        desk.send(id, "AMB-01")
    with pytest.raises(InvalidRequest):
        desk.ask(asked.LocateIncident(incident_id=id))
    desk.ask(asked.LocateIncident(incident_id=id, kelurahan_code="36.71.01.1001", landmark="depan Pasar Anyar"))
    with pytest.raises(PlaceMissing):  # not on the map: no way can be reckoned, but a unit can be sent
        desk.ask(asked.RecommendUnits(incident_id=id))
    assert desk.send(id, "AMB-01").expected_seconds is None


def test_the_closest_free_unit_is_recommended_and_the_others_explained(desk: Desk) -> None:
    desk.fleet("NEAR")
    desk.fleet("FAR", base=FAR)
    desk.fleet("OFF", state=UnitState.OFF_DUTY)
    desk.fleet("BUSY")
    desk.send(desk.incident(), "BUSY")
    ranking = desk.ask(asked.RecommendUnits(incident_id=desk.incident()))
    reasons = {one.unit_id: one.reason for one in ranking.candidates}
    assert ranking.recommended == "NEAR"
    assert reasons == {"NEAR": "closest", "FAR": "further_away", "OFF": "off_duty", "BUSY": "committed"}


def test_a_unit_is_sent(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    sent = desk.send(id, "AMB-01")
    incident, unit = desk.ask(asked.GetIncident(incident_id=id)), desk.ask(asked.GetUnit(unit_id="AMB-01"))
    assert incident.state is IncidentState.DISPATCHING
    assert [one.id for one in incident.assignments] == [sent.id]
    assert (unit.state, unit.assignment_id) == (UnitState.COMMITTED, sent.id)
    assert desk.events()[-1] == "unit-dispatched"


def test_who_comes_second_is_told_the_winner_and_the_next_best(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    desk.fleet("AMB-03", base=FAR)
    winner = desk.send(desk.incident(), "AMB-01")
    with pytest.raises(UnitTaken) as refusal:
        desk.send(desk.incident(), "AMB-01")
    extra = refusal.value.data.extra
    assert extra["winner"] == {
        "assignment_id": str(winner.id),
        "incident_id": str(winner.incident_id),
        "unit_id": "AMB-01",
    }
    assert extra["next_best"] == {"unit_id": "AMB-02", "expected_seconds": 0}


def test_a_unit_that_is_off_duty_or_unknown_is_refused(desk: Desk) -> None:
    desk.fleet("AMB-01", state=UnitState.OFF_DUTY)
    id = desk.incident()
    with pytest.raises(UnitNotAvailable):
        desk.send(id, "AMB-01")
    with pytest.raises(NotFound):
        desk.send(id, "AMB-09")
    with pytest.raises(NotFound):
        desk.send(uuid(9), "AMB-01")
    with pytest.raises(InvalidRequest):
        desk.fleet("AMB-02")
        desk.ask(asked.DispatchUnit(incident_id=id, unit_id="AMB-02", facility_id="RS-9"))
    assert desk.rows("SELECT 1 FROM assignment") == []


def test_a_released_unit_is_free_and_its_incident_waits(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    sent = desk.send(id, "AMB-01")
    wish = asked.ReleaseUnit(assignment_id=sent.id, reason="salah alamat, telp 0812-9000-9000")
    released, again = desk.ask(wish), desk.ask(wish)
    assert released == again
    assert released.state is AssignmentState.RELEASED
    assert "9000-9000" not in str(desk.rows("SELECT body FROM outbox"))
    assert desk.send(desk.incident(), "AMB-01").state is AssignmentState.DISPATCHED
    assert desk.events().count("assignment-ended") == 1


def test_a_unit_on_its_way_is_diverted(desk: Desk) -> None:
    desk.fleet("AMB-01")
    first, second = desk.incident(), desk.incident()
    sent = desk.send(first, "AMB-01")
    wish = asked.DivertUnit(assignment_id=sent.id, incident_id=second, reason="kasus merah")
    new, again = desk.ask(wish), desk.ask(wish)
    assert new == again
    assert (new.incident_id, new.unit_id, new.state) == (second, "AMB-01", AssignmentState.DISPATCHED)
    left = desk.ask(asked.GetIncident(incident_id=first))
    assert [one.state for one in left.assignments] == [AssignmentState.DIVERTED]
    assert desk.events()[-2:] == ["assignment-ended", "unit-dispatched"]


def test_a_diversion_is_refused_to_the_same_place_close_by_or_a_second_time(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    first, second = desk.incident(), desk.incident()
    sent = desk.send(first, "AMB-01")
    with pytest.raises(InvalidRequest):
        desk.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=first, reason="sama"))
    with pytest.raises(NotFound):
        desk.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=uuid(9), reason="tidak ada"))
    desk.ask(asked.DivertUnit(assignment_id=sent.id, incident_id=second, reason="kasus merah"))
    other = desk.send(first, "AMB-02")
    with pytest.raises(WrongState):
        desk.ask(asked.DivertUnit(assignment_id=other.id, incident_id=second, reason="lagi"))
    going = desk.rows("SELECT id FROM assignment WHERE incident_id = :id AND state = 'dispatched'", id=second)[0].id
    desk.ask(asked.ReportPositions(positions=({"unit_id": "AMB-01", "location": CENTRE, "at": desk.now},)))
    with pytest.raises(WrongState):
        desk.ask(asked.DivertUnit(assignment_id=going, incident_id=desk.incident(), reason="hampir tiba"))


def test_an_incident_is_closed_when_no_unit_is_left(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    sent = desk.send(id, "AMB-01")
    close = asked.CloseIncident(incident_id=id, outcome="unfounded", reason="tidak ada siapa-siapa")
    with pytest.raises(WrongState):
        desk.ask(close)
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="selesai"))
    assert desk.ask(close) == desk.ask(close)
    assert desk.events().count("incident-closed") == 1
    with pytest.raises(WrongState):
        desk.send(id, "AMB-01")
    assert [one.id for one in desk.ask(asked.ListIncidents(state="closed")).items] == [id]
    other = desk.incident()
    assert [one.id for one in desk.ask(asked.ListIncidents(open=True)).items] == [other]
    assert [one.id for one in desk.ask(asked.ListIncidents(open=False)).items] == [id]
    assert [one.id for one in desk.ask(asked.ListIncidents()).items] == [other, id]


def test_an_unanswered_dispatch_is_noted_once_after_a_minute(desk: Desk) -> None:
    desk.fleet("AMB-01", "AMB-02")
    silent, answered = desk.send(desk.incident(), "AMB-01"), desk.send(desk.incident(), "AMB-02")
    desk.report(answered.id, "acknowledged", crew("AMB-02"))
    desk.later(seconds=59)
    assert desk.fire() == 0
    desk.later(seconds=1)
    assert desk.fire() == 1
    noted = desk.rows("SELECT id FROM assignment WHERE unacknowledged_at IS NOT NULL")
    assert [row.id for row in noted] == [silent.id]
    audited = desk.rows("SELECT subject FROM audit WHERE action = 'timer assignment-unacknowledged'")
    assert [row.subject for row in audited] == [str(silent.id)]
