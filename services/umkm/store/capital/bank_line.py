"""Lines of the bank's files; those that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, RowMapping, Table, Text, Uuid, select, text

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.umkm import BankLineKind, BankLineProblem, BankLineState, LineSettlement, ListWaitingLines

from ..columns import locked, metadata, moment

bank_line = Table(
    "bank_line",
    metadata,
    Column("bank_file_id", Uuid, primary_key=True),
    Column("at_row", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("transaction", Text),
    Column("reference", Text),
    Column("payer_reference", Text),
    Column("value_date", Date),
    Column("rupiah", BigInteger, nullable=False),
    Column("booked", BigInteger, nullable=False),
    Column("problem", Text),
    Column("sent", Text, comment="encrypted; of a line that could not be read"),
    Column("loan_id", Uuid),
    Column("settlement", Text),
    Column("note", Text, comment="encrypted"),
    Column("closed_by", Text),
    moment("closed_at"),
)
WAITING_SECONDS = """
SELECT coalesce(extract(epoch FROM now() - min(f.booked_at)), 0)
FROM bank_line l JOIN bank_file f ON f.id = l.bank_file_id WHERE l.state = 'waiting'
"""
"""For the gauge: how long the oldest line waits for a person."""
_CLOSE = text("""
UPDATE bank_line SET state = 'closed', booked = :booked, loan_id = coalesce(:loan, loan_id), settlement = :settlement,
  note = :note, closed_by = :by, closed_at = :now
WHERE bank_file_id = :file AND at_row = :row
""")


@dataclass(frozen=True, slots=True)
class BankLine:
    """`booked` of its `rupiah` are in the ledger."""

    bank_file_id: UUID
    at_row: int
    kind: BankLineKind
    state: BankLineState
    transaction: str | None
    reference: str | None
    payer_reference: str | None
    value_date: date | None
    rupiah: int
    booked: int
    problem: BankLineProblem | None
    sent: str | None
    loan_id: UUID | None
    settlement: LineSettlement | None
    note: str | None


def get(work: Work, file_id: UUID, row: int) -> BankLine | None:
    """One, locked."""
    wanted = select(bank_line).where(bank_line.c.bank_file_id == file_id, bank_line.c.at_row == row)
    found = work.read(locked(wanted, True)).mappings().first()
    return _entity(work, found) if found else None


def close(work: Work, line: BankLine, settlement: LineSettlement, booked: int, loan_id: UUID | None, note: str) -> None:
    """A person has settled what waited."""
    work.read(
        _CLOSE,
        {
            "file": line.bank_file_id,
            "row": line.at_row,
            "booked": line.booked + booked,
            "loan": loan_id,
            "settlement": settlement,
            "note": encrypt(work, note, "bank_line.note", line.bank_file_id),
            "by": work.actor.subject,
            "now": work.now,
        },
    )


def pages(work: Work, query: ListWaitingLines) -> tuple[list[BankLine], str | None]:
    """Those that wait, oldest first."""
    statement = select(bank_line).where(bank_line.c.state == BankLineState.WAITING)
    for name in ("bank_file_id", "problem"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(bank_line.c[name] == value)
    rows, cursor = page(work, statement, query, bank_line.c.bank_file_id, bank_line.c.at_row)
    return [_entity(work, row) for row in rows], cursor


def sealed(work: Work, file_id: UUID, sent: str | None) -> str | None:
    """The text of a line that could not be read, as it is stored."""
    return encrypt(work, sent, "bank_line.sent", file_id)


def _entity(work: Work, row: RowMapping) -> BankLine:
    names: dict[str, Any] = {name: value for name, value in row.items() if name not in ("closed_by", "closed_at")}
    names |= {
        "kind": BankLineKind(row["kind"]),
        "state": BankLineState(row["state"]),
        "problem": BankLineProblem(row["problem"]) if row["problem"] else None,
        "settlement": LineSettlement(row["settlement"]) if row["settlement"] else None,
        "sent": decrypt(work, row["sent"], "bank_line.sent", row["bank_file_id"]),
        "note": decrypt(work, row["note"], "bank_line.note", row["bank_file_id"]),
    }
    return BankLine(**names)
