"""What the partner bank sends: files of payments, and lines of them that wait for a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..capital_values import BankFileState, BankLineKind, BankLineProblem, BankLineState, LineSettlement


class BankFileFault(View):
    """Why a file was refused, in both languages; `row` counts from 1, 0: the file as a whole."""

    row: int
    code: str
    problem: str
    fix: str
    problem_id: str
    fix_id: str


class BankFileView(View):
    """`lines` = `booked` + `waiting` + `already`: nothing of a file is ever passed over in silence."""

    id: UUID
    state: BankFileState
    bank_code: str | None = None
    number: str | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    sha256: str
    rows_read: int
    lines: int
    rupiah: int = Field(description="Payments less reversals, as the file's last line says.")
    booked: int
    booked_rupiah: int
    waiting: int
    already: int = Field(description="Lines that were known from another file.")
    fault: BankFileFault | None = None
    received_at: AwareDatetime
    received_by: str
    booked_at: AwareDatetime | None = None
    version: int


class BankFilePage(Page):
    items: tuple[BankFileView, ...]


class BankLineView(View):
    """A line of a file. `waiting_rupiah` of it waits for a person, `problem` says why."""

    bank_file_id: UUID
    row: int
    kind: BankLineKind
    state: BankLineState
    transaction: str | None = None
    reference: str | None = None
    payer_reference: str | None = None
    value_date: date | None = None
    rupiah: int
    booked_rupiah: int
    waiting_rupiah: int
    problem: BankLineProblem | None = None
    mistyped: bool = Field(default=False, description="A digit of the reference must be wrong.")
    as_sent: str | None = Field(default=None, description="Of one that could not be read.")
    loan_id: UUID | None = None
    settlement: LineSettlement | None = None
    note: str | None = None


class BankLinePage(Page):
    items: tuple[BankLineView, ...]
