"""From the draft of a confirmed death to the farewell, and what other services hear of it; and no hearse in time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kota.demo.city import burial_unit
from tests.journeys.test_call_to_farewell import NAME, PHONE, Story, close, die, the_only_booking
from tests.support.api import Api
from tests.support.bodies import body_task, body_without_hearse
from tests.support.city import point
from tests.support.waiting import until

HEARSE = "/v1/hearse"
PEOPLE = {"reporter": {"name": "Siti Uji", "phone": "081290009003"}, "deceased": {"name": "Bapak Uji"}}
NIK = "3671014502809001"


@pytest.fixture
def unit(api: Api) -> Iterator[Api]:
    """The burial unit is there, and is left as it was."""
    api.post("hearse-manager", f"{HEARSE}/imports/fleet", burial_unit())
    yield api
    api.put("hearse-manager", f"{HEARSE}/configuration/planning", {})


def death_of_a_patient(api: Api, family: str) -> tuple[Story, dict[str, Any]]:
    """A family that asks for help in the super app, two crews, a death in two steps: the draft that comes of it."""
    story = Story(api)
    told = {"channel": "app", "kind": "medical", "patients": 1, "phone": PHONE, "location": point()}
    story.incident_id = story.post(family, "incidents", told)["id"]
    story.post("dispatcher", f"incidents/{story.incident_id}/triage", {"triage": "merah"})
    units = ("AMB-05", "AMB-06")
    path = f"incidents/{story.incident_id}/assignments"
    first, second = (story.post("dispatcher", path, {"unit_id": unit}) for unit in units)
    die(story, first, second, next_of_kin={"is_caller": True, "name": NAME})
    booking = the_only_booking(api, story)
    close(story, first, second)
    return story, booking


def heard(api: Api, user: str, path: str, day: str) -> list[dict[str, Any]]:
    return [one for one in api.get(user, path)["items"] if one["died_on"] == day]


def test_from_the_draft_to_the_farewell_and_who_hears_of_it(unit: Api) -> None:
    family = f"citizen-{uuid.uuid4().hex[:8]}"
    story, draft = death_of_a_patient(unit, family)
    assert (draft["reporter"]["name"], draft["reporter"]["phone"]) == (NAME, PHONE)
    assert draft["pickup"]["location"] == point()
    path, officer = f"{HEARSE}/bookings/{draft['id']}", "hearse-officer"
    assert [one["id"] for one in unit.get(family, f"{HEARSE}/bookings")["items"]] == [draft["id"]]
    assert unit.ask("citizen-of-another-family", "GET", path).status_code == 404
    submission = {
        **PEOPLE,
        "destination": {"kind": "city_cemetery", "burial_place_id": "TPU-SELAPAJANG"},
        "earliest_at": datetime.now(UTC).isoformat(),
    }
    unit.post(family, f"{path}/submission", submission, story=story.id)
    unit.post(officer, f"{path}/approval", story=story.id)
    slot = unit.get(officer, f"{path}/slots")["items"][0]
    unit.post(officer, f"{path}/confirmation", {"pickup_at": slot["pickup_at"]}, story=story.id)
    for step in ("en_route", "picked_up", "delivered", "completed"):
        shown = unit.post(officer, f"{path}/milestones", {"milestone": step}, story=story.id)
    assert shown["state"] == "completed"
    day = (datetime.now(UTC) - timedelta(days=40)).date().isoformat()  # nobody else's in this suite
    letter = {"letter_number": f"474/{uuid.uuid4().hex[:6]}", "nik": NIK, "died_on": day}
    unit.post(officer, f"{path}/death-letter", letter, story=story.id)
    listeners = (
        ("education-officer", "/v1/education/death-notices"),
        ("umkm-officer", "/v1/umkm/owner-deaths"),
    )
    for user, where in listeners:
        notice = until(lambda user=user, where=where: heard(unit, user, where, day), f"{where} to show it")[0]
        assert notice["holds"] and NIK not in str(notice)
    note = {"reason": "not_dead", "note": "tertukar dengan pasien lain"}
    unit.post("hearse-supervisor", f"{path}/death-correction", note, story=story.id)
    for user, where in listeners:
        until(
            lambda user=user, where=where: not heard(unit, user, where, day)[0]["holds"],
            f"{where} to take it back",
        )


@pytest.mark.parametrize("way", ["partner-hearse", "keeping"])
def test_no_hearse_in_time_is_a_task_that_a_person_ends(unit: Api, way: str) -> None:
    with body_without_hearse(unit) as id:
        settled = {"responsible": "dr. Uji"} | (
            {"until": (datetime.now(UTC) + timedelta(hours=8)).isoformat()} if way == "keeping" else {}
        )
        unit.post("dispatcher", f"/v1/ambulance/body-transports/{id}/{way}", settled)
        assert body_task(unit, id) is None
        state = "requested" if way == "keeping" else "cancelled"
        until(
            lambda: unit.get("hearse-officer", f"{HEARSE}/bookings/{id}")["state"] == state,
            f"the booking to be {state}",
        )
