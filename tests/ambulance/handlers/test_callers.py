"""Nuisance standing: pranks with a reason score, fade, ask for a call-back, let equals go first, refuse nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.geography import Point
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk

PHONE, OTHER = "0812 3456 7890", "+6281299998888"


def told(desk: Desk, disposition: str, phone: str | None = PHONE, reason: str | None = "tertawa, lalu menutup") -> UUID:
    """A contact that was judged."""
    contact = desk.ask(asked.RecordContact(phone=phone))
    return desk.ask(asked.DisposeContact(contact_id=contact.id, disposition=disposition, reason=reason)).id


def standing(desk: Desk, phone: str = PHONE) -> Any:
    """What is shown when the same number calls again."""
    contact = desk.ask(asked.RecordContact(phone=phone))
    return desk.ask(asked.ClaimContact(contact_id=contact.id)).standing


def test_only_pranks_score_and_real_calls_are_counted_too(desk: Desk) -> None:
    for disposition in ("silent", "cut_off", "information", "other_agency", "test", "prank", "incident"):
        told(desk, disposition)
    shown = standing(desk)
    assert (shown.score, shown.pranks, shown.real, shown.call_back_asked) == (1.0, 1, 1, False)
    assert standing(desk, OTHER).score == 0.0


def test_an_incident_where_nobody_was_found_is_no_prank(desk: Desk) -> None:
    for _ in range(3):
        id = desk.incident(phone=PHONE)
        desk.ask(asked.CloseIncident(incident_id=id, outcome="unfounded"))
    shown = standing(desk)
    assert (shown.pranks, shown.real, shown.call_back_asked) == (0, 3, False)


@pytest.mark.parametrize(
    ("days", "score", "asks"), [(0, 4.0, True), (90, 2.0, True), (127, 1.504, True), (128, 1.493, False)]
)
def test_it_fades_by_half_in_ninety_days(desk: Desk, days: int, score: float, asks: bool) -> None:
    for _ in range(4):
        told(desk, "prank")
    desk.later(days=days)
    shown = standing(desk)
    assert (shown.score, shown.pranks, shown.call_back_asked) == (score, 4, asks)


def test_however_the_number_is_written_it_is_the_same(desk: Desk) -> None:
    for written in ("081234567890", "+62 812-3456-7890", "62812 3456 7890"):
        told(desk, "prank", written)
    assert standing(desk).pranks == 3


def test_without_a_number_nothing_is_known(desk: Desk) -> None:
    told(desk, "prank", None)
    contact = desk.ask(asked.RecordContact())
    assert desk.ask(asked.GetContact(contact_id=contact.id)).standing is None


def test_lists_and_the_log_do_not_show_it(desk: Desk) -> None:
    told(desk, "prank")
    assert all(one.standing is None for one in desk.ask(asked.ListContacts()).items)
    assert not desk.rows("SELECT 1 FROM contact WHERE phone_key LIKE '%812345%'")


def test_auto_mode_sends_first_and_asks_for_the_call_back_meanwhile(desk: Desk) -> None:
    told(desk, "prank"), told(desk, "prank")
    desk.fleet("AMB-01", "AMB-02")
    desk.ask(asked.SetSiagaMode(mode="auto"))
    far = Point(coordinates=(CENTRE.longitude + 0.03, CENTRE.latitude))
    doubted, believed = desk.incident(phone=PHONE), desk.incident(phone=OTHER, location=far)
    for id in (doubted, believed):
        desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    desk.fire()
    views = {id: desk.ask(asked.GetIncident(incident_id=id)) for id in (doubted, believed)}
    assert [len(view.assignments) for view in views.values()] == [1, 1]
    assert [view.call_back_asked for view in views.values()] == [True, False]
    (alert,) = desk.ask(asked.ListAlerts(kind="caller_doubted")).items
    assert alert.incident_id == doubted and alert.state == "open"


def test_one_caller_who_is_believed_is_enough(desk: Desk) -> None:
    told(desk, "prank"), told(desk, "prank")
    id = desk.incident(phone=PHONE)
    assert desk.ask(asked.GetIncident(incident_id=id)).call_back_asked
    other = desk.ask(asked.RecordContact(phone=OTHER))
    desk.ask(asked.DisposeContact(contact_id=other.id, disposition="incident", incident_id=id))
    assert not desk.ask(asked.GetIncident(incident_id=id)).call_back_asked


def test_among_equals_the_believed_goes_first_and_colour_and_age_go_before_that(desk: Desk) -> None:
    told(desk, "prank"), told(desk, "prank")
    desk.fleet("AMB-01")
    doubted = desk.incident(phone=PHONE)
    desk.later(minutes=5)
    believed = desk.incident(phone=OTHER)

    def first() -> UUID:
        (proposed,) = desk.ask(asked.ListProposals()).dispatches
        return proposed.incident_id

    for id in (doubted, believed):
        desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    assert first() == believed
    desk.ask(asked.TriageIncident(incident_id=believed, triage="kuning"))
    assert first() == doubted
    desk.ask(asked.TriageIncident(incident_id=believed, triage="merah"))
    desk.now += timedelta(minutes=26)
    assert first() == doubted, "whoever has waited for half an hour goes first, whoever called"


def test_nothing_is_refused_however_many_pranks(desk: Desk) -> None:
    for _ in range(20):
        told(desk, "prank")
    desk.fleet("AMB-01")
    id = desk.incident(phone=PHONE)
    assert desk.ask(asked.RecommendUnits(incident_id=id)).recommended == "AMB-01"
    assert desk.send(id, "AMB-01").unit_id == "AMB-01"
