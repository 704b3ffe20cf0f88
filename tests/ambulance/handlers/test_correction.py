"""A milestone that was reported wrongly: corrected, never forgotten."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.problems import Forbidden, InvalidRequest
from tests.ambulance.domain.builders import CENTRE, at

from .desk import Desk, crew

OURS, THEIRS = crew("AMB-01"), crew("AMB-02", subject="crew-2")


@pytest.fixture
def trip(desk: Desk) -> Any:
    """AMB-01 on scene after 20 minutes, seen from minute 30."""
    desk.fleet("AMB-01", "AMB-02")
    sent = desk.send(desk.incident(), "AMB-01")
    desk.now = at(30)
    for milestone, minute in (("acknowledged", 1), ("en_route", 2), ("on_scene", 20), ("patient_loaded", 28)):
        desk.report(sent.id, milestone, OURS, at=at(minute))
    return sent


def correction(trip: Any, minute: float, milestone: str = "on_scene", **more: Any) -> asked.CorrectMilestone:
    told = {"assignment_id": trip.id, "milestone": milestone, "at": at(minute), "reason": "lupa menekan tombol"}
    return asked.CorrectMilestone(**{**told, **more})


def test_the_first_record_stays_as_history(desk: Desk, trip: Any) -> None:
    desk.ask(correction(trip, 12), OURS)
    desk.later(minutes=1)
    desk.ask(correction(trip, 11, reason="cek GPS, telp 0812-9000-9000", location=CENTRE))
    shown = desk.ask(asked.GetIncident(incident_id=trip.incident_id)).assignments[0]
    on_scene = next(one for one in shown.milestones if one.milestone == "on_scene")
    first, second = on_scene.corrections
    assert (on_scene.at, on_scene.recorded_at, on_scene.location) == (at(11), at(30), CENTRE)
    assert (first.previous_at, first.at, first.corrected_by, first.corrected_at) == (at(20), at(12), "crew-1", at(30))
    assert (second.previous_at, second.at, second.corrected_by) == (at(12), at(11), "operator-1")
    assert first.reason == "lupa menekan tombol" and "9000-9000" not in second.reason
    assert desk.events().count("milestone-corrected") == 2
    assert "tombol" not in str(desk.rows("SELECT c::text, body FROM milestone_correction c, outbox"))


def test_the_same_correction_again_changes_nothing(desk: Desk, trip: Any) -> None:
    assert desk.ask(correction(trip, 12), OURS) == desk.ask(correction(trip, 12), OURS)
    assert desk.events().count("milestone-corrected") == 1
    assert desk.rows("SELECT count(*) FROM milestone_correction")[0].count == 1


@pytest.mark.parametrize("minute", [-5, -0.5, 1.5, 2, 27, 28, 29.5, 31, 40])
def test_times_stay_in_order_whatever_is_corrected(desk: Desk, trip: Any, minute: float) -> None:
    for milestone in ("acknowledged", "on_scene", "patient_loaded"):
        try:
            desk.ask(correction(trip, minute, milestone), OURS)
        except InvalidRequest as refusal:
            assert refusal.data.errors[0].pointer == "/at"
    shown = desk.ask(asked.GetIncident(incident_id=trip.incident_id)).assignments[0]
    times = [trip.dispatched_at, *(one.at for one in shown.milestones), desk.now]
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_a_time_that_its_neighbours_contradict_is_refused(desk: Desk, trip: Any) -> None:
    for minute in (-5, 31 + 2, 40):
        with pytest.raises(InvalidRequest):
            desk.ask(correction(trip, minute), OURS)
    with pytest.raises(WrongState):
        desk.ask(correction(trip, 29, "at_hospital"), OURS)
    with pytest.raises(InvalidRequest):
        desk.ask(correction(trip, 12, reason="   "), OURS)
    assert desk.rows("SELECT 1 FROM milestone_correction") == []


def test_a_crew_corrects_its_own_only(desk: Desk, trip: Any) -> None:
    with pytest.raises(Forbidden):
        desk.ask(correction(trip, 12), THEIRS)


def test_what_was_recorded_can_be_corrected_after_the_end(desk: Desk) -> None:
    desk.fleet("AMB-03")
    sent = desk.send(desk.incident(), "AMB-03")
    desk.later(minutes=5)
    desk.report(sent.id, "en_route", at=at(4))
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="salah alamat"))
    shown = desk.ask(correction(sent, 1, "en_route"))
    assert (shown.state, shown.milestones[0].at) == ("released", at(1))
