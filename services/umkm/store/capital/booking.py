"""What a whole file is matched against, and what comes of it, by a few statements over many lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.encrypted import encrypt
from chassis.work import Work
from contracts.umkm import BankLineState

from ...domain.capital.matching import Booked, Entry, Kept, Origin, Outcome, Payable, Told
from .bank_line import bank_line
from .entry import capital_entry

_ROOM = text("SET LOCAL work_mem = '64MB'")  # else hashes of some ten thousand rows go to disk
_LOANS = """
SELECT l.reference, CAST(l.id AS text), CAST(l.group_id AS text), l.state, l.disbursed_on, b.owed
FROM loan l JOIN loan_balance b ON b.loan_id = l.id WHERE l.reference = ANY(CAST(%s AS text[]))
"""
# Banks number their transactions: mostly nothing that is known lies between the first and the last of a file.
_NOTHING_KNOWN = text("""
SELECT NOT EXISTS (SELECT FROM capital_entry WHERE transaction BETWEEN :first AND :last)
  AND NOT EXISTS (SELECT FROM bank_line WHERE transaction BETWEEN :first AND :last)
""")
_KNOWN_BOOKED = """
SELECT e.transaction, CASE e.kind WHEN 'covered' THEN 'cover' ELSE 'payment' END, l.reference, p.reference,
  e.value_date, -e.rupiah
FROM capital_entry e JOIN loan l ON l.id = e.loan_id LEFT JOIN loan p ON p.id = e.payer_loan_id
WHERE e.transaction = ANY(%s) AND e.part = 0 AND e.reverses IS NULL
"""
_KNOWN_KEPT = """
SELECT transaction, kind, reference, payer_reference, value_date, rupiah,
  problem IS NOT DISTINCT FROM 'other_sum' AS differs
FROM bank_line WHERE transaction = ANY(%s) ORDER BY differs, bank_file_id, at_row
"""
_ORIGINS_BOOKED = """
SELECT e.transaction, e.number, CAST(e.loan_id AS text), e.rupiah, e.value_date, CAST(e.payer_loan_id AS text), e.part,
  EXISTS (SELECT FROM capital_entry r WHERE r.reverses = e.number) AS reversed
FROM capital_entry e WHERE e.transaction = ANY(%s) AND e.reverses IS NULL ORDER BY e.number
"""
_ORIGINS_KEPT = """
SELECT transaction, rupiah, state = 'reversed' FROM bank_line
WHERE transaction = ANY(%s) AND problem IS DISTINCT FROM 'other_sum' AND kind <> 'reversal'
"""
_CAME_BACK = text("""
UPDATE bank_line SET state = 'reversed'
WHERE transaction = ANY(:transactions) AND problem IS DISTINCT FROM 'other_sum' AND kind <> 'reversal'
RETURNING bank_file_id
""")
NULL = "\\N"
_ENTRY = ("loan_id", "kind", "rupiah", "value_date", "payer_loan_id", "transaction", "part", "reverses", "at_row")
_LINE = ("at_row", "kind", "transaction", "reference", "payer_reference", "value_date", "rupiah")


def make_room(work: Work) -> None:
    """For the statements of a whole file."""
    work.read(_ROOM)


def loans(work: Work, references: Collection[str]) -> dict[str, Payable]:
    """By what is named with their payments."""
    # As PostgreSQL writes an array, which is many times as fast: nothing that is a reference needs quotes.
    return {row[0]: Payable._make(row) for row in work.rows(_LOANS, "{" + ",".join(references) + "}")}


def known(work: Work, transactions: Collection[str]) -> dict[str, Told]:
    """Transactions of files that were booked before."""
    kept = dict[str, Told]()
    ends = {"first": min(transactions, default=""), "last": max(transactions, default="")}
    if work.read(_NOTHING_KNOWN, ends).scalar():
        return kept
    booked = {row[0]: Told._make(row[1:]) for row in work.rows(_KNOWN_BOOKED, list(transactions))}
    # A line that was booked in part is both: as it was told counts. What differs from a first telling counts only where
    # there is no other: then it differs from the payment that it takes back, and is the first telling itself.
    for *told, differs in work.rows(_KNOWN_KEPT, list(transactions)):
        if not differs or told[0] not in booked:
            kept.setdefault(told[0], Told._make(told[1:]))
    return booked | kept


def origins(work: Work, transactions: Collection[str]) -> dict[str, Origin]:
    """Payments that may come back."""
    entries: dict[str, list[Booked]] = {}
    for name, *entry in work.rows(_ORIGINS_BOOKED, list(transactions)):
        entries.setdefault(name, []).append(Booked._make(entry))
    found = {
        name: Origin(-sum(one.rupiah for one in of), any(one.reversed for one in of), of)
        for name, of in entries.items()
    }
    for name, rupiah, came_back in work.rows(_ORIGINS_KEPT, list(transactions)):
        booked = found.get(name, Origin(0, False, ()))
        found[name] = Origin(rupiah, booked.reversed or came_back, booked.entries)
    return found


def keep(work: Work, file_id: UUID, entries: Iterator[Entry], outcome: Outcome) -> None:
    """Entries and lines of an outcome, which is whole once all entries have come; the database sums up the balances
    with them."""
    ends = f"{file_id}\t{work.now.isoformat()}\t{work.actor.subject}\n"
    work.copy_text(capital_entry, (*_ENTRY, "bank_file_id", "at", "by"), (_entry(one, ends) for one in entries))
    if outcome.kept:
        columns = (*_LINE, "sent", "bank_file_id", "state", "booked", "problem", "loan_id")
        work.copy(bank_line, columns, (_line(work, file_id, one) for one in outcome.kept))


def wait_no_more(work: Work, file_id: UUID, transactions: Sequence[str]) -> int:
    """They came back; returns how many of them are lines of this file."""
    if not transactions:
        return 0
    rows = work.read(_CAME_BACK, {"transactions": list(transactions)})
    return sum(row.bank_file_id == file_id for row in rows)


def _entry(one: Entry, ends: str) -> str:
    """Nothing needs escaping: numbers, dates, ids, our own words; transactions by domain/capital/bank_file.py."""
    loan_id, kind, rupiah, value_date, payer, transaction, part, reverses, row = one
    back = NULL if reverses is None else reverses
    return f"{loan_id}\t{kind}\t{rupiah}\t{value_date}\t{payer or NULL}\t{transaction}\t{part}\t{back}\t{row}\t{ends}"


def _line(work: Work, file_id: UUID, one: Kept) -> tuple[Any, ...]:
    line = one.line
    told = (line.row, line.kind, line.transaction, line.reference, line.payer_reference, line.value_date, line.rupiah)
    state = BankLineState.WAITING if one.problem else BankLineState.BOOKED
    sent = encrypt(work, line.sent, "bank_line.sent", file_id)
    return (*told, sent, str(file_id), state.value, one.booked, one.problem, one.loan_id)
