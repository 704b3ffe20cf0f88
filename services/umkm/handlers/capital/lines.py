"""Lines of the bank's files that wait for a person, and what a person does with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.problems import NotFound, wrong_field
from contracts.umkm import (
    BankLineClosed,
    BankLineKind,
    BankLinePage,
    BankLineState,
    BankLineView,
    CapitalEntryKind,
    LineSettlement,
    ListWaitingLines,
    LoanState,
    NothingWaits,
    NotSettleable,
    SettleBankLine,
)

from ... import store
from ...domain.capital.loan import Loan
from ...store.capital.bank_line import BankLine
from ..day import today
from . import find, moving
from .bank_views import bank_line_view

BOOKS = (LineSettlement.BOOK, LineSettlement.COVER)


def list_waiting_lines(work: Work, query: ListWaitingLines) -> BankLinePage:
    """Oldest first."""
    found, cursor = store.capital.bank_line.pages(work, query)
    return BankLinePage(items=tuple(map(bank_line_view, found)), next=cursor)


def settle_bank_line(work: Work, request: SettleBankLine) -> BankLineView:
    """All that waits of a line, at once."""
    store.capital.entry.take_ledger(work)
    line = store.capital.bank_line.get(work, request.bank_file_id, request.row)
    if line is None:
        raise NotFound(
            f"nothing waits in line {request.row} of {request.bank_file_id}",
            detail_id=f"tidak ada yang menunggu pada baris {request.row} dalam {request.bank_file_id}",
        )
    if line.state is not BankLineState.WAITING:
        raise NothingWaits(state=line.state)
    rupiah = line.rupiah - line.booked if request.settlement in BOOKS else 0
    if request.settlement in BOOKS:
        _book(work, request, line, rupiah)
    elif request.loan_id is not None or request.payer_loan_id is not None:
        raise wrong_field("loan_id", "not_booked", "nothing is booked by this", "leave the loans out")
    store.capital.bank_line.close(work, line, request.settlement, rupiah, request.loan_id, request.note)
    told = BankLineClosed(bank_file_id=line.bank_file_id, row=line.at_row, settlement=request.settlement, rupiah=rupiah)
    work.emit(f"{line.bank_file_id}/{line.at_row}", 1, told)
    work.audit(line.bank_file_id, row=line.at_row, settlement=request.settlement, rupiah=rupiah)
    if request.loan_id is not None:
        moving.follow(work, [request.loan_id])
    closed = store.capital.bank_line.get(work, line.bank_file_id, line.at_row)
    assert closed is not None, "it was there a moment ago"
    return bank_line_view(closed)


def _book(work: Work, request: SettleBankLine, line: BankLine, rupiah: int) -> None:
    if line.kind not in (BankLineKind.PAYMENT, BankLineKind.COVER) or line.value_date is None:
        raise _refused("no_money", "the line holds no sum that could be booked", "baris ini tidak memuat uang masuk")
    if line.value_date > today(work):
        raise _refused("future", "the value date is still to come", "tanggal valuta belum tiba")
    if request.loan_id is None:
        raise wrong_field("loan_id", "missing", "no loan is named", "send the loan for which it was paid")
    covers = request.settlement is LineSettlement.COVER
    if covers != (request.payer_loan_id is not None):
        raise wrong_field(
            "payer_loan_id", "cover", "a cover names the payer's loan, a payment does not", "compare it with the paper"
        )
    loan = _paid_out(work, request.loan_id)
    if covers and request.payer_loan_id is not None:
        _require_may_cover(loan, _paid_out(work, request.payer_loan_id))
    owed, _ = store.capital.standing.figures(work, [loan.id], None)[loan.id]
    if rupiah > owed:
        raise _refused("more_than_owed", "more waits than is owed", "sisa melebihi utang", owed=owed)
    assert loan.disbursed_on is not None, "paid out"
    store.capital.entry.add(
        work,
        loan.id,
        CapitalEntryKind.COVERED if covers else CapitalEntryKind.PAID,
        -rupiah,
        line.value_date,
        payer_loan_id=request.payer_loan_id,
        transaction=line.transaction,
        part=1,
        bank_file_id=line.bank_file_id,
        at_row=line.at_row,
    )


def _paid_out(work: Work, loan_id: UUID) -> Loan:
    loan = find.loan(work, loan_id)
    if loan.disbursed_on is None:
        raise _refused("not_disbursed", "the loan was not paid out", "pinjaman ini belum dicairkan")
    return loan


def _require_may_cover(loan: Loan, payer: Loan) -> None:
    if payer.id == loan.id:
        raise _refused("own_loan", "nobody covers their own loan", "anggota tidak menalangi pinjamannya sendiri")
    if payer.group_id != loan.group_id:
        raise _refused("other_group", "the payer is of another group", "pembayar dari kelompok lain")
    if loan.state is LoanState.FROZEN:
        raise _refused("frozen", "a frozen loan is not covered", "pinjaman yang dibekukan tidak ditalangi")


def _refused(why: str, english: str, detail_id: str, **more: Any) -> NotSettleable:
    return NotSettleable(english, detail_id=detail_id, why=why, **more)
