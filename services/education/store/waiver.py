"""Waivers; at most one of a pupil, programme and term is not ended (uq_waiver_holds)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Integer, SmallInteger, Table, Text, Uuid, select

from chassis.paging import page
from chassis.work import Work
from contracts.education import ListWaivers, Programme, WaiverEnd, WaiverState

from ..domain.waiver import Waiver
from .columns import locked, metadata
from .enrolment import enrolment, here
from .pupil import identifier, pupil
from .school import KIND

waiver = Table(
    "waiver",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("programme", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("term", SmallInteger, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("end_reason", Text),
    Column("version", Integer, nullable=False),
)


def put(work: Work, changed: Waiver, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {one.name: getattr(changed, one.name) for one in fields(changed) if one.name != "id"}
    if known:
        work.update(waiver, {"id": changed.id}, **values)
    else:
        work.insert(waiver, id=changed.id, **values)


def get(work: Work, waiver_id: UUID) -> Waiver | None:
    """One, locked."""
    row = work.read(locked(select(waiver).where(waiver.c.id == waiver_id), True)).mappings().first()
    return _entity(dict(row)) if row else None


def of_pupil(work: Work, pupil_id: UUID) -> list[Waiver]:
    """All of a pupil, locked."""
    wanted = select(waiver).where(waiver.c.pupil_id == pupil_id).order_by(waiver.c.id)
    return [_entity(dict(row)) for row in work.read(locked(wanted, True)).mappings()]


def holding(work: Work, pupil_id: UUID, programme: Programme, school_year: str, term: int) -> UUID | None:
    """The one of a pupil for a term that is not ended."""
    wanted = select(waiver.c.id).where(
        waiver.c.pupil_id == pupil_id,
        waiver.c.programme == programme,
        waiver.c.school_year == school_year,
        waiver.c.term == term,
        waiver.c.state != WaiverState.ENDED,
    )
    found: UUID | None = work.read(wanted).scalar()
    return found


def holders(work: Work, pupils: Collection[UUID], programme: Programme, school_year: str, term: int) -> set[UUID]:
    """Who of these has one for a term that is not ended."""
    wanted = select(waiver.c.pupil_id).where(
        waiver.c.pupil_id.in_(pupils),
        waiver.c.programme == programme,
        waiver.c.school_year == school_year,
        waiver.c.term == term,
        waiver.c.state != WaiverState.ENDED,
    )
    return set(work.read(wanted).scalars())


def doubled(work: Work, pupil_id: UUID, duplicate_id: UUID) -> list[Waiver]:
    """Waivers of a duplicate for terms in which the pupil has one as well."""
    other = waiver.alias()
    same = [other.c[name] == waiver.c[name] for name in ("programme", "school_year", "term")]
    held = select(other.c.id).where(other.c.pupil_id == pupil_id, other.c.state != WaiverState.ENDED, *same)
    wanted = select(waiver).where(waiver.c.pupil_id == duplicate_id, waiver.c.state != WaiverState.ENDED)
    return [_entity(dict(row)) for row in work.read(locked(wanted.where(held.exists()), True)).mappings()]


def keys_of(work: Work, pupils: Collection[UUID]) -> dict[UUID, tuple[str, str | None]]:
    """The keys of children (empty without a NIK) and of their families."""
    nik = (identifier.c.pupil_id == pupil.c.id) & (identifier.c.kind == "nik")
    joined = pupil.outerjoin(identifier, nik)
    wanted = select(pupil.c.id, identifier.c.hash, pupil.c.household_key).select_from(joined)
    rows = work.read(wanted.where(pupil.c.id.in_(pupils))).mappings()
    return {row["id"]: (row["hash"] or "", row["household_key"]) for row in rows}


def pages(work: Work, query: ListWaivers) -> tuple[list[tuple[Waiver, str | None]], str | None]:
    """By id, with the pupil's present school; only those of pupils at schools that the caller may see."""
    joined = waiver.outerjoin(enrolment, (enrolment.c.pupil_id == waiver.c.pupil_id) & here)
    statement = select(waiver, enrolment.c.npsn).select_from(joined)
    if KIND in work.actor.rows:
        statement = statement.where(enrolment.c.npsn.in_(work.actor.rows[KIND]))
    if query.npsn is not None:
        statement = statement.where(enrolment.c.npsn == query.npsn)
    for name in ("pupil_id", "programme", "school_year", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(waiver.c[name] == value)
    rows, cursor = page(work, statement, query, waiver.c.id)
    found = []
    for row in rows:
        values = dict(row)
        npsn = values.pop("npsn")
        found.append((_entity(values), npsn))
    return found, cursor


def _entity(row: dict[str, Any]) -> Waiver:
    begins: date = row["starts_on"]
    return Waiver(
        **{
            **row,
            "starts_on": begins,
            "programme": Programme(row["programme"]),
            "state": WaiverState(row["state"]),
            "end_reason": WaiverEnd(row["end_reason"]) if row["end_reason"] else None,
        }
    )
