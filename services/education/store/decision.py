"""Decisions: added, never changed (the database refuses it)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, SmallInteger, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import Advice, ListDecisions, Outcome, Programme, ReasonCode, ReplayDecisions

from ..domain.decision import Decision
from ..domain.eligibility.inputs import Inputs
from ..domain.eligibility.judging import Judgement
from .columns import metadata, moment

NOTE = "decision.note"
decision = Table(
    "decision",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid),
    Column("pupil_id", Uuid, nullable=False),
    Column("programme", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("term", SmallInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("rules_version", Integer, nullable=False),
    Column("advice", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("inputs", JSONB, nullable=False),
    Column("judged_on", Date, nullable=False),
    Column("note", Text, comment="encrypted"),
    Column("act_id", Uuid, comment="the bulk approval that it was part of"),
    moment("decided_at", required=True),
    Column("decided_by", Text, nullable=False),
)


def add(work: Work, new: Decision) -> None:
    """Another one."""
    judgement = new.judgement
    work.insert(
        decision,
        id=new.id,
        application_id=new.application_id,
        pupil_id=new.pupil_id,
        programme=new.programme,
        school_year=new.school_year,
        term=new.term,
        outcome=new.outcome,
        rules_version=judgement.rules_version,
        advice=judgement.advice,
        reasons=list(judgement.reasons),
        inputs=new.inputs.frozen(),
        judged_on=new.judged_on,
        note=encrypt(work, new.note, NOTE, new.id),
        act_id=new.act_id,
        decided_at=new.decided_at,
        decided_by=new.decided_by,
    )


def get(work: Work, decision_id: UUID) -> Decision | None:
    """One."""
    row = work.read(select(decision).where(decision.c.id == decision_id)).mappings().first()
    return _entity(work, row) if row else None


def pages(work: Work, query: ListDecisions | ReplayDecisions) -> tuple[list[Decision], str | None]:
    """Newest first."""
    statement = select(decision)
    for name in ("pupil_id", "programme", "school_year"):
        if (value := getattr(query, name, None)) is not None:
            statement = statement.where(decision.c[name] == value)
    rows, cursor = page(work, statement, query, decision.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _entity(work: Work, row: RowMapping) -> Decision:
    reasons = tuple(map(ReasonCode, row["reasons"]))
    judgement = Judgement(Advice(row["advice"]), reasons, row["rules_version"])
    return Decision(
        row["id"],
        row["application_id"],
        row["pupil_id"],
        Programme(row["programme"]),
        row["school_year"],
        row["term"],
        Outcome(row["outcome"]),
        judgement,
        Inputs.thawed(row["inputs"]),
        row["judged_on"],
        decrypt(work, row["note"], NOTE, row["id"]),
        row["decided_at"],
        row["decided_by"],
        row["act_id"],
    )
