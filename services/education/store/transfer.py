"""Transfers between schools."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, SmallInteger, Table, Text, Uuid, or_, select, text

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import ListTransfers, TransferState

from ..domain.roster.upload import Upload
from ..domain.transfer import Transfer
from .columns import locked, metadata, moment
from .school import KIND

transfer = Table(
    "transfer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("from_npsn", Text, nullable=False),
    Column("to_npsn", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("grade", SmallInteger, nullable=False),
    Column("class_name", Text, nullable=False),
    Column("roster_id", Uuid, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    moment("proposed_at", required=True),
    Column("objection", Text, comment="encrypted"),
    moment("decided_at"),
    Column("decided_by", Text),
    Column("version", Integer, nullable=False),
)

_PROPOSE = text("""
INSERT INTO transfer (id, pupil_id, from_npsn, to_npsn, school_year, grade, class_name, roster_id, row_number, state,
  from_on, proposed_at, version)
SELECT gen_random_uuid(), r.pupil_id, e.npsn, :npsn, :year, r.grade, r.class_name, :id, r.number, 'proposed', :day,
  :now, 1
FROM roster_row r JOIN enrolment e ON e.pupil_id = r.pupil_id AND e.to_on IS NULL AND e.npsn <> :npsn
WHERE r.roster_id = :id AND r.outcome = 'moved_here'
ON CONFLICT (pupil_id, to_npsn) WHERE state IN ('proposed', 'disputed') DO NOTHING
""")
_LAPSE = text("""
UPDATE transfer SET state = 'lapsed', decided_at = :now, version = version + 1
WHERE pupil_id = ANY(:pupils) AND state IN ('proposed', 'disputed') AND NOT id = ANY(:but) RETURNING id, pupil_id
""")
_LAPSE_TO = text("""
UPDATE transfer SET state = 'lapsed', decided_at = :now, version = version + 1
WHERE to_npsn = ANY(:npsns) AND state IN ('proposed', 'disputed') RETURNING id, pupil_id
""")
_LAPSE_OF_ROSTER = text("""
UPDATE transfer SET state = 'lapsed', decided_at = :now, version = version + 1
WHERE roster_id = :id AND state IN ('proposed', 'disputed') RETURNING id, pupil_id
""")


def propose(work: Work, upload: Upload) -> list[Transfer]:
    """Pupils of other schools who are in this roster; returns what is new."""
    told = {"id": upload.id, "npsn": upload.npsn, "year": upload.school_year, "day": upload.effective_on}
    work.read(_PROPOSE, {**told, "now": work.now})
    statement = select(transfer).where(transfer.c.roster_id == upload.id).order_by(transfer.c.row_number)
    return [_entity(work, row) for row in work.read(statement).mappings()]


def save(work: Work, changed: Transfer) -> None:
    """Store one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["objection"] = encrypt(work, changed.objection, "transfer.objection", changed.id)
    work.update(transfer, {"id": changed.id}, **values)


def some(work: Work, ids: Collection[UUID], *, lock: bool = False) -> list[Transfer]:
    """Several, by id."""
    statement = select(transfer).where(transfer.c.id.in_(ids)).order_by(transfer.c.id)
    return [_entity(work, row) for row in work.read(locked(statement, lock)).mappings()]


def pages(work: Work, query: ListTransfers) -> tuple[list[Transfer], str | None]:
    """Oldest first; only those from and to schools that the caller may see."""
    statement = select(transfer)
    if KIND in work.actor.rows:
        mine = work.actor.rows[KIND]
        statement = statement.where(or_(transfer.c.from_npsn.in_(mine), transfer.c.to_npsn.in_(mine)))
    if query.npsn is not None:
        statement = statement.where(or_(transfer.c.from_npsn == query.npsn, transfer.c.to_npsn == query.npsn))
    if query.state is not None:
        statement = statement.where(transfer.c.state == query.state)
    rows, cursor = page(work, statement, query, transfer.c.proposed_at, transfer.c.id)
    return [_entity(work, row) for row in rows], cursor


def lapse(work: Work, pupils: Collection[UUID], but: Collection[UUID] = ()) -> list[tuple[UUID, UUID]]:
    """Open transfers of these pupils come to nothing; returns their ids with the pupils'."""
    rows = work.read(_LAPSE, {"pupils": list(pupils), "but": list(but), "now": work.now}).mappings()
    return [(row["id"], row["pupil_id"]) for row in rows]


def lapse_to(work: Work, npsns: Collection[str]) -> list[tuple[UUID, UUID]]:
    """The same for those to schools that are closed."""
    rows = work.read(_LAPSE_TO, {"npsns": list(npsns), "now": work.now}).mappings()
    return [(row["id"], row["pupil_id"]) for row in rows]


def lapse_of_roster(work: Work, roster_id: UUID) -> list[tuple[UUID, UUID]]:
    """The same for those that a roster proposed."""
    rows = work.read(_LAPSE_OF_ROSTER, {"id": roster_id, "now": work.now}).mappings()
    return [(row["id"], row["pupil_id"]) for row in rows]


def _entity(work: Work, row: RowMapping) -> Transfer:
    objection = decrypt(work, row["objection"], "transfer.objection", row["id"])
    return Transfer(**{**row, "state": TransferState(row["state"]), "objection": objection})
