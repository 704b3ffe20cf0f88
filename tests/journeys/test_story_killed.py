"""From the death to the farewell with both services killed with kill -9 at every step: one story, told once.

At each step the service that is asked dies at the point, and whoever hears of it dies at the same point of its own; who
hears of nothing is killed as well. A supervisor starts them again, the caller sends the same request again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT, AFTER_PUBLISH, BEFORE_ACK, BEFORE_COMMIT
from chassis.runtime import Runtime
from tests.ambulance.handlers.desk import Desk
from tests.hearse.office import CEMETERY, NIGHT_AND_DAY, Office
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess

from .killing import Story, dying, nothing_is_parked

PHONE = "+6281290009001"
SERVICES = ("ambulance", "hearse")


@pytest.fixture
def desk(runtime: Callable[[str], Runtime]) -> Desk:
    """The dispatch centre, now."""
    made = Desk(runtime("ambulance"))
    made.now = datetime.now(UTC)
    made.fleet("AMB-01")
    return made


@pytest.fixture
def office(runtime: Callable[[str], Runtime]) -> Office:
    """The burial unit, now."""
    made = Office(runtime("hearse"))
    made.now = datetime.now(UTC)
    return made


@pytest.fixture
def story(
    point: str,
    service: Callable[..., ServiceProcess],
    vhost: Vhost,
    database: Callable[[str], str],
) -> Iterator[Story]:
    made = Story(point, {name: service(name) for name in SERVICES}, vhost, database)
    yield made
    nothing_is_parked(vhost, *SERVICES)


def death(story: Story, desk: Desk, office: Office) -> tuple[dict[str, Any], str]:
    """A patient dies before the crew: reported, confirmed, drafted. Returns whose death, and the booking."""
    incident = desk.incident(phone=PHONE, kelurahan_code="36.71.01.1001")
    desk.report(desk.send(incident, "AMB-01").id, "on_scene")
    story.settled()
    whose = {"incident_id": str(incident), "patient_number": 1}
    died = {"died_at": desk.now.isoformat(), "pronounced_by": "doctor", "next_of_kin": {"is_caller": True}}
    story.step("ambulance.report_death", publishes=False, **whose, **died)
    drafts = "booking WHERE state = 'draft' AND reporter_phone IS NOT NULL"
    drafted = story.one("hearse", drafts)
    story.step("ambulance.confirm_death", subject="s-2", heard=drafted, **whose)
    ((booking,),) = office.rows("SELECT id FROM booking")
    return whose, str(booking)


def answer(office: Office) -> dict[str, Any]:
    """The family's."""
    return {
        "reporter": {"name": "Siti Contoh", "phone": PHONE},
        "deceased": {"name": "Almarhum Contoh"},
        "destination": {"kind": "city_cemetery", "burial_place_id": CEMETERY["id"]},
        "earliest_at": office.now.isoformat(),
    }


def confirmed(story: Story, office: Office, booking: str) -> None:
    """Asked for, approved, with a time."""
    story.step("hearse.submit_draft", booking_id=booking, **answer(office))
    story.step("hearse.approve_booking", booking_id=booking)
    slots = office.slots(uuid.UUID(booking))
    # Not the very first: a service that dies costs seconds, and a cemetery's notice is reckoned to the minute.
    slot = next(one for one in slots if one.pickup_at >= slots[0].pickup_at + timedelta(minutes=10))
    story.step("hearse.confirm_booking", booking_id=booking, pickup_at=slot.pickup_at.isoformat())


@pytest.mark.timeout(300)
@dying(AFTER_COMMIT)
def test_to_the_farewell(story: Story, desk: Desk, office: Office) -> None:
    office.fleet(openings=NIGHT_AND_DAY)  # now may be an hour after which no burial begins in time
    _, booking = death(story, desk, office)
    confirmed(story, office, booking)
    for milestone in ("en_route", "picked_up", "delivered", "completed"):
        story.step("hearse.record_trip_milestone", booking_id=booking, milestone=milestone)
    letter = {"letter_number": "474/1", "nik": "3671014502809001", "died_on": desk.now.date().isoformat()}
    story.step("hearse.verify_death_letter", booking_id=booking, **letter)
    told = story.published("hearse")
    once = ("booking-drafted", "next-of-kin-asked", "booking-requested", "booking-approved", "death-recorded")
    assert {kind: told[kind] for kind in once} == dict.fromkeys(once, 1)
    assert told["trip-progressed"] == 4 and story.published("ambulance")["patient-deceased"] == 1
    assert [tuple(row) for row in office.rows("SELECT state FROM booking")] == [("completed",)]
    assert (len(office.rows("SELECT 1 FROM trip")), len(office.rows("SELECT 1 FROM death_record"))) == (1, 1)
    assert story.deaths == (10 if story.point == AFTER_PUBLISH else 11), "a service did not die where it should"


@pytest.mark.timeout(300)
@dying(BEFORE_COMMIT)
def test_taken_back_after_a_time_was_fixed(story: Story, desk: Desk, office: Office) -> None:
    office.fleet(openings=NIGHT_AND_DAY)
    whose, booking = death(story, desk, office)
    confirmed(story, office, booking)
    ended = story.one("hearse", "booking WHERE state = 'cancelled'")
    story.step("ambulance.retract_death", subject="s-3", reason="wrong_patient", heard=ended, **whose)
    assert office.reserved() == []
    assert story.published("ambulance")["patient-deceased-retracted"] == 1
    told = story.published("hearse")
    assert (told["booking-cancelled"], told["slot-released"]) == (1, 1)


@pytest.mark.timeout(300)
@dying(BEFORE_ACK)
def test_no_hearse_in_time(story: Story, desk: Desk, office: Office) -> None:
    office.fleet(vehicles=0, officers=0)
    _, booking = death(story, desk, office)
    tasks = "body_transport WHERE state = 'open'"
    asked_for = story.one("ambulance", tasks)
    story.step("hearse.submit_draft", booking_id=booking, heard=asked_for, **answer(office))
    ended = story.one("hearse", "booking WHERE state = 'cancelled'")
    story.step("ambulance.engage_partner_hearse", booking_id=booking, responsible="dr. Contoh", heard=ended)
    told = story.published("hearse")
    assert (told["vehicle-unavailable"], told["booking-cancelled"]) == (1, 1)
    by_ambulance = story.published("ambulance")
    assert (by_ambulance["body-transport-needed"], by_ambulance["body-transport-settled"]) == (1, 1)
