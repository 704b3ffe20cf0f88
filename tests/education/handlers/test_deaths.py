"""A death ends in a task for a person, never in a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from contracts.hearse import DeathCorrected
from contracts.problems import NotFound
from tests.education.files import child
from tests.education.office import ONE, TWO, Office, died, operator


def tasks(office: Office, npsn: str = ONE, **query: Any) -> list[Any]:
    """What an operator sees."""
    return list(office.ask(asked.ListTasks(**query), operator(npsn)).items)


def test_a_guardians_death_is_seen_at_the_school_and_the_child_stays(office: Office) -> None:
    office.enrol(1, 2)
    office.tell(died(office, child(1)["Data Ibu > NIK"]), "note_death")
    (task,) = tasks(office)
    assert (task.kind, task.priority, task.npsn) == ("guardian_deceased", True, ONE)
    assert len(office.pupils()) == 2
    assert tasks(office, TWO) == []
    with pytest.raises(NotFound):
        office.ask(asked.FinishTask(task_id=task.id, note="bukan milik kami"), operator(TWO))
    done = office.ask(asked.FinishTask(task_id=task.id, note="keluarga dikunjungi"))
    assert (done.state, done.note) == ("done", "keluarga dikunjungi")
    assert tasks(office) == []
    assert [one for one in office.events() if one.startswith("task")] == ["task-opened", "task-closed"]


def test_a_pupils_death_asks_a_person_with_words_of_condolence(office: Office) -> None:
    office.enrol(1)
    office.tell(died(office, child(1)["NIK"]), "note_death")
    (task,) = tasks(office)
    assert task.kind == "pupil_deceased" and set(task.template) == {"en", "id"}
    (pupil,) = office.pupils()
    office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="deceased", last_day=date(2026, 11, 20)), operator(ONE))
    assert office.rows("SELECT ended FROM enrolment")[0][0] == "deceased"


def test_a_death_that_was_a_mistake_withdraws_the_task(office: Office) -> None:
    office.enrol(1)
    told = died(office, child(1)["NIK"])
    office.tell(told, "note_death")
    back = DeathCorrected(
        booking_id=told.booking_id,
        person_key=told.person_key,
        previous_died_on=told.died_on,
        revision=2,
        reason="not_dead",
    )
    office.tell(back, "correct_death")
    assert tasks(office) == []
    assert office.rows("SELECT state FROM task")[0][0] == "withdrawn"


def test_told_twice_or_before_the_child_is_known(office: Office) -> None:
    told = died(office, child(1)["Data Ayah > NIK"])
    office.tell(told, "note_death")
    office.tell(told, "note_death")
    assert tasks(office) == []
    office.enrol(1, 2)
    assert [one.kind for one in tasks(office)] == ["guardian_deceased"]
