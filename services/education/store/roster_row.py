"""Rows of rosters, as they were read: the preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, SmallInteger, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListRosterRows

from .columns import metadata

roster_row = Table(
    "roster_row",
    metadata,
    Column("roster_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("pupil_id", Uuid),
    Column("known", Boolean, nullable=False),
    Column("elsewhere", Text),
    Column("first_row", Integer),
    Column("grade", SmallInteger),
    Column("class_name", Text),
    Column("nisn_key", Text),
    Column("person_key", Text),
    Column("household_key", Text),
    Column("guardian_keys", ARRAY(Text)),
    Column("provisional", Boolean, nullable=False),
    Column("sex", Text),
    Column("birth_date", Date),
    Column("name_key", LargeBinary),
    Column("name_index", ARRAY(Integer)),
    Column("fingerprint", LargeBinary),
    Column("details", Text, comment="encrypted for the pupil's row; of a refused row: its cells"),
    Column("shown_name", Text, nullable=False, comment="masked; empty where details are kept"),
    Column("faults", JSONB, nullable=False, comment="values masked"),
)
COLUMNS = tuple(column.name for column in roster_row.columns)

_FORGET = text("DELETE FROM roster_row WHERE roster_id = :id")
_FORGET_APPLIED = text("""
DELETE FROM roster_row r WHERE r.roster_id = :id AND NOT EXISTS (
  SELECT FROM transfer t WHERE t.roster_id = :id AND t.row_number = r.number AND t.state IN ('proposed', 'disputed'))
""")
_LEFT = text("""
INSERT INTO roster_row (roster_id, number, outcome, pupil_id, known, grade, class_name, provisional, shown_name, faults)
SELECT :id, -row_number() OVER (ORDER BY e.grade, e.class_name, e.pupil_id), 'left', e.pupil_id, true, e.grade,
  e.class_name, p.provisional, '', '[]'
FROM enrolment e JOIN pupil p ON p.id = e.pupil_id
WHERE e.npsn = :npsn AND e.to_on IS NULL
  AND NOT EXISTS (SELECT FROM roster_row r WHERE r.roster_id = :id AND r.pupil_id = e.pupil_id)
""")
_COUNT = text("SELECT outcome, count(*) FROM roster_row WHERE roster_id = :id GROUP BY outcome")


def forget(work: Work, roster_id: UUID) -> None:
    """Remove all rows of a roster."""
    work.read(_FORGET, {"id": roster_id})


def forget_applied(work: Work, roster_id: UUID) -> None:
    """Remove all rows but those of moves that nobody has decided yet."""
    work.read(_FORGET_APPLIED, {"id": roster_id})


def add(work: Work, rows: Iterable[tuple[Any, ...]]) -> None:
    """Store rows; values in the order of COLUMNS."""
    work.copy(roster_row, COLUMNS, rows)


def add_left(work: Work, roster_id: UUID, npsn: str) -> None:
    """Pupils of the school who are in no row: numbered downwards from -1."""
    work.read(_LEFT, {"id": roster_id, "npsn": npsn})


def counts(work: Work, roster_id: UUID) -> dict[str, int]:
    """How many rows of each outcome."""
    return {row["outcome"]: row["count"] for row in work.read(_COUNT, {"id": roster_id}).mappings()}


def pages(work: Work, query: ListRosterRows) -> tuple[list[Any], str | None]:
    """In the order of the file."""
    statement = select(roster_row).where(roster_row.c.roster_id == query.roster_id)
    if query.outcome is not None:
        statement = statement.where(roster_row.c.outcome == query.outcome)
    return page(work, statement, query, roster_row.c.number)


def refused(work: Work, roster_id: UUID) -> list[Any]:
    """The refused rows, whole."""
    statement = select(roster_row).where(roster_row.c.roster_id == roster_id, roster_row.c.outcome == "refused")
    return list(work.read(statement.order_by(roster_row.c.number)).mappings())
