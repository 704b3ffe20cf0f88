"""Deaths that are told twice, late, corrected, in any order: tasks for people, and no waiver changes by itself."""

from __future__ import annotations

import itertools

import pytest

from contracts import education as asked
from contracts.hearse import DeathCorrected, DeathRecorded
from tests.education.files import child
from tests.education.office import ONE, died, operator

from .desk import Desk

MONTH = 166_667


def not_dead(told: DeathRecorded) -> DeathCorrected:
    return DeathCorrected(
        booking_id=told.booking_id,
        person_key=told.person_key,
        previous_died_on=told.died_on,
        revision=2,
        reason="not_dead",
    )


@pytest.mark.parametrize("alive", [False, True])
def test_a_guardians_death_in_any_order_leaves_the_waiver(desk: Desk, alive: bool) -> None:
    told_of_her = ["recorded", "recorded", "taken back"] if alive else ["recorded", "recorded"]
    orders = sorted(set(itertools.permutations(told_of_her)))
    for number, order in enumerate(orders, start=1):
        pupil = next(one for one in desk.enrol(number) if one not in {row.pupil_id for row in desk.ledger()})
        desk.attest()
        desk.grant(pupil)
        desk.confirm("2026-08-01")
        desk.claim("2026-08-01", "2026-08-01")
        told = died(desk.office, child(number)["Data Ibu > NIK"])
        for what in order:
            if what == "recorded":
                desk.office.tell(told, "note_death")
            else:
                desk.office.tell(not_dead(told), "correct_death")
        tasks = desk.office.rows("SELECT kind, state FROM task WHERE pupil_id = :id", id=pupil)
        open_now = [row.kind for row in tasks if row.state == "open"]
        assert open_now == ([] if alive else ["guardian_deceased"]), order
        (waiver,) = desk.ask(asked.ListWaivers, operator(ONE), pupil_id=pupil).items
        assert waiver.state == "active"
        assert desk.balance() == number * MONTH
    assert "waiver-ended" not in desk.office.events()
