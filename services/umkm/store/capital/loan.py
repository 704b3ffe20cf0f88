"""Loans. An owner has one live loan at most, and so has a household (uq_loan_owner, uq_loan_household)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    RowMapping,
    Select,
    Table,
    Text,
    Uuid,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListLoans, LoanState, RefusalReason, SizeClass

from ...domain.capital.loan import LIVE, Loan
from ..columns import CITIZEN, locked, metadata, moment
from ..owner import owner

loan = Table(
    "loan",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("group_id", Uuid, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("business_id", Uuid, nullable=False),
    Column("household_key", Text, nullable=False),
    Column("kecamatan_code", Text, nullable=False),
    Column("size_class", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("use", Text, nullable=False, comment="encrypted"),
    moment("asked_at", required=True),
    Column("asked_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("papers_by", Text),
    Column("credit_by", Text),
    Column("reference", Text, comment="named with every payment"),
    Column("administration", BigInteger, nullable=False),
    Column("disbursed_on", Date),
    Column("frozen_before", Text),
    Column("reopened", Boolean, nullable=False),
    Column("holds_place", Boolean, nullable=False),
    Column("settled_on", Date),
    Column("timely", Boolean),
    Column("version", Integer, nullable=False),
)


def put(work: Work, changed: Loan, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {one.name: getattr(changed, one.name) for one in fields(changed) if one.name != "id"}
    values |= {"reasons": list(changed.reasons), "holds_place": changed.holds_place}
    values["use"] = encrypt(work, changed.use, "loan.use", changed.id)
    if known:
        work.update(loan, {"id": changed.id}, **values)
    else:
        work.insert(loan, id=changed.id, **values)


def get(work: Work, loan_id: UUID) -> Loan | None:
    """One that the caller may see."""
    row = work.read(_mine(work, select(loan).where(loan.c.id == loan_id))).mappings().first()
    return _entity(work, row) if row else None


def some(work: Work, ids: Collection[UUID]) -> list[Loan]:
    """Several, locked, in the order of their ids."""
    wanted = select(loan).where(loan.c.id.in_(ids)).order_by(loan.c.id)
    return [_entity(work, row) for row in work.read(locked(wanted, True)).mappings()]


def of_groups(work: Work, group_ids: Collection[UUID]) -> dict[UUID, list[Loan]]:
    """All of some groups, as they joined."""
    wanted = select(loan).where(loan.c.group_id.in_(group_ids)).order_by(loan.c.asked_at, loan.c.id)
    found: dict[UUID, list[Loan]] = {}
    for row in work.read(wanted).mappings():
        found.setdefault(row["group_id"], []).append(_entity(work, row))
    return found


def of_group(work: Work, group_id: UUID) -> list[Loan]:
    """All of a group, as they joined."""
    return of_groups(work, [group_id]).get(group_id, [])


def of_owner(work: Work, owner_id: UUID) -> list[Loan]:
    """All that an owner ever asked for."""
    wanted = select(loan).where(loan.c.owner_id == owner_id).order_by(loan.c.id)
    return [_entity(work, row) for row in work.read(wanted).mappings()]


def live_of(work: Work, owner_id: UUID, household_key: str, but: UUID | None = None) -> list[tuple[UUID, UUID]]:
    """Loans of a person or a household that are not over: their ids and owners."""
    theirs = or_(loan.c.owner_id == owner_id, loan.c.household_key == household_key)
    wanted = select(loan.c.id, loan.c.owner_id).where(theirs, loan.c.state.in_(LIVE)).order_by(loan.c.id)
    return [(row.id, row.owner_id) for row in work.read(wanted) if row.id != but]


def keys_of_groups(work: Work, group_ids: Collection[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Keys of the owners of what was paid out, by group and loan; nothing is deciphered."""
    wanted = select(loan.c.group_id, loan.c.id, owner.c.person_key).join(owner, owner.c.id == loan.c.owner_id)
    found: dict[UUID, dict[UUID, str]] = {}
    for row in work.read(_paid_out(wanted, group_ids)):
        found.setdefault(row.group_id, {})[row.id] = row.person_key
    return found


def states_of_groups(work: Work, group_ids: Collection[UUID]) -> dict[UUID, list[LoanState]]:
    """States of what was paid out, by group."""
    found: dict[UUID, list[LoanState]] = {}
    for row in work.read(_paid_out(select(loan.c.group_id, loan.c.state), group_ids)):
        found.setdefault(row.group_id, []).append(LoanState(row.state))
    return found


def _paid_out(statement: Select[Any], group_ids: Collection[UUID]) -> Select[Any]:
    return statement.where(loan.c.group_id.in_(group_ids), loan.c.disbursed_on.is_not(None))


def has_reference(work: Work, reference: str) -> bool:
    """Whether a loan has it."""
    return work.read(select(loan.c.id).where(loan.c.reference == reference)).first() is not None


def by_references(work: Work, references: Collection[str]) -> dict[str, UUID]:
    """Loans by what is named with their payments."""
    wanted = select(loan.c.reference, loan.c.id).where(loan.c.reference.in_(references))
    return {row.reference: row.id for row in work.read(wanted)}


def pages(work: Work, query: ListLoans) -> tuple[list[Loan], str | None]:
    """Newest first."""
    statement = _mine(work, select(loan))
    for name in ("state", "group_id", "business_id"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(loan.c[name] == value)
    rows, cursor = page(work, statement, query, loan.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    """Row scope: a citizen's own."""
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    return statement.where(loan.c.owner_id.in_(select(owner.c.id).where(owner.c.citizen.in_(citizens))))


def _entity(work: Work, row: RowMapping) -> Loan:
    values = {name: value for name, value in row.items() if name != "holds_place"}
    values |= {
        "use": decrypt(work, row["use"], "loan.use", row["id"]),
        "state": LoanState(row["state"]),
        "size_class": SizeClass(row["size_class"]),
        "reasons": tuple(map(RefusalReason, row["reasons"])),
        "frozen_before": LoanState(row["frozen_before"]) if row["frozen_before"] else None,
    }
    return Loan(**values)
