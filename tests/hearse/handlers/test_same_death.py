"""One death told in two incidents: two drafts, linked, and both told; nothing is merged by itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.runtime import Runtime
from chassis.work import Cause, Work
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.context import SYSTEM
from contracts.hearse import GetBooking, ListBookings
from services.hearse.handlers import booking, deaths
from tests.support.databases import select

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
CAUSE = Cause(actor=SYSTEM, action="test", correlation_id="story-1")


@pytest.fixture
def hearse(runtime: Callable[[str], Runtime]) -> Runtime:
    return runtime("hearse")


def death(key: str | None = "person-1", minutes: float = 0, **more: Any) -> PatientDeceased:
    told = {"incident_id": uuid.uuid4(), "patient_id": uuid.uuid4(), "kelurahan_code": "36.71.01.1001"}
    at = NOON + timedelta(minutes=minutes)
    return PatientDeceased(**{**told, "died_at": at, "pronounced_by": "doctor", "person_key": key, **more})


def retraction_of(told: PatientDeceased) -> PatientDeceasedRetracted:
    return PatientDeceasedRetracted(
        incident_id=told.incident_id,
        patient_id=told.patient_id,
        retracted_at=NOON,
        reason="wrong_patient",
        confirmation=told.confirmation,
    )


def tell(hearse: Runtime, event: Any, handler: Any = deaths.draft_from_death) -> None:
    def task(work: Work) -> None:
        handler(work, event)
        work.commit()

    hearse.run(task, CAUSE)


def shown(hearse: Runtime) -> dict[uuid.UUID, list[str]]:
    """For each patient the reasons why another booking may be for the same one."""
    page = hearse.run(lambda work: booking.list_bookings(work, ListBookings()), CAUSE, transactional=False)
    for item in page.items:
        one = GetBooking(booking_id=item.id)
        assert hearse.run(lambda work, one=one: booking.get_booking(work, one), CAUSE, transactional=False) == item
    return {item.patient_id: [str(each.reason) for each in item.may_be_same] for item in page.items}


def suspected(hearse: Runtime) -> int:
    return len(select(hearse.url, "SELECT 1 FROM outbox WHERE type = 'hearse.booking-duplicate-suspected.v1'"))


FACILITY = {"facility_id": "RS-1", "kelurahan_code": None}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (death(), death(minutes=600), ["same_person"]),
        (death("a"), death("b"), []),
        (death(None), death("b", 59), ["same_place_and_time"]),
        (death(None), death(None, 61), []),
        (death(None), death(None, kelurahan_code="36.71.01.1002"), []),
        (death(None, **FACILITY), death(None, 30, **FACILITY), ["same_place_and_time"]),
        (death(None, **FACILITY), death(None), []),
        (death(None, kelurahan_code=None), death(None, kelurahan_code=None), []),
    ],
)
def test_two_drafts_that_may_be_one_are_linked_both_ways_and_told_once(
    hearse: Runtime, one: PatientDeceased, other: PatientDeceased, reasons: list[str]
) -> None:
    for event in (one, other, one, other):
        tell(hearse, event)
    assert shown(hearse) == {one.patient_id: reasons, other.patient_id: reasons}
    assert suspected(hearse) == len(reasons)


def test_several_dead_of_one_incident_are_several(hearse: Runtime) -> None:
    incident = uuid.uuid4()
    for _ in range(3):
        tell(hearse, death(None, incident_id=incident))
    assert list(shown(hearse).values()) == [[], [], []]


def test_a_booking_for_a_death_that_was_taken_back_is_no_longer_named(hearse: Runtime) -> None:
    one, other = death(), death()
    tell(hearse, one)
    tell(hearse, other)
    tell(hearse, retraction_of(one), deaths.cancel_for_the_living)
    assert shown(hearse)[other.patient_id] == []


def test_told_at_the_same_moment_they_still_see_each_other(hearse: Runtime) -> None:
    deaths = [death() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda event: tell(hearse, event), deaths))
    assert {len(reasons) for reasons in shown(hearse).values()} == {5}
    assert suspected(hearse) == 15
