"""Groups that borrow together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, RowMapping, Select, Table, Text, Uuid, select

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import GroupState, ListGroups, LoanState

from ...domain.capital.group import Group
from ..columns import CITIZEN, locked, metadata, moment
from ..owner import owner
from .loan import loan
from .terms import capital_terms

loan_group = Table(
    "loan_group",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("months", Integer, nullable=False),
    Column("terms", Integer, nullable=False, comment="version"),
    moment("formed_at", required=True),
    Column("formed_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    moment("due_at"),
    Column("overdue", Boolean, nullable=False),
    Column("disbursed_on", Date),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
)
OVERDUE_CHECKS = "SELECT count(*) FROM loan_group WHERE overdue AND state IN ('office_check', 'bank_check')"
"""For the gauge."""


def put(work: Work, changed: Group, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(loan_group, {"id": changed.id}, **values)
    else:
        work.insert(loan_group, id=changed.id, **values)


def get(work: Work, group_id: UUID, *, lock: bool = False, anybody: bool = False) -> Group | None:
    """One that the caller may see; `anybody`: also one of which the caller is no member yet."""
    wanted = select(loan_group).where(loan_group.c.id == group_id)
    row = work.read(locked(wanted if anybody else _mine(work, wanted), lock)).mappings().first()
    return _entity(row) if row else None


def some(work: Work, ids: Collection[UUID]) -> list[Group]:
    """Several, locked, in the order of their ids."""
    wanted = select(loan_group).where(loan_group.c.id.in_(ids)).order_by(loan_group.c.id)
    return [_entity(row) for row in work.read(locked(wanted, True)).mappings()]


def seen(work: Work, ids: Collection[UUID]) -> dict[UUID, Group]:
    """Several, for whoever may see a loan of them."""
    rows = work.read(select(loan_group).where(loan_group.c.id.in_(ids))).mappings()
    return {row["id"]: _entity(row) for row in rows}


def grace_days(work: Work, ids: Collection[UUID]) -> dict[UUID, int]:
    """By the terms of each group."""
    days = capital_terms.c.content["grace_days"].as_integer()
    wanted = select(loan_group.c.id, days.label("days")).join(
        capital_terms, capital_terms.c.version == loan_group.c.terms
    )
    return {row["id"]: row["days"] for row in work.read(wanted.where(loan_group.c.id.in_(ids))).mappings()}


def pages(work: Work, query: ListGroups) -> tuple[list[Group], str | None]:
    """Newest first."""
    statement = _mine(work, select(loan_group))
    if query.state is not None:
        statement = statement.where(loan_group.c.state == query.state)
    if query.overdue:
        statement = statement.where(loan_group.c.overdue)
    rows, cursor = page(work, statement, query, loan_group.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    """Row scope: groups in which a citizen is."""
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    own = select(loan.c.group_id).join(owner, owner.c.id == loan.c.owner_id).where(owner.c.citizen.in_(citizens))
    own = own.where(loan.c.state.not_in((LoanState.LEFT, LoanState.REFUSED)))  # they vouch for nobody here
    return statement.where(loan_group.c.id.in_(own))


def _entity(row: RowMapping) -> Group:
    return Group(**{**row, "state": GroupState(row["state"])})
