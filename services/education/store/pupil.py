"""Pupils: found by school, name or number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, RowMapping, Select, Table, Text, Uuid, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.paging import page
from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import ListPupils

from ..domain.pupil import Enrolment, Pupil
from ..domain.roster.details import packed_by_name, unpacked
from .columns import locked, metadata, moment
from .enrolment import enrolment, entity, here

DETAILS = "pupil.details"
_PLACE = tuple(column.name for column in enrolment.columns if column.name != "pupil_id")
pupil = Table(
    "pupil",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sex", Text, nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("name_key", LargeBinary, nullable=False),
    Column("name_index", ARRAY(Integer), nullable=False),
    Column("household_key", Text),
    Column("provisional", Boolean, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("details", Text, nullable=False, comment="encrypted"),
    moment("created_at", required=True),
    moment("changed_at", required=True),
    Column("changed_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
identifier = Table(
    "pupil_identifier",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
)


def get(work: Work, pupil_id: UUID, *, lock: bool = False) -> Pupil | None:
    """One pupil with the present enrolment."""
    if lock:
        work.read(locked(select(pupil.c.id).where(pupil.c.id == pupil_id), True))
    row = work.read(_with_school().where(pupil.c.id == pupil_id)).mappings().first()
    return _pupil(work, row) if row else None


def enrolments(work: Work, pupil_id: UUID) -> tuple[Enrolment, ...]:
    """All of a pupil, the latest first."""
    statement = select(enrolment).where(enrolment.c.pupil_id == pupil_id)
    rows = work.read(statement.order_by(enrolment.c.from_on.desc(), enrolment.c.id)).mappings()
    return tuple(entity(dict(row)) for row in rows)


def pages(
    work: Work, query: ListPupils, schools: Sequence[str] | None, codes: Sequence[int], numbers: dict[str, str]
) -> tuple[list[Pupil], str | None]:
    """By id. `schools`: only pupils enrolled there; `codes`: all must be in the name; `numbers`: one must be theirs."""
    statement = _with_school()
    if query.npsn is not None:
        statement = statement.where(enrolment.c.npsn == query.npsn)
    if schools is not None:
        statement = statement.where(enrolment.c.npsn.in_(schools))
    if query.grade is not None:
        statement = statement.where(enrolment.c.grade == query.grade)
    if query.class_name is not None:
        statement = statement.where(enrolment.c.class_name == query.class_name)
    if query.provisional is not None:
        statement = statement.where(pupil.c.provisional == query.provisional)
    if codes:
        statement = statement.where(pupil.c.name_index.contains(list(codes)))
    if numbers:
        wanted = [(identifier.c.kind == kind) & (identifier.c.hash == key) for kind, key in numbers.items()]
        owners = select(identifier.c.pupil_id).where(or_(*wanted))
        statement = statement.where(pupil.c.id.in_(owners))
    rows, cursor = page(work, statement, query, pupil.c.id)
    return [_pupil(work, row) for row in rows], cursor


def details_of(work: Work, ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What is kept of some pupils."""
    if not ids:
        return {}
    rows = work.read(select(pupil.c.id, pupil.c.details).where(pupil.c.id.in_(ids))).mappings()
    return {row["id"]: unpacked(work.cipher.decrypt(row["details"], field=DETAILS, row=row["id"])) for row in rows}


def owner_of(work: Work, kind: str, key: str) -> UUID | None:
    """Whose number it is."""
    wanted = select(identifier.c.pupil_id).where(identifier.c.kind == kind, identifier.c.hash == key)
    found: UUID | None = work.read(wanted).scalar()
    return found


def put_number(work: Work, pupil_id: UUID, kind: str, key: str) -> None:
    """A pupil's number of a kind, in place of another."""
    work.read(identifier.delete().where(identifier.c.pupil_id == pupil_id, identifier.c.kind == kind))
    work.insert(identifier, kind=kind, hash=key, pupil_id=pupil_id)


def put_details(work: Work, pupil_id: UUID, details: dict[str, Any], columns: dict[str, Any]) -> None:
    """What is kept of a pupil, and the columns made from it; a new version."""
    sealed = work.cipher.encrypt(packed_by_name(details).decode(), field=DETAILS, row=pupil_id)
    values = {**columns, "details": sealed, "changed_at": work.now, "changed_by": work.actor.subject}
    work.read(pupil.update().where(pupil.c.id == pupil_id).values(version=pupil.c.version + 1, **values))


def shown_name(work: Work, pupil_id: UUID) -> str:
    """A pupil's name, masked."""
    found = get(work, pupil_id)
    return mask_name(found.details["name"]) if found else ""


def _with_school() -> Select[Any]:
    columns = [enrolment.c[name].label(f"here_{name}") for name in _PLACE]
    joined = pupil.outerjoin(enrolment, (enrolment.c.pupil_id == pupil.c.id) & here)
    return select(pupil, *columns).select_from(joined)


def _pupil(work: Work, row: RowMapping) -> Pupil:
    details = unpacked(work.cipher.decrypt(row["details"], field=DETAILS, row=row["id"]))
    open_one = {name[5:]: value for name, value in row.items() if name.startswith("here_")}
    place = entity(open_one) if row["here_id"] else None
    born: date = row["birth_date"]
    return Pupil(row["id"], row["sex"], born, row["provisional"], details, place, row["version"])
