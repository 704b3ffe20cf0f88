"""Businesses. A NIB belongs to one that is not closed (uq_business_nib)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, Select, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import BusinessState, ListBusinesses, SizeBasis, SizeClass, Trade

from ..domain.business import Business
from ..domain.size import Size
from .columns import CITIZEN, locked, metadata, moment
from .owner import owner

business = Table(
    "business",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("owner_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, comment="the name as it is compared"),
    Column("trade", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_before", Text),
    Column("kelurahan_code", Text, nullable=False),
    Column("address", Text, nullable=False, comment="encrypted"),
    Column("founded_on", Date, nullable=False),
    Column("size_class", Text, nullable=False),
    Column("size_basis", Text, nullable=False),
    Column("size_year", Integer, nullable=False),
    Column("size_rupiah", Text, nullable=False, comment="encrypted"),
    Column("class_before", Text),
    Column("nib", Text),
    Column("reason", Text),
    Column("verified_by", Text),
    moment("registered_at", required=True),
    Column("version", Integer, nullable=False),
)
_PLAIN: tuple[str, ...] = (
    "owner_id",
    "name",
    "trade",
    "state",
    "state_before",
    "kelurahan_code",
    "founded_on",
    "class_before",
    "nib",
)
_PLAIN += ("reason", "verified_by", "registered_at", "version")


def name_key(name: str) -> str:
    """Two spellings of one name: letters and digits count, their case does not."""
    return "".join(one for one in name.casefold() if one.isalnum())


def put(work: Work, changed: Business, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values: dict[str, Any] = {name: getattr(changed, name) for name in _PLAIN}
    size = asdict(changed.size)
    values |= {"size_class": size["size_class"], "size_basis": size["basis"], "size_year": size["year"]}
    values["size_rupiah"] = encrypt(work, str(size["rupiah"]), "business.size_rupiah", changed.id)
    values["address"] = encrypt(work, changed.address, "business.address", changed.id)
    values["name_key"] = name_key(changed.name)
    if known:
        work.update(business, {"id": changed.id}, **values)
    else:
        work.insert(business, id=changed.id, **values)


def get(work: Work, business_id: UUID, *, lock: bool = False) -> Business | None:
    """One that the caller may see."""
    statement = _mine(work, select(business).where(business.c.id == business_id))
    return _first(work, statement, lock)


def of_owner(work: Work, owner_id: UUID, *, lock: bool = False) -> list[Business]:
    """All of an owner's that are not closed."""
    wanted = select(business).where(business.c.owner_id == owner_id, business.c.state != BusinessState.CLOSED)
    return [_entity(work, row) for row in work.read(locked(wanted.order_by(business.c.id), lock)).mappings()]


def by_nib(work: Work, nib: str) -> UUID | None:
    """Which business that is not closed has this NIB, whoever asks."""
    wanted = select(business.c.id).where(business.c.nib == nib, business.c.state != BusinessState.CLOSED)
    found: UUID | None = work.read(wanted).scalar()
    return found


def some(work: Work, ids: Collection[UUID]) -> dict[UUID, Business]:
    """Several."""
    rows = work.read(select(business).where(business.c.id.in_(ids))).mappings()
    return {row["id"]: _entity(work, row) for row in rows}


def signs(work: Work, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and kelurahan, what shoppers see: nothing is deciphered for them."""
    wanted = select(business.c.id, business.c.name, business.c.kelurahan_code).where(business.c.id.in_(ids))
    return {row.id: (row.name, row.kelurahan_code) for row in work.read(wanted)}


def pages(work: Work, query: ListBusinesses) -> tuple[list[Business], str | None]:
    """Newest first."""
    statement = _mine(work, select(business))
    for name in ("state", "size_class", "nib"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(business.c[name] == value)
    if query.kecamatan_code is not None:
        statement = statement.where(business.c.kelurahan_code.startswith(query.kecamatan_code + "."))
    rows, cursor = page(work, statement, query, business.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    """Row scope: a citizen's own."""
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    return statement.where(business.c.owner_id.in_(select(owner.c.id).where(owner.c.citizen.in_(citizens))))


def _first(work: Work, statement: Select[Any], lock: bool) -> Business | None:
    row = work.read(locked(statement, lock)).mappings().first()
    return _entity(work, row) if row else None


def _entity(work: Work, row: RowMapping) -> Business:
    values = {name: row[name] for name in ("id", *_PLAIN)}
    rupiah = int(decrypt(work, row["size_rupiah"], "business.size_rupiah", row["id"]) or 0)
    values |= {
        "address": decrypt(work, row["address"], "business.address", row["id"]),
        "size": Size(SizeBasis(row["size_basis"]), row["size_year"], SizeClass(row["size_class"]), rupiah),
        "trade": Trade(row["trade"]),
        "state": BusinessState(row["state"]),
        "state_before": BusinessState(row["state_before"]) if row["state_before"] else None,
        "class_before": SizeClass(row["class_before"]) if row["class_before"] else None,
    }
    return Business(**values)
