"""A family books through the super app, the burial unit serves it: through the public API, all processes running."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kota.demo.city import burial_unit
from tests.support.api import Api
from tests.support.feed import listening
from tests.support.waiting import until

BASE = "/v1/hearse"
STEPS = ("en_route", "picked_up", "delivered", "completed")
NAME, PHONE = "Almarhum Uji Coba", "+6281290009002"


@pytest.fixture
def unit(api: Api) -> Api:
    """The seven hearses of the demo city are there."""
    api.post("hearse-manager", f"{BASE}/imports/fleet", burial_unit())
    return api


def request(**more: Any) -> dict[str, Any]:
    """A relative's request."""
    return {
        "reporter": {"name": "Keluarga Uji Coba", "phone": PHONE, "relationship": "anak"},
        "deceased": {"name": f"{NAME} {uuid.uuid4().hex[:6]}"},
        "pickup": {"location": {"type": "Point", "coordinates": [106.632, -6.172]}, "address": "Jl. Uji 1"},
        "destination": {"kind": "city_cemetery", "burial_place_id": "TPU-SELAPAJANG"},
        "earliest_at": datetime.now(UTC).isoformat(),
        **more,
    }


def test_a_family_books_and_the_unit_drives(unit: Api) -> None:
    api, family, story = unit, f"citizen-{uuid.uuid4().hex[:8]}", str(uuid.uuid4())
    with listening(api, "hearse-officer") as feed:
        booked = api.post(family, f"{BASE}/bookings", request(), story=story)
        path = f"{BASE}/bookings/{booked['id']}"
        assert (booked["state"], booked["origin"]) == ("requested", "relative")
        slot = api.get(family, f"{path}/slots")["items"][0]
        held = api.post(family, f"{path}/hold", {"pickup_at": slot["pickup_at"]}, story=story)
        assert held["trip"]["state"] == "held"
        api.post("hearse-officer", f"{path}/approval", story=story)
        fixed = api.post("hearse-officer", f"{path}/confirmation", {}, story=story)
        assert (fixed["state"], fixed["trip"]["id"]) == ("scheduled", held["trip"]["id"])
        crew = f"hearse-crew-{fixed['trip']['vehicle_id'].lower()}"
        for step in STEPS:
            shown = api.post(crew, f"{path}/milestones", {"milestone": step}, story=story)
        assert shown["state"] == "completed"
        assert [one["milestone"] for one in api.get(family, path)["trip"]["milestones"]] == list(STEPS)
        until(lambda: feed.of(story).count("hearse.trip-progressed.v1") == 4, "the whole trip in the feed")
        told = feed.of(story)
    day = (datetime.fromisoformat(fixed["trip"]["begins_at"]) + timedelta(hours=7)).date()
    paper = api.ask("hearse-officer", "GET", f"{BASE}/days/{day}/print")
    assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    counts = api.ask("auditor", "GET", f"{BASE}/report?begins_on={day - timedelta(days=1)}&ends_on={day}").text
    assert counts.startswith("kecamatan_code,kecamatan,destination_kind,asked,served")
    assert told[:4] == [
        "hearse.booking-requested.v1",
        "hearse.slot-held.v1",
        "hearse.booking-approved.v1",
        "hearse.booking-scheduled.v1",
    ]
    assert not [word for word in (NAME, PHONE, "Jl. Uji") if word in str(feed.events)]


def test_who_comes_second_is_offered_three_times_and_takes_one(unit: Api) -> None:
    at = (datetime.now(UTC) + timedelta(days=2)).replace(hour=3, minute=0, second=0, microsecond=0)
    choice = {"pickup_at": at.isoformat(), "vehicle_id": "JNZ-02", "officer_ids": ["PTG-01"]}
    paths = []
    for _ in range(2):
        booked = unit.post("hearse-officer", f"{BASE}/bookings", request())
        paths.append(f"{BASE}/bookings/{booked['id']}")
        unit.post("hearse-officer", f"{paths[-1]}/approval")
    unit.post("hearse-officer", f"{paths[0]}/confirmation", choice)
    refused = unit.ask("hearse-officer", "POST", f"{paths[1]}/confirmation", choice)
    problem = refused.json()
    assert (refused.status_code, problem["taken"]) == (409, ["vehicle:JNZ-02", "officer:PTG-01"])
    slot = problem["next_slots"][0]
    assert len(problem["next_slots"]) == 3
    wanted = {name: slot[name] for name in ("pickup_at", "vehicle_id", "officer_ids")}
    assert unit.post("hearse-officer", f"{paths[1]}/confirmation", wanted)["state"] == "scheduled"
    for path in paths:
        cancelled = unit.post("hearse-officer", f"{path}/cancellation", {"reason": "by_family"})
        assert (cancelled["state"], cancelled["trip"]) == ("cancelled", None)
