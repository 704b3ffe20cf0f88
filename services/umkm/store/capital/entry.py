"""Instalments and the ledger: rows are added, never changed; the database itself sums them up (triggers)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Identity, Integer, SmallInteger, Table, Text, Uuid, select

from chassis.paging import page
from chassis.turns import take_turn
from chassis.work import Work
from contracts.umkm import CapitalEntryKind, ListCapitalEntries

from ...domain.capital.schedule import Instalment
from ...domain.capital.standing import Payment
from ..columns import metadata, moment

instalment = Table(
    "instalment",
    metadata,
    Column("loan_id", Uuid, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("due_on", Date, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("due_in_all", BigInteger, nullable=False, comment="this one and those before it"),
)
capital_entry = Table(
    "capital_entry",
    metadata,
    Column("loan_id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("value_date", Date, nullable=False, comment="of a reversal: of the payment that came back"),
    Column("payer_loan_id", Uuid),
    Column("transaction", Text, comment="of the bank; null: paid out"),
    Column("part", SmallInteger, comment="0: as it was booked; 1: what a person booked of the rest"),
    Column("reverses", BigInteger, comment="the entry that came back"),
    Column("bank_file_id", Uuid),
    Column("at_row", Integer),
    moment("at", required=True),
    Column("by", Text, nullable=False),
)
loan_balance = Table(
    "loan_balance",
    metadata,
    Column("loan_id", Uuid, primary_key=True),
    Column("lent", BigInteger, nullable=False),
    Column("owed", BigInteger, nullable=False, comment="what the entries sum to; the database keeps it"),
)
PAYMENTS = (CapitalEntryKind.PAID, CapitalEntryKind.COVERED, CapitalEntryKind.REVERSED)


def take_ledger(work: Work) -> None:
    """Wait until nobody else adds to the ledger: what is matched is what will hold when it is booked."""
    take_turn(work, "capital ledger")


def add(work: Work, loan_id: UUID, kind: CapitalEntryKind, rupiah: int, value_date: date, **more: Any) -> None:
    """A row; `rupiah` above 0 adds to what is owed."""
    work.insert(
        capital_entry,
        loan_id=loan_id,
        kind=kind,
        rupiah=rupiah,
        value_date=value_date,
        at=work.now,
        by=work.actor.subject,
        **more,
    )


def add_schedule(work: Work, loan_id: UUID, instalments: Sequence[Instalment]) -> None:
    """Of a loan that was paid out."""
    due_in_all = 0
    for one in instalments:
        due_in_all += one.rupiah
        told = {"number": one.number, "due_on": one.due_on, "rupiah": one.rupiah, "due_in_all": due_in_all}
        work.insert(instalment, loan_id=loan_id, **told)


def schedules(work: Work, loan_ids: Collection[UUID]) -> dict[UUID, list[Instalment]]:
    """By loan, in order."""
    wanted = select(instalment).where(instalment.c.loan_id.in_(loan_ids)).order_by(instalment.c.number)
    found: dict[UUID, list[Instalment]] = {}
    for row in work.read(wanted):
        found.setdefault(row.loan_id, []).append(Instalment(row.number, row.due_on, row.rupiah))
    return found


def payments(work: Work, loan_ids: Collection[UUID]) -> dict[UUID, list[Payment]]:
    """By loan: what was paid, and what came back."""
    wanted = select(capital_entry).where(capital_entry.c.loan_id.in_(loan_ids), capital_entry.c.kind.in_(PAYMENTS))
    found: dict[UUID, list[Payment]] = {}
    for row in work.read(wanted.order_by(capital_entry.c.number)):
        found.setdefault(row.loan_id, []).append(Payment(-row.rupiah, row.value_date, row.payer_loan_id is None))
    return found


def pages(work: Work, query: ListCapitalEntries) -> tuple[list[Any], str | None]:
    """Of a loan that the caller may see; oldest first."""
    statement = select(capital_entry).where(capital_entry.c.loan_id == query.loan_id)
    return page(work, statement, query, capital_entry.c.number)
