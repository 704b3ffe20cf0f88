"""Every kind of proposal as a card: which of them the method makes depends on the whole city, so they are made here."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from console.desks import DESKS
from console.parts.files import Files
from console.parts.page import Page
from contracts.ambulance.views import Proposals, ProposedRelocation, Reassignment
from contracts.geography import Point

CALL, LOSER, TRIP = (UUID(int=number) for number in (1, 2, 3))
BASE = Point(coordinates=(106.65, -6.15))


def written(proposals: Proposals, *scopes: str) -> str:
    page = Page(DESKS, Files({}, Path(".assets/icons")))
    visit = SimpleNamespace(may=lambda scope: scope in scopes, form_token="token", address="/gawat-darurat/usulan")
    shown = {"proposals": proposals.model_dump(mode="json"), "shown": {}, "visit": visit, "new_key": lambda: "key"}
    return page.write("dispatch/proposal_cards.html", "id", shown)


def proposed(reason: str, loser: UUID | None = None) -> Proposals:
    change = Reassignment(
        assignment_id=TRIP,
        unit_id="AMB-07",
        incident_id=CALL,
        expected_seconds=240,
        closest_unit_id=None,
        closest_seconds=None,
        loser_incident_id=loser,
        reason=reason,
        reason_text="closer to this one",
        reason_text_id="lebih dekat ke panggilan ini",
    )
    move = ProposedRelocation(
        unit_id="AMB-08",
        base=BASE,
        from_base=BASE,
        expected_seconds=600,
        coverage_gain=0.02,
        reason="move",
        reason_text="covers more",
        reason_text_id="menjangkau lebih luas",
    )
    return Proposals(
        coverage=0.9, travel_time_source="great_circle", dispatches=(), reassignments=(change,), relocations=(move,)
    )


@pytest.mark.parametrize("reason", ["swap", "preemption"])
def test_a_swap_is_one_press_and_carries_its_reason(reason: str) -> None:
    text = written(proposed(reason, LOSER), "ambulance:dispatch")
    assert 'action="/gawat-darurat/usulan"' in text and str(LOSER) in text
    assert f'name="assignment" value="{TRIP}"' in text and f'name="incident_id" value="{CALL}"' in text
    assert 'name="reason" value="lebih dekat ke panggilan ini"' in text


def test_a_unit_that_is_closer_now_is_sent_and_the_other_called_back_by_a_person() -> None:
    text = written(proposed("freed_closer"), "ambulance:dispatch")
    assert f'action="/gawat-darurat/insiden/{CALL}/kirim"' in text and 'name="unit_id" value="AMB-07"' in text
    assert "/gawat-darurat/usulan" not in re.findall(r'action="([^"]+)"', text)


def test_a_move_is_one_press_and_carries_the_base_as_it_was_proposed() -> None:
    text = written(proposed("swap", LOSER), "ambulance:dispatch")
    assert 'action="/gawat-darurat/unit/AMB-08/siaga"' in text and 'name="location" value="-6.15, 106.65"' in text


def test_who_may_not_dispatch_sees_the_reasons_without_buttons() -> None:
    text = written(proposed("swap", LOSER))
    assert "lebih dekat ke panggilan ini" in text and "menjangkau lebih luas" in text and "<form" not in text
