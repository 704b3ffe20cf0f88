"""Agreements; at most one of a school and year that has not ended (uq_agreement_open)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import AgreementState, FeeLine, ListAgreements

from ..domain.agreement import Agreement, Places
from .columns import locked, metadata, moment
from .school import KIND

agreement = Table(
    "agreement",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("npsn", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("places", JSONB, nullable=False),
    Column("covered", JSONB, nullable=False),
    Column("number", Text),
    Column("signed_on", Date),
    Column("ends_on", Date),
    Column("reason", Text),
    moment("changed_at", required=True),
    Column("version", Integer, nullable=False),
)


def put(work: Work, changed: Agreement, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"} | {"changed_at": work.now}
    if known:
        work.update(agreement, {"id": changed.id}, **values)
    else:
        work.insert(agreement, id=changed.id, **values)


def get(work: Work, agreement_id: UUID) -> Agreement | None:
    """One, locked."""
    row = work.read(locked(select(agreement).where(agreement.c.id == agreement_id), True)).mappings().first()
    return _entity(row) if row else None


def open_one(work: Work, npsn: str, school_year: str) -> Agreement | None:
    """The one of a school and year that has not ended, locked."""
    wanted = select(agreement).where(agreement.c.npsn == npsn, agreement.c.school_year == school_year)
    row = work.read(locked(wanted.where(agreement.c.state != AgreementState.ENDED), True)).mappings().first()
    return _entity(row) if row else None


def of_year(work: Work, npsn: str, school_year: str) -> list[Agreement]:
    """All of a school and year; those that have ended come last, the latest of them first."""
    wanted = select(agreement).where(agreement.c.npsn == npsn, agreement.c.school_year == school_year)
    order = (agreement.c.ends_on.desc().nulls_first(), agreement.c.id)
    return [_entity(row) for row in work.read(wanted.order_by(*order)).mappings()]


def open_of(work: Work, npsns: Collection[str]) -> list[Agreement]:
    """All of some schools that have not ended, locked."""
    wanted = select(agreement).where(agreement.c.npsn.in_(npsns), agreement.c.state != AgreementState.ENDED)
    return [_entity(row) for row in work.read(locked(wanted.order_by(agreement.c.id), True)).mappings()]


def pages(work: Work, query: ListAgreements) -> tuple[list[Agreement], str | None]:
    """Newest first; only those of schools that the caller may see."""
    statement = select(agreement)
    if KIND in work.actor.rows:
        statement = statement.where(agreement.c.npsn.in_(work.actor.rows[KIND]))
    for name in ("npsn", "school_year", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(agreement.c[name] == value)
    rows, cursor = page(work, statement, query, agreement.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def _entity(row: RowMapping) -> Agreement:
    values = {name: value for name, value in row.items() if name != "changed_at"}
    values |= {
        "state": AgreementState(row["state"]),
        "places": tuple(Places(**one) for one in row["places"]),
        "covered": tuple(map(FeeLine, row["covered"])),
    }
    return Agreement(**values)
