"""Batches of payments and their lines; accounts in lines are those of when they were drafted, encrypted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, RowMapping, SmallInteger, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import DisbursementState, LineState, ListDisbursementLines, ListDisbursements, Programme

from ..domain.disbursement import Account, Disbursement, Line
from .columns import locked, metadata, moment

NUMBER, HOLDER = "disbursement_line.account_number", "disbursement_line.account_holder"
BANK_WAITING_SECONDS = """
SELECT coalesce(extract(epoch FROM now() - min(exported_at)), 0) FROM disbursement WHERE state = 'exported'
"""

disbursement = Table(
    "disbursement",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("budget_year", SmallInteger, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("unfunded", BigInteger, nullable=False),
    Column("without_account", Integer, nullable=False),
    moment("drafted_at", required=True),
    Column("drafted_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("verified_by", Text),
    Column("approved_by", Text),
    Column("exports", Integer, nullable=False),
    moment("exported_at"),
    Column("exported_by", Text),
    Column("file_sha256", Text),
    Column("spp", Text),
    Column("spm", Text),
    Column("sp2d", Text),
    Column("reason", Text),
    Column("paid", BigInteger, nullable=False),
    Column("bounced", BigInteger, nullable=False),
    Column("recheck_id", Uuid, comment="the evaluation that it has begun"),
    Column("version", Integer, nullable=False),
)
line = Table(
    "disbursement_line",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("disbursement_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("payee", Text, nullable=False),
    Column("npsn", Text),
    Column("pupil_id", Uuid),
    Column("bank_code", Text, nullable=False),
    Column("account_number", Text, nullable=False, comment="encrypted"),
    Column("account_holder", Text, nullable=False, comment="encrypted"),
    Column("owed", BigInteger, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_on", Date),
    Column("reason", Text),
)
bank_results = Table(
    "bank_results",
    metadata,
    Column("disbursement_id", Uuid, primary_key=True),
    Column("sha256", Text, primary_key=True),
    moment("imported_at", required=True),
    Column("imported_by", Text, nullable=False),
)


def put(work: Work, changed: Disbursement, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(disbursement, {"id": changed.id}, **values)
    else:
        work.insert(disbursement, id=changed.id, **values)


def put_line(work: Work, changed: Line, known: bool) -> None:
    """A new line, or what has become of one."""
    if known:
        settled = {"state": changed.state, "settled_on": changed.settled_on, "reason": changed.reason}
        work.update(line, {"id": changed.id}, **settled)
        return
    work.insert(
        line,
        id=changed.id,
        disbursement_id=changed.disbursement_id,
        number=changed.number,
        payee=changed.payee,
        npsn=changed.npsn,
        pupil_id=changed.pupil_id,
        bank_code=changed.account.bank_code,
        account_number=encrypt(work, changed.account.number, NUMBER, changed.id),
        account_holder=encrypt(work, changed.account.holder, HOLDER, changed.id),
        owed=changed.owed,
        rupiah=changed.rupiah,
        state=changed.state,
    )


def release(work: Work, disbursement_id: UUID) -> None:
    """None of its lines will be paid."""
    work.read(line.update().where(line.c.disbursement_id == disbursement_id).values(state=LineState.REMOVED))


def get(work: Work, disbursement_id: UUID, *, lock: bool = False) -> Disbursement | None:
    """One."""
    wanted = select(disbursement).where(disbursement.c.id == disbursement_id)
    row = work.read(locked(wanted, lock)).mappings().first()
    return _entity(row) if row else None


def lines(work: Work, disbursement_id: UUID, *, lock: bool = False) -> list[Line]:
    """All that were not removed, by number."""
    wanted = select(line).where(line.c.disbursement_id == disbursement_id, line.c.state != LineState.REMOVED)
    return [_line(work, row) for row in work.read(locked(wanted.order_by(line.c.number), lock)).mappings()]


def pages(work: Work, query: ListDisbursements) -> tuple[list[Disbursement], str | None]:
    """Newest first."""
    statement = select(disbursement)
    for name in ("programme", "budget_year", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(disbursement.c[name] == value)
    rows, cursor = page(work, statement, query, disbursement.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def line_pages(work: Work, query: ListDisbursementLines) -> tuple[list[Line], str | None]:
    """By number."""
    statement = select(line).where(line.c.disbursement_id == query.disbursement_id)
    if query.state is not None:
        statement = statement.where(line.c.state == query.state)
    rows, cursor = page(work, statement, query, line.c.number)
    return [_line(work, row) for row in rows], cursor


def imported(work: Work, disbursement_id: UUID, sha256: str) -> bool:
    """Whether this file of the bank was taken over before."""
    wanted = select(bank_results.c.sha256).where(
        bank_results.c.disbursement_id == disbursement_id, bank_results.c.sha256 == sha256
    )
    return work.read(wanted).first() is not None


def note_import(work: Work, disbursement_id: UUID, sha256: str) -> None:
    """It was taken over."""
    told = {"imported_at": work.now, "imported_by": work.actor.subject}
    work.insert(bank_results, disbursement_id=disbursement_id, sha256=sha256, **told)


def _entity(row: RowMapping) -> Disbursement:
    state = DisbursementState(row["state"])
    return Disbursement(**{**row, "programme": Programme(row["programme"]), "state": state})


def _line(work: Work, row: Any) -> Line:
    number = decrypt(work, row["account_number"], NUMBER, row["id"]) or ""
    holder = decrypt(work, row["account_holder"], HOLDER, row["id"]) or ""
    return Line(
        row["id"],
        row["disbursement_id"],
        row["number"],
        row["npsn"],
        row["pupil_id"],
        Account(row["bank_code"], number, holder),
        row["owed"],
        row["rupiah"],
        LineState(row["state"]),
        row["settled_on"],
        row["reason"],
    )
