"""Deaths: two steps, two people, never by phone."""

from __future__ import annotations

import pytest

from contracts.ambulance.events import PatientDeceased
from contracts.ambulance.problems import WrongState
from contracts.ambulance.sealed import DeathDetails
from contracts.ambulance.values import Outcome
from contracts.problems import Forbidden, InvalidRequest

from .builders import NOON, at, death_report, incident, incident_on_scene, uuid


def test_the_first_step_publishes_nothing_the_second_by_another_person_does():
    made = incident_on_scene()
    assert made.report_death(1, death_report(next_of_kin_known=True, police_hold=True), at(5)) == []
    assert made.confirm_death(1, "doctor-9", at(6), person_key="pk") == [
        PatientDeceased(
            incident_id=uuid(2),
            patient_id=uuid(100),
            died_at=NOON,
            pronounced_by="doctor",
            kelurahan_code="36.71.01.1001",
            next_of_kin_known=True,
            police_hold=True,
            person_key="pk",
            sealed=DeathDetails(location=made.place.location, landmark=made.place.landmark),
        )
    ]
    assert made.patient(1).outcome is Outcome.DECEASED


def test_the_body_is_at_the_facility_when_it_is_named():
    made = incident_on_scene()
    made.report_death(1, death_report(facility_id="RS-01"), at(5))
    (event,) = made.confirm_death(1, "doctor-9", at(6))
    assert (event.facility_id, event.kelurahan_code) == ("RS-01", None)


def test_the_person_who_reported_may_not_confirm():
    made = incident_on_scene()
    made.report_death(1, death_report("crew-1"), at(5))
    before = made.version
    with pytest.raises(Forbidden):
        made.confirm_death(1, "crew-1", at(6))
    assert (made.version, made.patient(1).outcome) == (before, None)


def test_a_corrected_report_makes_its_author_the_one_who_may_not_confirm():
    made = incident_on_scene()
    made.report_death(1, death_report("crew-1"), at(5))
    made.report_death(1, death_report("crew-2", died_at=at(1)), at(6))
    with pytest.raises(Forbidden):
        made.confirm_death(1, "crew-2", at(7))
    assert made.confirm_death(1, "crew-1", at(7))


def test_a_death_needs_a_unit_that_reached_the_patient_or_a_facility():
    made = incident()
    made.unit_dispatched()
    with pytest.raises(WrongState):
        made.report_death(1, death_report(), at(5))
    assert made.report_death(1, death_report(facility_id="RS-01"), at(5)) == []
    assert made.patient(1).death is not None


def test_confirming_what_nobody_reported_names_the_step_to_take():
    with pytest.raises(WrongState) as refused:
        incident_on_scene().confirm_death(1, "crew-2", at(5))
    assert refused.value.data.extra == {"state": "undecided", "allowed": ["report_death"]}


@pytest.mark.parametrize(
    ("wrong", "pointer"), [({"died_at": at(6)}, "/died_at"), ({"pronounced_by": "driver"}, "/pronounced_by")]
)
def test_a_wrong_report_names_the_field(wrong, pointer):
    made = incident_on_scene()
    with pytest.raises(InvalidRequest) as refused:
        made.report_death(1, death_report(**wrong), at(5))
    assert refused.value.data.errors[0].pointer == pointer
    assert made.patient(1).death is None


def test_a_death_cannot_be_recorded_as_a_plain_outcome():
    with pytest.raises(InvalidRequest) as refused:
        incident_on_scene().record_outcome(1, Outcome.DECEASED)
    assert refused.value.data.errors[0].code == "two_steps"


def test_repeating_either_step_changes_nothing():
    made = incident_on_scene()
    for _ in range(2):
        made.report_death(1, death_report(), at(5))
    assert made.version == 4
    assert len(made.confirm_death(1, "crew-2", at(6))) == 1
    assert made.confirm_death(1, "crew-3", at(7)) == []
    assert made.report_death(1, death_report(), at(8)) == []
    assert made.record_outcome(1, Outcome.DECEASED) == []
    assert (made.version, made.patient(1).death_confirmed_by) == (5, "crew-2")
    made.close(Outcome.DECEASED, 0, at(9))
    assert made.confirm_death(1, "crew-2", at(10)) == []


def test_an_unconfirmed_report_is_withdrawn_by_another_outcome():
    made = incident_on_scene()
    made.report_death(1, death_report(), at(5))
    made.record_outcome(1, Outcome.TRANSPORTED, "RS-01")
    assert made.patient(1).death is None
    with pytest.raises(WrongState):
        made.confirm_death(1, "crew-2", at(6))


def test_a_confirmed_death_is_not_overwritten():
    made = incident_on_scene()
    made.report_death(1, death_report(), at(5))
    made.confirm_death(1, "crew-2", at(6))
    with pytest.raises(WrongState):
        made.record_outcome(1, Outcome.TRANSPORTED)
    with pytest.raises(WrongState):
        made.report_death(1, death_report("crew-3"), at(7))
