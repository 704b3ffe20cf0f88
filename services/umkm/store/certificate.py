"""Certificates, found by their code. Names are encrypted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, Select, Table, Text, Uuid, func, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import CertificateState, ListCertificates

from ..domain.certificate import Certificate
from .columns import CITIZEN, locked, metadata, moment
from .owner import owner

certificate = Table(
    "certificate",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("seat_id", Uuid, nullable=False, unique=True),
    Column("batch_id", Uuid, nullable=False),
    Column("business_id", Uuid, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("name", Text, nullable=False, comment="encrypted"),
    Column("course", Text, nullable=False),
    Column("completed_on", Date, nullable=False),
    moment("issued_at", required=True),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
)


def put(work: Work, changed: Certificate, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["name"] = encrypt(work, changed.name, "certificate.name", changed.id)
    if known:
        work.update(certificate, {"id": changed.id}, **values)
    else:
        work.insert(certificate, id=changed.id, **values)


def get(work: Work, certificate_id: UUID, *, lock: bool = False) -> Certificate | None:
    """One that the caller may see."""
    wanted = _mine(work, select(certificate).where(certificate.c.id == certificate_id))
    return _first(work, locked(wanted, lock))


def of_seat(work: Work, seat_id: UUID) -> Certificate | None:
    """The one that came of a seat, locked."""
    return _first(work, locked(select(certificate).where(certificate.c.seat_id == seat_id), True))


def ids_of(work: Work, seat_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Certificates by seat."""
    wanted = select(certificate.c.seat_id, certificate.c.id).where(certificate.c.seat_id.in_(seat_ids))
    return {row.seat_id: row.id for row in work.read(wanted)}


def count_valid(work: Work, owner_id: UUID) -> int:
    """How many trainings an owner has passed whose certificates count."""
    valid = certificate.c.state == CertificateState.VALID
    wanted = select(func.count(certificate.c.batch_id.distinct())).where(certificate.c.owner_id == owner_id, valid)
    return int(work.read(wanted).scalar() or 0)


def counts_valid(work: Work, owner_ids: Collection[UUID]) -> dict[UUID, int]:
    """The same of several; who has passed none is not in it."""
    many = func.count(certificate.c.batch_id.distinct()).label("many")
    wanted = select(certificate.c.owner_id, many).where(
        certificate.c.owner_id.in_(owner_ids), certificate.c.state == CertificateState.VALID
    )
    return {row.owner_id: row.many for row in work.read(wanted.group_by(certificate.c.owner_id))}


def by_code(work: Work, code: str) -> Certificate | None:
    """The one with this code, whoever asks."""
    return _first(work, select(certificate).where(certificate.c.code == code))


def pages(work: Work, query: ListCertificates) -> tuple[list[Certificate], str | None]:
    """Newest first."""
    statement = _mine(work, select(certificate))
    for name in ("batch_id", "business_id"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(certificate.c[name] == value)
    rows, cursor = page(work, statement, query, certificate.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    return statement.where(certificate.c.owner_id.in_(select(owner.c.id).where(owner.c.citizen.in_(citizens))))


def _first(work: Work, statement: Select[Any]) -> Certificate | None:
    row = work.read(statement).mappings().first()
    return _entity(work, row) if row else None


def _entity(work: Work, row: RowMapping) -> Certificate:
    name = decrypt(work, row["name"], "certificate.name", row["id"])
    return Certificate(**{**row, "name": name, "state": CertificateState(row["state"])})
