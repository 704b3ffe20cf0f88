"""Files of the partner bank, and lines of them that wait for a person."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Query, Request
from ...files import StoredFile
from ...paging import PageQuery
from ..capital_values import BankFileState, BankLineProblem, LineSettlement
from ..views import BankFilePage, BankFileView, BankLinePage, BankLineView
from .owners import Reason


class SendBankFile(Request, operation="umkm.send_bank_file", scope="umkm:credit", reply=BankFileView):
    """A file of payments as CSV in UTF-8, separated by `;`, booked in the background; look at it for the outcome.

        H;<bank code>;<file number>;<first day>;<last day>     the days whose payments it tells completely
        P;<transaction>;<loan reference>;<value date>;<rupiah>      a payment
        C;<transaction>;<loan reference>;<value date>;<rupiah>;<payer's loan reference>     one member pays for another
        R;<transaction>;<transaction that came back>;<value date>;<rupiah>      a reversal
        T;<lines>;<rupiah, payments less reversals>;<SHA-256 of all bytes before this line, hexadecimal>

    The same file again changes nothing. A line that can't be booked waits for a person; the others are booked."""

    file: StoredFile


class GetBankFile(Query, operation="umkm.get_bank_file", scope="umkm:bankfiles", reply=BankFileView):
    """State and outcome."""

    bank_file_id: UUID


class ListBankFiles(PageQuery, operation="umkm.list_bank_files", scope="umkm:bankfiles", reply=BankFilePage):
    """Newest first."""

    state: BankFileState | None = None


class ListWaitingLines(PageQuery, operation="umkm.list_waiting_lines", scope="umkm:bankfiles", reply=BankLinePage):
    """Lines that wait for a person, oldest first; of one file, or of all."""

    bank_file_id: UUID | None = None
    problem: BankLineProblem | None = None


class SettleBankLine(Request, operation="umkm.settle_bank_line", scope="umkm:lend", reply=BankLineView):
    """What becomes of what waits of a line: `book` and `cover` name the loan, `cover` the payer's, too."""

    bank_file_id: UUID
    row: int = Field(ge=1, le=10_000_000)
    settlement: LineSettlement
    loan_id: UUID | None = None
    payer_loan_id: UUID | None = None
    note: Reason


__all__ = ["GetBankFile", "ListBankFiles", "ListWaitingLines", "SendBankFile", "SettleBankLine"]
