"""Incidents: place before dispatch, triage, patients' outcomes, closing."""

from __future__ import annotations

import pytest

from contracts.ambulance.events import IncidentClosed, IncidentOpened, IncidentTriaged, PatientAdded
from contracts.ambulance.problems import PlaceMissing, WrongState
from contracts.ambulance.values import IncidentClass, IncidentKind, IncidentState, Outcome, Triage
from contracts.problems import InvalidRequest, NotFound
from services.ambulance.domain.incident import Incident
from services.ambulance.domain.place import NOWHERE, Located, Place

from .builders import CENTRE, NOON, at, death_report, incident, incident_on_scene, uuid


def _open(place=NOWHERE, **more):
    given = {"incident_class": IncidentClass.EMERGENCY, "kind": IncidentKind.MEDICAL, **more}
    return Incident.open(uuid(2), place=place, patient_ids=[uuid(3)], now=NOON, **given)


def test_opening_tells_the_place_by_kelurahan_only():
    _, events = _open(Place(CENTRE, "36.71.01.1001", "depan pasar"))
    assert events == [
        IncidentOpened(
            incident_id=uuid(2),
            incident_class=IncidentClass.EMERGENCY,
            kind=IncidentKind.MEDICAL,
            patients=1,
            kelurahan_code="36.71.01.1001",
        )
    ]


@pytest.mark.parametrize(
    ("incident_class", "minutes", "code"),
    [(IncidentClass.EMERGENCY, 60, "unexpected"), (IncidentClass.REGULAR, -3, "in_the_past")],
)
def test_a_pickup_time_is_for_regular_requests_and_lies_ahead(incident_class, minutes, code):
    with pytest.raises(InvalidRequest) as refused:
        _open(incident_class=incident_class, pickup_at=at(minutes))
    assert [(e.pointer, e.code) for e in refused.value.data.errors] == [("/pickup_at", code)]


@pytest.mark.parametrize(
    ("place", "known"),
    [
        (NOWHERE, False),
        (Place(kelurahan_code="36.71.01.1001"), False),
        (Place(landmark="depan pasar"), False),
        (Place(kelurahan_code="36.71.01.1001", landmark="depan pasar"), True),
        (Place(CENTRE), True),
        (Place(CENTRE, outside_city=True), True),
    ],
)
def test_a_unit_is_sent_only_to_a_known_place(place, known):
    made, _ = _open(place)
    if known:
        made.unit_dispatched()
        assert made.state is IncidentState.DISPATCHING
    else:
        with pytest.raises(PlaceMissing):
            made.unit_dispatched()
        assert (made.state, made.version) == (IncidentState.RECEIVED, 1)


def test_a_unit_goes_without_waiting_for_a_colour_and_the_colour_does_not_call_it_back():
    made = incident()
    made.unit_dispatched()
    made.set_triage(Triage.MERAH, provisional=True, protocol_version="v1")
    assert made.state is IncidentState.DISPATCHING


def test_triage_is_told_once():
    made = incident()
    first = made.set_triage(Triage.KUNING, provisional=True, protocol_version="v1")
    assert first == [
        IncidentTriaged(incident_id=uuid(2), triage=Triage.KUNING, provisional=True, protocol_version="v1")
    ]
    assert made.set_triage(Triage.KUNING, provisional=True, protocol_version="v1") == []
    assert (made.state, made.version) == (IncidentState.TRIAGED, 2)


def test_only_a_crew_on_scene_confirms_a_colour_and_the_phone_never_overrules_it():
    with pytest.raises(WrongState):
        incident().set_triage(Triage.HITAM, provisional=False)
    made = incident_on_scene()
    with pytest.raises(InvalidRequest):
        made.set_triage(Triage.HITAM, provisional=False, protocol_version="v1")
    made.set_triage(Triage.KUNING, provisional=False)
    with pytest.raises(WrongState):
        made.set_triage(Triage.MERAH, provisional=True)
    assert (made.triage, made.triage_provisional) == (Triage.KUNING, False)


def test_losing_the_only_unit_waits_for_another_unless_the_patient_is_cared_for():
    made = incident_on_scene()
    made.unit_lost(active_assignments=1)
    assert made.state is IncidentState.ACTIVE
    made.unit_lost(active_assignments=0)
    assert made.state is IncidentState.DISPATCHING
    cared_for = incident_on_scene()
    cared_for.record_outcome(1, Outcome.TREATED_ON_SCENE)
    cared_for.unit_lost(active_assignments=0)
    assert cared_for.state is IncidentState.ACTIVE


def test_a_call_loses_its_unit_to_another_at_most_once():
    made = incident()
    made.unit_dispatched()
    made.unit_diverted(active_assignments=0, earlier_diversions=0)
    with pytest.raises(WrongState):
        made.unit_diverted(active_assignments=0, earlier_diversions=1)


def test_correcting_the_place_keeps_what_was_not_corrected():
    def locate(_):
        return Located("36.71.02.1001", outside_city=False)

    heard = Place(kelurahan_code="36.71.01.1001", landmark="depan pasar")
    pinned = heard.corrected(locate, location=CENTRE)
    assert pinned == Place(CENTRE, "36.71.02.1001", "depan pasar")
    assert pinned.corrected(locate, landmark="pintu timur") == Place(CENTRE, "36.71.02.1001", "pintu timur")
    assert pinned.corrected(locate, kelurahan_code="36.71.03.1001").location is None
    with pytest.raises(InvalidRequest):
        pinned.corrected(locate, landmark="  ")


