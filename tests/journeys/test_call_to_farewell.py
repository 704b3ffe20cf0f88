"""From a call to the hearse: one story through the public API, the broker and two services."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from tests.support.api import Api
from tests.support.city import point
from tests.support.feed import Listener, listening
from tests.support.suite import Installation
from tests.support.waiting import until

BASE = "/v1/ambulance"
PHONE, NAME = "+6281290009001", "Uji Coba"
UNCONSCIOUS = {"answers": {"conscious": False, "breathing": False}}
ON_THE_WAY = ("acknowledged", "en_route", "on_scene")


class Story:
    """What the actors of one emergency do; every request carries the same correlation id."""

    def __init__(self, api: Api) -> None:
        self.api, self.id = api, str(uuid.uuid4())
        self.incident_id = ""

    def post(self, user: str, path: str, body: Any = None) -> Any:
        return self.api.post(user, f"{BASE}/{path}", body, story=self.id)

    def call(self) -> dict[str, Any]:
        """A call is taken and found to be an incident."""
        told = {"channel": "call", "phone": PHONE, "complaint": f"{NAME} tidak sadar", "location": point()}
        contact = self.post("call-taker", "contacts", told)
        assert self.post("call-taker", f"contacts/{contact['id']}/claim")["state"] == "claimed"
        decision = {"disposition": "incident", "kind": "medical", "patients": 1}
        disposed: dict[str, Any] = self.post("call-taker", f"contacts/{contact['id']}/disposition", decision)
        self.incident_id = disposed["incident_id"]
        return disposed

    def go(self, unit: str, assignment_id: str, *milestones: str) -> None:
        """A crew reports where it is."""
        for milestone in milestones:
            self.post(f"crew-{unit.lower()}", f"assignments/{assignment_id}/milestones", {"milestone": milestone})


def test_from_the_call_to_the_hearse(running: Installation, api: Api) -> None:
    with running.api() as listening_api, listening(listening_api, "auditor") as feed:
        story = Story(api)
        assert story.call()["state"] == "disposed"
        first, second = send_two_units(story)
        die(story, first, second)
        booking = the_only_booking(api, story)
        close(story, first, second)
        assert_feed_tells(feed, story)
        take_back(api, story, booking, feed)
    assert booking["state"] == "draft" and booking["origin"] == "ambulance"
    assert_no_person_in(feed)
    verified = running.kota("audit", "verify")
    assert verified.returncode == 0 and verified.stdout.count("whole") == len(running.suite.services), verified.stdout
    until(running.is_well, "every process to be ready")


def send_two_units(story: Story) -> tuple[dict[str, Any], dict[str, Any]]:
    """The recommended unit is sent; a dispatcher who comes second is told the winner and the next best."""
    incident = f"incidents/{story.incident_id}"
    assert story.post("dispatcher", f"{incident}/triage", UNCONSCIOUS)["triage"] == "merah"
    advice = story.api.get("dispatcher", f"{BASE}/{incident}/recommendation?limit=5")
    unit = advice["recommended"]
    assert unit == advice["closest"] == "AMB-01"
    first = story.post("dispatcher", f"{incident}/assignments", {"unit_id": unit})
    other = story.api.post(
        "super-app", f"{BASE}/incidents", {"channel": "app", "kind": "traffic", "patients": 1, "location": point(1)}
    )
    refused = story.api.ask("dispatcher", "POST", f"{BASE}/incidents/{other['id']}/assignments", {"unit_id": unit})
    assert refused.status_code == 409 and refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["type"] == "/problems/ambulance-unit-taken"
    assert problem["winner"]["assignment_id"] == first["id"]
    second_unit = problem["next_best"]["unit_id"]
    assert second_unit != unit
    return first, story.post("dispatcher", f"{incident}/assignments", {"unit_id": second_unit})


def die(story: Story, first: dict[str, Any], second: dict[str, Any], **told: Any) -> None:
    """Two crews reach the patient; one reports the death, the other confirms it."""
    for assignment in (first, second):
        story.go(assignment["unit_id"], assignment["id"], *ON_THE_WAY)
    patient = f"incidents/{story.incident_id}/patients/1"
    died = {"died_at": datetime.now(UTC).isoformat(), "pronounced_by": "doctor", "next_of_kin_known": True, **told}
    shown = story.post(f"crew-{first['unit_id'].lower()}", f"{patient}/death", died)
    assert shown["patients"][0]["death_reported"] and shown["patients"][0].get("outcome") is None
    confirmed = story.post(f"crew-{second['unit_id'].lower()}", f"{patient}/death-confirmation")
    assert confirmed["patients"][0]["outcome"] == "deceased"


def the_only_booking(api: Api, story: Story) -> dict[str, Any]:
    """The draft that the hearse service makes of the event."""
    path = f"/v1/hearse/bookings?incident_id={story.incident_id}"
    items = until(lambda: api.get("hearse-officer", path)["items"], "the draft booking")
    assert len(items) == 1
    shown: dict[str, Any] = api.get("hearse-officer", f"/v1/hearse/bookings/{items[0]['id']}")
    return shown


def close(story: Story, *assignments: dict[str, Any]) -> None:
    """Both crews are free again, the incident ends."""
    for assignment in assignments:
        story.go(assignment["unit_id"], assignment["id"], "completed")
    closed = story.post("dispatcher", f"incidents/{story.incident_id}/closure", {"outcome": "deceased"})
    assert (closed["state"], closed["outcome"]) == ("closed", "deceased")


def take_back(api: Api, story: Story, booking: dict[str, Any], feed: Listener) -> None:
    """It was the wrong patient after all: the case is open again, the draft is cancelled."""
    path = f"incidents/{story.incident_id}/patients/1/death-retraction"
    assert story.post("supervisor", path, {"reason": "wrong_patient"})["state"] == "dispatching"
    until(
        lambda: api.get("hearse-officer", f"/v1/hearse/bookings/{booking['id']}")["state"] == "cancelled",
        "the booking to be cancelled",
    )
    until(lambda: "hearse.booking-cancelled.v1" in feed.of(story.id), "the cancellation in the feed")
    assert feed.of(story.id).count("ambulance.patient-deceased-retracted.v1") == 1


def assert_feed_tells(feed: Listener, story: Story) -> None:
    """Everything under the caller's correlation id, also what another service did because of it; nothing twice."""
    until(lambda: "ambulance.incident-closed.v1" in feed.of(story.id), "the end of the story in the feed")
    until(lambda: "hearse.booking-drafted.v1" in feed.of(story.id), "the booking in the feed")
    told = feed.of(story.id)
    once = [
        *("ambulance.contact-recorded.v1", "ambulance.contact-disposed.v1", "ambulance.incident-opened.v1"),
        *("ambulance.incident-triaged.v1", "ambulance.patient-deceased.v1", "ambulance.incident-closed.v1"),
        "hearse.booking-drafted.v1",
    ]
    assert {kind: told.count(kind) for kind in once} == dict.fromkeys(once, 1)
    assert told.count("ambulance.unit-dispatched.v1") == 2
    assert told.count("ambulance.assignment-progressed.v1") == 2 * (len(ON_THE_WAY) + 1)


def assert_no_person_in(feed: Listener) -> None:
    """What travels names nobody."""
    everything = str(feed.events)
    assert not [word for word in (NAME, PHONE, PHONE.removeprefix("+62")) if word in everything]
