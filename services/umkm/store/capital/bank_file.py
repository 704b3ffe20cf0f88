"""Files of the partner bank. A number is booked once (uq_bank_file_number), a content once (sha256)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, RowMapping, Table, Text, Uuid, func, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import BankFileState, ListBankFiles

from ..columns import locked, metadata, moment

bank_file = Table(
    "bank_file",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("bank_code", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("covers_from", Date, nullable=False),
    Column("covers_until", Date, nullable=False),
    Column("coverage", Date, comment="the last day that all files cover, once this one is booked"),
    Column("sha256", Text, nullable=False, unique=True),
    Column("file_key", Text, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("booked", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("already", Integer, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("booked_rupiah", BigInteger, nullable=False),
    Column("fault", JSONB),
    moment("received_at", required=True),
    Column("received_by", Text, nullable=False),
    moment("booked_at"),
    Column("version", Integer, nullable=False),
)


@dataclass(slots=True)
class BankFile:
    """As it came, and what became of it."""

    id: UUID
    bank_code: str
    number: str
    covers_from: date
    covers_until: date
    lines: int
    rupiah: int
    sha256: str
    file_key: str
    received_at: datetime
    received_by: str
    state: BankFileState = BankFileState.RECEIVED
    coverage: date | None = None
    rows_read: int = 0
    booked: int = 0
    booked_rupiah: int = 0
    waiting: int = 0
    already: int = 0
    fault: dict[str, Any] | None = None
    booked_at: datetime | None = None
    version: int = 1


def put(work: Work, changed: BankFile, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(bank_file, {"id": changed.id}, **values)
    else:
        work.insert(bank_file, id=changed.id, **values)


def get(work: Work, file_id: UUID, *, lock: bool = False) -> BankFile | None:
    """One."""
    return _first(work, locked(select(bank_file).where(bank_file.c.id == file_id), lock))


def by_content(work: Work, sha256: str) -> BankFile | None:
    """The one with this content."""
    return _first(work, select(bank_file).where(bank_file.c.sha256 == sha256))


def by_number(work: Work, bank_code: str, number: str) -> UUID | None:
    """Which file that was not refused has this number."""
    wanted = select(bank_file.c.id).where(
        bank_file.c.bank_code == bank_code, bank_file.c.number == number, bank_file.c.state != BankFileState.REFUSED
    )
    found: UUID | None = work.read(wanted).scalar()
    return found


def covered_until(work: Work) -> date | None:
    """The last day that the booked files cover without a gap."""
    found: date | None = work.read(select(func.max(bank_file.c.coverage))).scalar()
    return found


def booked_days(work: Work) -> list[tuple[date, date]]:
    """First and last days of all that are booked, in order."""
    wanted = select(bank_file.c.covers_from, bank_file.c.covers_until).where(bank_file.c.state == BankFileState.BOOKED)
    return [(row.covers_from, row.covers_until) for row in work.read(wanted.order_by(bank_file.c.covers_from))]


def pages(work: Work, query: ListBankFiles) -> tuple[list[BankFile], str | None]:
    """Newest first."""
    statement = select(bank_file)
    if query.state is not None:
        statement = statement.where(bank_file.c.state == query.state)
    rows, cursor = page(work, statement, query, bank_file.c.received_at, bank_file.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def keys_in_use(work: Work) -> set[str]:
    """Files in storage that are still to be read."""
    wanted = select(bank_file.c.file_key).where(bank_file.c.state.in_((BankFileState.RECEIVED, BankFileState.READING)))
    return set(work.read(wanted).scalars())


def _first(work: Work, statement: Any) -> BankFile | None:
    row = work.read(statement).mappings().first()
    return _entity(row) if row else None


def _entity(row: RowMapping) -> BankFile:
    return BankFile(**{**row, "state": BankFileState(row["state"])})
