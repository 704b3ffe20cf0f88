"""Tasks, and whom a death concerns; those about numbers are opened and closed in number_task.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Column, Date, RowMapping, Table, Text, Uuid, func, select, text

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import ListTasks, TaskKind, TaskState
from contracts.times import WIB

from ..domain.task import Task
from .columns import locked, metadata, moment
from .enrolment import enrolment, here
from .school import KIND

task = Table(
    "task",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("pupil_id", Uuid, nullable=False),
    Column("notice_id", Uuid, comment="the death that it is about"),
    moment("opened_at", required=True),
    Column("due_on", Date),
    moment("finished_at"),
    Column("finished_by", Text),
    Column("note", Text, comment="encrypted"),
)
_CONCERNED = """
SELECT {columns} FROM death_notice n
JOIN pupil_identifier i ON i.kind = 'nik' AND i.hash = n.person_key
WHERE n.holds {notices}
UNION
SELECT {guardians} FROM death_notice n JOIN guardian g ON g.person_key = n.person_key
JOIN enrolment e ON e.pupil_id = g.pupil_id AND e.to_on IS NULL
WHERE n.holds {notices}
"""
_OF_NOTICE = text(
    _CONCERNED.format(
        columns="'pupil_deceased' AS kind, i.pupil_id, n.id AS notice_id",
        guardians="'guardian_deceased', g.pupil_id, n.id",
        notices="AND n.id = :notice",
    )
)
_ANY = _CONCERNED.format(
    columns="'pupil_deceased' AS kind, i.pupil_id, n.id AS notice_id",
    guardians="'guardian_deceased', g.pupil_id, n.id",
    notices="",
)
_OF_PUPIL = text(f"SELECT * FROM ({_ANY}) c WHERE c.pupil_id = :pupil")
# The few whom any death concerns first: a roster can have a hundred thousand rows.
_OF_ROSTER = text(f"""
WITH concerned AS MATERIALIZED ({_ANY}) SELECT * FROM concerned c
WHERE EXISTS (SELECT FROM roster_row r WHERE r.roster_id = :roster AND r.pupil_id = c.pupil_id)
""")
_OPEN = text("""
INSERT INTO task (id, kind, state, pupil_id, notice_id, opened_at)
VALUES (:id, :kind, 'open', :pupil, :notice, :now)
ON CONFLICT (notice_id, kind, pupil_id) DO UPDATE SET state = 'open', opened_at = excluded.opened_at
  WHERE task.state = 'withdrawn'
RETURNING id
""")


def concerned_by(work: Work, notice_id: UUID) -> set[tuple[TaskKind, UUID, UUID]]:
    """Kind, pupil and notice: pupils who have died by this notice, and enrolled ones who lost a guardian."""
    return _concerned(work.read(_OF_NOTICE, {"notice": notice_id}).mappings())


def concerned_in(work: Work, roster_id: UUID) -> set[tuple[TaskKind, UUID, UUID]]:
    """The same for the pupils of a roster: their deaths may have been told before."""
    return _concerned(work.read(_OF_ROSTER, {"roster": roster_id}).mappings())


def concerned_pupil(work: Work, pupil_id: UUID) -> set[tuple[TaskKind, UUID, UUID]]:
    """The same for one pupil."""
    return _concerned(work.read(_OF_PUPIL, {"pupil": pupil_id}).mappings())


def open_one(work: Work, kind: TaskKind, pupil_id: UUID, notice_id: UUID) -> UUID | None:
    """A new task; None if it is there."""
    told = {"id": work.new_id(), "kind": kind, "pupil": pupil_id, "notice": notice_id, "now": work.now}
    found: UUID | None = work.read(_OPEN, told).scalar()
    return found


def of_notice(work: Work, notice_id: UUID) -> list[Task]:
    """Tasks of a death, locked."""
    statement = select(task).where(task.c.notice_id == notice_id).order_by(task.c.id)
    return [_entity(work, row) for row in work.read(locked(statement, True)).mappings()]


def get(work: Work, task_id: UUID) -> Task | None:
    """One task, locked."""
    row = work.read(locked(select(task).where(task.c.id == task_id), True)).mappings().first()
    return _entity(work, row) if row else None


def save(work: Work, changed: Task) -> None:
    """Store one that was loaded."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["note"] = encrypt(work, changed.note, "task.note", changed.id)
    work.update(task, {"id": changed.id}, **values)


def pages(work: Work, query: ListTasks) -> tuple[list[Task], str | None]:
    """Oldest first; a school's people see those of their pupils."""
    statement = select(task).where(task.c.state == query.state)
    if query.kind is not None:
        statement = statement.where(task.c.kind == query.kind)
    schools = _schools(work, query)
    if schools is not None:
        pupils = select(enrolment.c.pupil_id).where(here, enrolment.c.npsn.in_(schools))
        statement = statement.where(task.c.pupil_id.in_(pupils))
    if query.overdue is not None:
        over = (task.c.due_on < work.now.astimezone(WIB).date()) & (task.c.state == TaskState.OPEN)
        statement = statement.where(over if query.overdue else ~func.coalesce(over, False))
    rows, cursor = page(work, statement, query, task.c.opened_at, task.c.id)
    return [_entity(work, row) for row in rows], cursor


def _schools(work: Work, query: ListTasks) -> tuple[str, ...] | None:
    mine = work.actor.rows.get(KIND)
    if query.npsn is None:
        return mine
    return (query.npsn,)


def _concerned(rows: Iterable[RowMapping]) -> set[tuple[TaskKind, UUID, UUID]]:
    return {(TaskKind(row["kind"]), row["pupil_id"], row["notice_id"]) for row in rows}


def _entity(work: Work, row: RowMapping) -> Task:
    note = decrypt(work, row["note"], "task.note", row["id"])
    return Task(**{**row, "kind": TaskKind(row["kind"]), "state": TaskState(row["state"]), "note": note})
