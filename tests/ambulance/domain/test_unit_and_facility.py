"""Units and facilities: duty, positions, master data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.ambulance.events import FacilityStatusChanged, UnitStatusChanged
from contracts.ambulance.values import FacilityState, FacilityType, UnitState, UnitType
from contracts.geography import Point
from contracts.problems import InvalidRequest
from services.ambulance.domain.facility import Facility
from services.ambulance.domain.unit import Unit

from .builders import CENTRE, NOON, at, unit

ONE_KM_EAST = Point(coordinates=(106.6318 + 0.00904, -6.1718))


def test_a_new_unit_starts_off_duty_and_says_so():
    made, events = Unit.register("AMB-01", UnitType.BLS, CENTRE)
    assert events == [UnitStatusChanged(unit_id="AMB-01", state=UnitState.OFF_DUTY)]
    assert made.version == 1


def test_a_status_is_told_once_and_back_on_duty_forgets_the_reason():
    made = unit()
    (event,) = made.set_status(UnitState.OUT_OF_SERVICE, " rem ")
    assert (event.state, made.reason, made.version) == (UnitState.OUT_OF_SERVICE, "rem", 3)
    assert "rem" not in event.model_dump_json()
    assert made.set_status(UnitState.OUT_OF_SERVICE, "rem") == []
    made.set_status(UnitState.AVAILABLE, "rem")
    assert (made.reason, made.version) == (None, 4)


@pytest.mark.parametrize(("state", "pointer"), [(UnitState.COMMITTED, "/state"), (UnitState.OUT_OF_SERVICE, "/reason")])
def test_a_status_that_cannot_be_set_names_the_field(state, pointer):
    made = unit()
    with pytest.raises(InvalidRequest) as refused:
        made.set_status(state)
    assert refused.value.data.errors[0].pointer == pointer
    assert (made.state, made.version) == (UnitState.AVAILABLE, 2)


def test_committed_is_derived_from_an_active_assignment():
    assert unit().shown_state(True) is UnitState.COMMITTED
    assert unit().shown_state(False) is UnitState.AVAILABLE


def test_an_older_or_repeated_fix_is_ignored():
    made = unit()
    assert made.report_position(CENTRE, at(10), at(10))
    assert not made.report_position(ONE_KM_EAST, at(9), at(10))
    assert not made.report_position(ONE_KM_EAST, at(10), at(10))
    assert (made.location, made.located_at, made.version) == (CENTRE, at(10), 2)


def test_a_fix_from_the_future_is_refused():
    with pytest.raises(InvalidRequest) as refused:
        unit().report_position(CENTRE, at(2.1), NOON)
    assert refused.value.data.errors[0].pointer == "/at"
    assert unit().report_position(CENTRE, at(1.9), NOON)


@pytest.mark.parametrize(("seconds", "possible"), [(15, False), (18, True)])
def test_a_jump_at_over_200_km_per_hour_is_refused(seconds, possible):
    made, later = unit(), NOON + timedelta(seconds=seconds)
    made.report_position(CENTRE, NOON, NOON)
    if possible:
        assert made.report_position(ONE_KM_EAST, later, later)
        return
    with pytest.raises(InvalidRequest) as refused:
        made.report_position(ONE_KM_EAST, later, later)
    assert refused.value.data.errors[0].code == "too_fast"
    assert made.location == CENTRE


def test_jitter_of_a_parked_unit_is_no_speed():
    made = unit()
    made.report_position(CENTRE, NOON, NOON)
    nearby = Point(coordinates=(106.6318 + 0.0008, -6.1718))
    assert made.report_position(nearby, NOON + timedelta(seconds=1), NOON)


def test_importing_the_same_master_data_again_changes_nothing():
    made = unit()
    made.describe(UnitType.BLS, CENTRE)
    assert made.version == 2
    made.describe(UnitType.ALS, CENTRE)
    assert (made.type, made.version) == (UnitType.ALS, 3)


def test_a_facility_tells_its_status_once():
    made, events = Facility.register("RS-01", "RSUD", FacilityType.HOSPITAL, CENTRE)
    place = {"name": "RSUD", "location": CENTRE}
    assert events == [FacilityStatusChanged(facility_id="RS-01", state=FacilityState.OPEN, **place)]
    assert len(made.set_status(FacilityState.DIVERSION, None, NOON)) == 1
    assert made.set_status(FacilityState.DIVERSION, None, NOON) == []
    assert made.describe("RSUD", FacilityType.HOSPITAL, CENTRE, None, False) == []
    assert made.version == 2
    (told,) = made.describe("RSUD Kota", FacilityType.HOSPITAL, CENTRE, None, True)
    assert (made.version, told.name, told.state) == (3, "RSUD Kota", FacilityState.DIVERSION)
