"""Evaluations: pupils who are alike in all that the rules ask are one case, judged once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, RowMapping, SmallInteger, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import EvaluationState, ListEvaluated, ListEvaluations, Programme

from ..domain.evaluation import Evaluation
from .columns import locked, metadata, moment

evaluation = Table(
    "evaluation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("term", SmallInteger, nullable=False),
    Column("npsn", Text),
    Column("trial", JSONB(none_as_null=True)),
    Column("rules_version", Integer),
    Column("judged_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("pupils", Integer, nullable=False),
    Column("counts", JSONB, nullable=False),
    Column("reasons", JSONB, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("rupiah_now", BigInteger, nullable=False),
    moment("started_at", required=True),
    Column("started_by", Text, nullable=False),
    Column("leave_out", ARRAY(Uuid), nullable=False),
    Column("granted", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("granted_by", Text),
    Column("note", Text),
    Column("waivers", Integer, nullable=False),
    Column("in_doubt", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
evaluation_case = Table(
    "evaluation_case",
    metadata,
    Column("evaluation_id", Uuid, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("advice", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("change", Text, nullable=False),
)
evaluation_row = Table(
    "evaluation_row",
    metadata,
    Column("evaluation_id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, primary_key=True),
    Column("npsn", Text),
    Column("grade", SmallInteger),
    Column("number", BigInteger, nullable=False),
)
_ELIGIBLE = text("SELECT number FROM evaluation_case WHERE evaluation_id = :id AND advice = 'eligible'")
_TO_GRANT = """
FROM evaluation_row r WHERE r.evaluation_id = :id AND r.number = ANY(:eligible) AND NOT EXISTS (SELECT FROM waiver w
  WHERE w.pupil_id = r.pupil_id AND w.programme = :programme AND w.school_year = :school_year AND w.term = :term
    AND w.state <> 'ended')
"""
_HOLDS = """
SELECT w.pupil_id FROM waiver w WHERE w.programme = :programme AND w.school_year = :school_year AND w.term = :term
  AND w.state <> 'ended'
"""
_HOLDERS = text(f"""
SELECT count(*) AS waivers, count(*) FILTER (WHERE r.number <> ALL(:eligible)) AS in_doubt
FROM ({_HOLDS}) w JOIN evaluation_row r ON r.pupil_id = w.pupil_id AND r.evaluation_id = :id
""")
_COUNT = text(f"SELECT count(*) {_TO_GRANT}")
_PUPILS = text(f"SELECT r.npsn, r.pupil_id {_TO_GRANT} ORDER BY r.npsn, r.pupil_id")
_FORGET = tuple(
    text(f"DELETE FROM {table} WHERE evaluation_id = :id") for table in ("evaluation_row", "evaluation_case")
)


def put(work: Work, changed: Evaluation, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(evaluation, {"id": changed.id}, **values)
    else:
        work.insert(evaluation, id=changed.id, **values)


def get(work: Work, evaluation_id: UUID, *, lock: bool = False) -> Evaluation | None:
    """One."""
    row = work.read(locked(select(evaluation).where(evaluation.c.id == evaluation_id), lock)).mappings().first()
    return _entity(row) if row else None


def pages(work: Work, query: ListEvaluations) -> tuple[list[Evaluation], str | None]:
    """Newest first."""
    statement = select(evaluation)
    for name in ("programme", "school_year"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(evaluation.c[name] == value)
    rows, cursor = page(work, statement, query, evaluation.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def row_pages(work: Work, one: Evaluation, query: ListEvaluated) -> tuple[list[Any], str | None]:
    """By pupil, with what the rules say."""
    case = evaluation_case
    joined = evaluation_row.join(
        case, (case.c.evaluation_id == evaluation_row.c.evaluation_id) & (case.c.number == evaluation_row.c.number)
    )
    shown = (evaluation_row.c.pupil_id, evaluation_row.c.npsn, evaluation_row.c.grade)
    statement = select(*shown, case.c.advice, case.c.reasons, case.c.change).select_from(joined)
    statement = statement.where(evaluation_row.c.evaluation_id == query.evaluation_id)
    for name, column in (("advice", case.c.advice), ("change", case.c.change), ("npsn", evaluation_row.c.npsn)):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(column == value)
    if query.in_doubt:
        holds = text(_HOLDS).bindparams(programme=one.programme, school_year=one.school_year, term=one.term)
        statement = statement.where(case.c.advice != "eligible", evaluation_row.c.pupil_id.in_(holds))
    return page(work, statement, query, evaluation_row.c.pupil_id)


def holders(work: Work, one: Evaluation) -> tuple[int, int]:
    """How many of those who were looked at have a waiver of the term; how many of these are not eligible."""
    row = work.read(_HOLDERS, _about(work, one)).mappings().one()
    return row["waivers"], row["in_doubt"]


def to_grant(work: Work, one: Evaluation) -> int:
    """How many are eligible and have no waiver."""
    return int(work.read(_COUNT, _about(work, one)).scalar() or 0)


def pupils_to_grant(work: Work, one: Evaluation) -> list[tuple[str, UUID]]:
    """Those with their school, school by school."""
    return [(row["npsn"], row["pupil_id"]) for row in work.read(_PUPILS, _about(work, one)).mappings()]


def _about(work: Work, one: Evaluation) -> dict[str, Any]:
    """The numbers of the cases go in by themselves: a join of tables that were filled a moment ago is badly planned."""
    eligible = list(work.read(_ELIGIBLE, {"id": one.id}).scalars())
    about = {"programme": one.programme, "school_year": one.school_year, "term": one.term}
    return {"id": one.id, "eligible": eligible, **about}


def forget(work: Work, evaluation_id: UUID) -> None:
    """Pupil by pupil it is not kept any more; the sums are."""
    for step in _FORGET:
        work.read(step, {"id": evaluation_id})


def _entity(row: RowMapping) -> Evaluation:
    state = EvaluationState(row["state"])
    return Evaluation(**{**row, "programme": Programme(row["programme"]), "state": state})
