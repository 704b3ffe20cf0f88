"""Evaluations: pupils who are alike in all that the rules ask are one case, judged once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Integer,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    Uuid,
    any_,
    bindparam,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import Advice, EvaluationState, ListEvaluated, ListEvaluations, Programme

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
    Column("to_grant", Integer, nullable=False),
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
_HOLDS = """
SELECT w.pupil_id FROM waiver w WHERE w.programme = :programme AND w.school_year = :school_year AND w.term = :term
  AND w.state <> 'ended'
"""
_HOLDS_ONE = f"(SELECT count(*) FROM ({_HOLDS}) h WHERE h.pupil_id = evaluation_row.pupil_id) > 0"
_PUPILS_ONCE = f"""
SELECT pupil_id, max(npsn) AS npsn, bool_or(seen) AS seen, bool_or(eligible) AS eligible, bool_or(held) AS held FROM (
  SELECT r.pupil_id, r.npsn, true AS seen, r.number = ANY(:eligible) AS eligible, false AS held
  FROM evaluation_row r WHERE r.evaluation_id = :id
  UNION ALL SELECT h.pupil_id, NULL, false, false, true FROM ({_HOLDS}) h) told
GROUP BY pupil_id
"""
"""Those who were looked at, and those who hold a waiver, put together by sorting or hashing: a join of tables that were
filled a moment ago is badly planned, and would take hours after a city was granted its waivers."""
_HOLDERS = text(f"""
SELECT count(*) FILTER (WHERE held) AS waivers, count(*) FILTER (WHERE held AND NOT eligible) AS in_doubt,
  count(*) FILTER (WHERE eligible AND NOT held) AS to_grant
FROM ({_PUPILS_ONCE}) p WHERE seen
""")
_TO_GRANT = f"FROM ({_PUPILS_ONCE}) p WHERE eligible AND NOT held"
_COUNT = text(f"SELECT count(*) {_TO_GRANT}")
_PUPILS = text(f"SELECT npsn, pupil_id {_TO_GRANT} ORDER BY npsn, pupil_id")
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


def row_pages(work: Work, one: Evaluation, query: ListEvaluated) -> tuple[list[dict[str, Any]], str | None]:
    """By pupil, with what the rules say."""
    row, case = evaluation_row, evaluation_case
    statement = select(row.c.pupil_id, row.c.npsn, row.c.grade, row.c.number).where(row.c.evaluation_id == one.id)
    if query.npsn is not None:
        statement = statement.where(row.c.npsn == query.npsn)
    if query.in_doubt:
        statement = statement.where(text(_HOLDS_ONE).bindparams(**_term(one)))
    if query.advice is not None or query.change is not None or query.in_doubt:
        wanted = select(case.c.number).where(case.c.evaluation_id == one.id)
        for value, column in ((query.advice, case.c.advice), (query.change, case.c.change)):
            if value is not None:
                wanted = wanted.where(column == value)
        if query.in_doubt:
            wanted = wanted.where(case.c.advice != Advice.ELIGIBLE)
        numbers = list(work.read(wanted).scalars())
        statement = statement.where(row.c.number == any_(bindparam("numbers", numbers, ARRAY(BigInteger))))
    rows, cursor = page(work, statement, query, row.c.pupil_id)
    said = select(case.c.number, case.c.advice, case.c.reasons, case.c.change).where(
        case.c.evaluation_id == one.id, case.c.number.in_({found["number"] for found in rows})
    )
    by_number = {found["number"]: dict(found) for found in work.read(said).mappings()}
    # Those without a case are being forgotten at this moment.
    return [{**found, **by_number[found["number"]]} for found in rows if found["number"] in by_number], cursor


def holders(work: Work, one: Evaluation) -> tuple[int, int, int]:
    """How many of those who were looked at have a waiver of the term; how many of these are not eligible; how many are
    eligible and have none."""
    row = work.read(_HOLDERS, _about(work, one)).mappings().one()
    return row["waivers"], row["in_doubt"], row["to_grant"]


def to_grant(work: Work, one: Evaluation) -> int:
    """How many are eligible and have no waiver."""
    return int(work.read(_COUNT, _about(work, one)).scalar() or 0)


def pupils_to_grant(work: Work, one: Evaluation) -> list[tuple[str, UUID]]:
    """Those with their school, school by school."""
    return [(row["npsn"], row["pupil_id"]) for row in work.read(_PUPILS, _about(work, one)).mappings()]


def _about(work: Work, one: Evaluation) -> dict[str, Any]:
    """The numbers of the cases go in by themselves, for the same reason."""
    eligible = list(work.read(_ELIGIBLE, {"id": one.id}).scalars())
    return {"id": one.id, "eligible": eligible, **_term(one)}


def _term(one: Evaluation) -> dict[str, Any]:
    return {"programme": str(one.programme), "school_year": one.school_year, "term": one.term}


def forget(work: Work, evaluation_id: UUID) -> None:
    """Pupil by pupil it is not kept any more; the sums are."""
    for step in _FORGET:
        work.read(step, {"id": evaluation_id})


def _entity(row: RowMapping) -> Evaluation:
    state = EvaluationState(row["state"])
    return Evaluation(**{**row, "programme": Programme(row["programme"]), "state": state})
