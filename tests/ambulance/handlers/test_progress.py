"""What a caller is told: how far help has come, until it is there, and never more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.views import ProgressView
from contracts.context import Actor
from contracts.problems import NotFound
from tests.ambulance.domain.builders import CENTRE, NOON

from .desk import Desk

ANI = Actor(subject="c-1", client="super-app", roles=("super_app",), rows={"citizen": ("c-1",)})
BUDI = Actor(subject="c-2", client="super-app", roles=("super_app",), rows={"citizen": ("c-2",)})


def tap(desk: Desk, who: Actor = ANI) -> tuple[UUID, UUID]:
    """A citizen opens an incident in the super app; contact and incident."""
    opened = desk.ask(asked.OpenIncident(channel="app", location=CENTRE), who)
    return opened.contact_id, opened.id


def told(desk: Desk, contact_id: UUID, who: Actor = ANI) -> ProgressView:
    """What the citizen sees."""
    shown: ProgressView = desk.ask(asked.GetProgress(contact_id=contact_id), who)
    return shown


def test_a_call_is_followed_until_help_is_there(desk: Desk) -> None:
    desk.fleet("AMB-01")
    contact = desk.ask(asked.RecordContact(channel="app", location=CENTRE), ANI).id
    assert told(desk, contact).stage == "received"
    desk.later(seconds=30)
    judged = desk.ask(asked.DisposeContact(contact_id=contact, disposition="incident"))
    assert (told(desk, contact).stage, told(desk, contact).since) == ("searching", NOON + timedelta(seconds=30))
    desk.later(seconds=30)
    sent = desk.send(judged.incident_id, "AMB-01")
    shown = told(desk, contact)
    assert (shown.stage, shown.units, shown.since) == ("on_the_way", 1, NOON + timedelta(minutes=1))
    desk.later(minutes=4)
    desk.report(sent.id, "on_scene")
    shown = told(desk, contact)
    assert (shown.stage, shown.since, shown.units) == ("arrived", NOON + timedelta(minutes=5), 0)
    assert shown.expected_at is None


def test_the_expected_time_follows_the_unit(desk: Desk) -> None:
    desk.fleet("AMB-01")
    contact, incident = tap(desk)
    near = {"type": "Point", "coordinates": [CENTRE.longitude + 0.02, CENTRE.latitude]}
    further = {"type": "Point", "coordinates": [CENTRE.longitude + 0.04, CENTRE.latitude]}
    expected = []
    desk.send(incident, "AMB-01")
    for place in (further, near):
        desk.later(minutes=5)
        fix = {"unit_id": "AMB-01", "location": place, "at": desk.now}
        desk.ask(asked.ReportPositions(positions=(fix,)))
        expected.append(told(desk, contact).expected_at)
    assert NOON + timedelta(minutes=10) < expected[1] < expected[0]


def test_nothing_is_told_of_what_became_of_the_patient(desk: Desk) -> None:
    desk.fleet("AMB-01")
    contact, incident = tap(desk)
    sent = desk.send(incident, "AMB-01")
    desk.report(sent.id, "on_scene")
    before = told(desk, contact)
    desk.later(minutes=10)
    for milestone in ("patient_loaded", "at_hospital", "handed_over", "completed"):
        desk.report(sent.id, milestone)
    desk.ask(asked.RecordPatientOutcome(incident_id=incident, patient_number=1, outcome="treated_on_scene"))
    desk.ask(asked.CloseIncident(incident_id=incident, outcome="treated_on_scene"))
    assert told(desk, contact) == before
    assert "outcome" not in ProgressView.model_fields and "incident_id" not in ProgressView.model_fields


def test_whoever_told_second_follows_the_first(desk: Desk) -> None:
    desk.fleet("AMB-01")
    (first, original), (second, duplicate) = tap(desk), tap(desk, BUDI)
    desk.ask(asked.CloseIncident(incident_id=duplicate, outcome="cancelled", duplicate_of=original))
    desk.send(original, "AMB-01")
    assert told(desk, second, BUDI).stage == told(desk, first).stage == "on_the_way"
    callers = desk.ask(asked.ListContacts(incident_id=original)).items
    assert {one.id for one in callers} == {first, second}


def test_a_unit_that_turns_back_is_sought_again_and_the_end_without_help_is_told(desk: Desk) -> None:
    desk.fleet("AMB-01")
    contact, incident = tap(desk)
    sent = desk.send(incident, "AMB-01")
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="ban kempes"))
    assert told(desk, contact).stage == "searching"
    desk.ask(asked.CloseIncident(incident_id=incident, outcome="cancelled"))
    assert told(desk, contact).stage == "ended"
    prank = desk.ask(asked.RecordContact(channel="app"), ANI).id
    desk.ask(asked.DisposeContact(contact_id=prank, disposition="information"))
    assert told(desk, prank).stage == "ended"


def test_another_citizens_contact_is_nobodys(desk: Desk) -> None:
    contact, _ = tap(desk)
    with pytest.raises(NotFound):
        told(desk, contact, BUDI)