def test_a_point_outside_the_city_is_kept_and_flagged():
    place = Place.of(lambda _: Located(None, outside_city=True), CENTRE, "36.71.01.1001", None)
    assert (place.outside_city, place.kelurahan_code, place.known) == (True, None, True)


@pytest.mark.parametrize(("code", "outside"), [("36.71.01.1001", False), ("36.03.01.2001", True), (None, False)])
def test_without_a_point_the_kelurahan_tells_whether_it_is_outside_the_city(code, outside):
    place = Place.of(lambda _: Located(None, outside_city=True), None, code, " depan pasar ")
    assert place == Place(None, code, "depan pasar", outside)


def test_an_outcome_is_decided_once_and_the_same_again_is_no_error():
    made = incident_on_scene()
    made.record_outcome(1, Outcome.TRANSPORTED, "RS-01")
    before = made.version
    assert made.record_outcome(1, Outcome.TRANSPORTED) == []
    with pytest.raises(WrongState) as refused:
        made.record_outcome(1, Outcome.TREATED_ON_SCENE)
    assert (made.version, refused.value.data.extra["state"]) == (before, "transported")


def test_a_patient_that_is_not_there_is_named():
    with pytest.raises(NotFound) as refused:
        incident_on_scene(2).record_outcome(3, Outcome.TRANSPORTED)
    assert refused.value.data.extra == {"patients": 2}


def test_a_facility_belongs_to_transport_and_hand_over_only():
    with pytest.raises(InvalidRequest) as refused:
        incident_on_scene().record_outcome(1, Outcome.TREATED_ON_SCENE, "RS-01")
    assert refused.value.data.errors[0].pointer == "/facility_id"


def test_closing_waits_for_units_and_for_every_patient():
    made = incident_on_scene(2)
    made.record_outcome(1, Outcome.TRANSPORTED)
    with pytest.raises(WrongState) as refused:
        made.close(Outcome.TRANSPORTED, 1, at(60))
    assert refused.value.data.extra["active_assignments"] == 1
    with pytest.raises(WrongState) as refused:
        made.close(Outcome.TRANSPORTED, 0, at(60))
    assert refused.value.data.extra["patients_without_outcome"] == [2]


@pytest.mark.parametrize(
    ("outcomes", "fitting"),
    [
        ([Outcome.TREATED_ON_SCENE, Outcome.TRANSPORTED], Outcome.TRANSPORTED),
        ([Outcome.CANCELLED, Outcome.TREATED_ON_SCENE], Outcome.TREATED_ON_SCENE),
        ([Outcome.UNFOUNDED, Outcome.HANDED_OVER], Outcome.HANDED_OVER),
        ([Outcome.UNFOUNDED], Outcome.UNFOUNDED),
    ],
)
def test_the_outcome_of_several_patients_follows_the_precedence(outcomes, fitting):
    for outcome in Outcome:
        made = incident_on_scene(len(outcomes))
        for number, given in enumerate(outcomes, start=1):
            made.record_outcome(number, given)
        if outcome is fitting:
            assert made.close(outcome, 0, at(60)) == [IncidentClosed(incident_id=uuid(2), outcome=outcome)]
        else:
            with pytest.raises(WrongState):
                made.close(outcome, 0, at(60))


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("patients", [0, 1])
def test_without_any_outcome_only_what_was_not_served_can_be_closed(outcome, patients):
    made = incident(patients)
    if outcome in (Outcome.CANCELLED, Outcome.UNFOUNDED, Outcome.HANDED_OVER):
        assert made.close(outcome, 0, at(5))
        assert made.close(outcome, 0, at(6)) == []
        assert made.closed_at == at(5)
    else:
        with pytest.raises(WrongState):
            made.close(outcome, 0, at(5))


def test_a_reported_death_holds_the_closing_until_it_is_confirmed():
    made = incident_on_scene()
    made.report_death(1, death_report(), at(10))
    with pytest.raises(WrongState):
        made.close(Outcome.CANCELLED, 0, at(20))
    made.confirm_death(1, "crew-2", at(21))
    assert made.close(Outcome.DECEASED, 0, at(22))


def test_a_closed_incident_refuses_every_step_but_takes_late_history():
    made = incident()
    made.close(Outcome.UNFOUNDED, 0, at(5))
    steps = (
        lambda: made.set_triage(Triage.MERAH, provisional=True),
        lambda: made.locate(NOWHERE),
        made.unit_dispatched,
        lambda: made.add_patient(uuid(9)),
        lambda: made.record_outcome(1, Outcome.CANCELLED),
        lambda: made.report_death(1, death_report(facility_id="RS-01"), at(6)),
        lambda: made.confirm_death(1, "crew-2", at(6)),
        lambda: made.close(Outcome.CANCELLED, 0, at(6)),
        lambda: made.unit_diverted(0, 0),
    )
    for step in steps:
        with pytest.raises(WrongState) as refused:
            step()
        assert refused.value.data.extra["allowed"] == []
    assert made.unit_on_scene() == made.unit_lost(0) == []
    assert (made.state, made.version) == (IncidentState.CLOSED, 2)


def test_a_crew_that_finds_more_patients_adds_them():
    made = incident_on_scene(0)
    patient, told = made.add_patient(uuid(50))
    assert told == [PatientAdded(incident_id=uuid(2), patient_id=uuid(50), number=1)] and patient.number == 1
    made.record_outcome(1, Outcome.TREATED_ON_SCENE)
    assert made.close(Outcome.TREATED_ON_SCENE, 0, at(30))
