"""Children without NISN and NIK: kept, each with a task for the term."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts import education as asked
from services.education.domain.term import numbers_due, term_of
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import OFFICER, ONE, TWO, Office, operator

NONE = {"NISN": "-", "NIK": "0"}
TERM_ENDS = date(2026, 12, 31)


def listed(*rows: dict[str, Any]) -> bytes:
    """A file."""
    return by_xlsxwriter(grid(list(rows)))


def tasks(office: Office, **query: Any) -> list[Any]:
    """Of pupils without numbers, as the school's operator sees them."""
    return list(office.ask(asked.ListTasks(kind="numbers_missing", **query)).items)


def kept(office: Office, *rows: dict[str, Any]) -> Any:
    """Applied."""
    return office.apply(office.preview(listed(*rows)))


def test_each_has_a_task_until_the_end_of_the_term(office: Office) -> None:
    kept(office, child(1, **NONE), child(2, **NONE), child(3))
    found = tasks(office)
    assert [(one.due_on, one.overdue, one.npsn, one.notice_id) for one in found] == [(TERM_ENDS, False, ONE, None)] * 2
    assert {one.pupil_id for one in found} == {one.id for one in office.pupils(provisional=True)}
    (told,) = office.rows("SELECT body FROM outbox WHERE type = 'education.numbers-awaited.v1'")
    body = json.loads(told.body)
    assert body["due_on"] == "2026-12-31" and len(body["pupil_ids"]) == 2
    kept(office, child(1, **NONE), child(2, **NONE), child(3), child(4))
    assert len(tasks(office)) == 2, "the same list again asks for nothing twice"


def test_numbers_that_come_by_a_list_or_by_a_correction_end_it(office: Office) -> None:
    kept(office, child(1, **NONE), child(2, **NONE))
    kept(office, child(1), child(2, **NONE))
    (left,) = tasks(office)
    right = asked.Correction(nisn=child(2)["NISN"])
    office.ask(asked.CorrectPupil(pupil_id=left.pupil_id, correction=right, source="school"))
    assert tasks(office) == []
    assert office.events().count("numbers-arrived") == 2
    assert len(tasks(office, state="withdrawn")) == 2


def test_who_leaves_needs_none(office: Office) -> None:
    kept(office, child(1, **NONE))
    office.ask(asked.WithdrawPupil(pupil_id=office.pupils()[0].id, reason="moved_out"))
    assert tasks(office) == []


def test_a_list_taken_back_takes_back_what_it_did_to_tasks(office: Office) -> None:
    kept(office, child(1, **NONE))
    (first,) = tasks(office)
    second = kept(office, child(1), child(2, **NONE))
    assert [one.id != first.id for one in tasks(office)] == [True]
    office.ask(asked.UndoRoster(roster_id=second.id, reason="berkas yang salah"))
    assert [one.id for one in tasks(office)] == [first.id]


def test_what_a_person_has_settled_is_not_asked_again_in_the_same_term(office: Office) -> None:
    kept(office, child(1, **NONE))
    (task,) = tasks(office)
    office.ask(asked.FinishTask(task_id=task.id, note="anak pencari suaka, belum ada NIK"))
    kept(office, child(1, **NONE, **{"Rombel Saat Ini": "Kelas 4 Z"}), child(2))
    assert tasks(office) == []
    office.now = datetime(2027, 2, 1, 3, tzinfo=UTC)
    kept(office, child(1, **NONE, **{"Rombel Saat Ini": "Kelas 4 Z"}), child(2), child(3, **NONE))
    assert {one.due_on for one in tasks(office)} == {date(2027, 6, 30)}


def test_after_the_term_it_is_said_and_nobody_is_dropped(office: Office) -> None:
    kept(office, child(1, **NONE), child(2, **NONE))
    kept(office, child(1), child(2, **NONE))
    office.now = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert "numbers-overdue" not in (office.fire(), office.events())[1], "the last day is still to come to its end"
    assert tasks(office, overdue=True) == []
    office.now = datetime(2026, 12, 31, 17, tzinfo=UTC)
    office.fire()
    (told,) = office.rows("SELECT body FROM outbox WHERE type = 'education.numbers-overdue.v1'")
    (late,) = tasks(office, overdue=True)
    assert json.loads(told.body)["pupil_ids"] == [str(late.pupil_id)] and late.overdue
    assert tasks(office, overdue=False) == []
    assert len(office.pupils()) == 2


def test_another_schools_operator_sees_none_of_them(office: Office) -> None:
    kept(office, child(1, **NONE))
    assert office.ask(asked.ListTasks(kind="numbers_missing"), operator(TWO)).items == ()
    assert len(office.ask(asked.ListTasks(kind="numbers_missing"), OFFICER).items) == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 12, 2), date(2027, 6, 30)),
        (date(2027, 6, 20), date(2027, 12, 31)),
    ],
)
def test_nobody_has_less_than_thirty_days(day: date, due: date) -> None:
    assert numbers_due(day) == due


def test_a_list_for_the_next_school_year_has_that_years_term(office: Office) -> None:
    office.now = datetime(2026, 5, 20, 3, tzinfo=UTC)
    office.apply(office.preview(listed(child(1, **NONE)), effective_on="2026-07-13"))
    assert [one.due_on for one in tasks(office)] == [TERM_ENDS]


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (date(2026, 7, 1), ("2026/2027", 1, date(2026, 12, 31))),
        (date(2026, 12, 31), ("2026/2027", 1, date(2026, 12, 31))),
        (date(2027, 1, 1), ("2026/2027", 2, date(2027, 6, 30))),
        (date(2027, 6, 30), ("2026/2027", 2, date(2027, 6, 30))),
    ],
)
def test_terms(today: date, term: tuple[str, int, date]) -> None:
    found = term_of(today)
    assert (found.school_year, found.number, found.last_day) == term
