"""Applications; at most one of a pupil, programme and term is undecided (uq_application_open)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, RowMapping, SmallInteger, Table, Text, Uuid, select, text

from chassis.paging import page
from chassis.work import Work
from contracts.education import ApplicationState, Channel, ListApplications, Programme

from ..domain.application import OPEN, Application
from ..domain.evaluation import Evaluation
from .columns import locked, metadata, moment
from .enrolment import enrolment, here
from .school import KIND

MOST = 100
application = Table(
    "application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("programme", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("term", SmallInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    moment("submitted_at", required=True),
    Column("state", Text, nullable=False),
    Column("told_on", Date),
    Column("shown", Boolean, nullable=False),
    Column("decided_on", Date),
    Column("decision_id", Uuid),
    Column("version", Integer, nullable=False),
)
_DECIDED = text("""
UPDATE application a SET state = 'decided', decision_id = d.id, decided_on = d.judged_on, version = a.version + 1
FROM decision d WHERE d.act_id = :act AND d.pupil_id = a.pupil_id AND a.pupil_id = ANY(:pupils)
  AND (a.programme, a.school_year, a.term) = (d.programme, d.school_year, d.term)
  AND a.state IN ('submitted', 'evidence_needed', 'appealed')
""")


def put(work: Work, changed: Application, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(application, {"id": changed.id}, **values)
    else:
        work.insert(application, id=changed.id, **values)


def get(work: Work, application_id: UUID, *, lock: bool = False) -> Application | None:
    """One."""
    row = work.read(locked(select(application).where(application.c.id == application_id), lock)).mappings().first()
    return entity(row) if row else None


def undecided(work: Work, pupils: Collection[UUID]) -> list[Application]:
    """Of some pupils, locked."""
    wanted = select(application).where(application.c.pupil_id.in_(pupils), application.c.state.in_(OPEN))
    return [entity(row) for row in work.read(locked(wanted.order_by(application.c.id), True)).mappings()]


def of_pupils(work: Work, pupils: Collection[UUID]) -> list[Application]:
    """All of some pupils, the newest first."""
    wanted = select(application).where(application.c.pupil_id.in_(pupils))
    return [entity(row) for row in work.read(wanted.order_by(application.c.id.desc()).limit(MOST)).mappings()]


def open_one(work: Work, pupil_id: UUID, programme: Programme, school_year: str, term: int) -> UUID | None:
    """The undecided one of a pupil for a term."""
    wanted = select(application.c.id).where(
        application.c.pupil_id == pupil_id,
        application.c.programme == programme,
        application.c.school_year == school_year,
        application.c.term == term,
        application.c.state.in_(OPEN),
    )
    found: UUID | None = work.read(wanted).scalar()
    return found


def decided_by_act(work: Work, act: Evaluation, pupils: Collection[UUID]) -> None:
    """Applications of those who were granted a waiver by an act for many."""
    told = {"act": act.id, "pupils": list(pupils)}
    work.read(_DECIDED, told)


def pages(work: Work, query: ListApplications) -> tuple[list[Application], str | None]:
    """Oldest first; only those of pupils at schools that the caller may see."""
    statement = select(application).outerjoin(enrolment, (enrolment.c.pupil_id == application.c.pupil_id) & here)
    if KIND in work.actor.rows:
        statement = statement.where(enrolment.c.npsn.in_(work.actor.rows[KIND]))
    if query.npsn is not None:
        statement = statement.where(enrolment.c.npsn == query.npsn)
    for name in ("programme", "school_year", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(application.c[name] == value)
    rows, cursor = page(work, statement, query, application.c.submitted_at, application.c.id)
    return [entity(row) for row in rows], cursor


def entity(row: RowMapping) -> Application:
    """Of a row."""
    return Application(
        **{
            **row,
            "programme": Programme(row["programme"]),
            "channel": Channel(row["channel"]),
            "state": ApplicationState(row["state"]),
        }
    )
