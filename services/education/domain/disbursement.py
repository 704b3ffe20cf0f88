"""A batch of payments: draft → verified → approved by another person → exported → reconciled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contracts.education import DisbursementState, LineState, Programme, SamePerson

from .waiver import wrong_state

BANK_TIME = timedelta(days=7)
BEFORE_BANK = (DisbursementState.DRAFT, DisbursementState.VERIFIED, DisbursementState.APPROVED)
OPEN = (*BEFORE_BANK, DisbursementState.EXPORTED)


@dataclass(frozen=True, slots=True)
class Account:
    """Of a school or a pupil."""

    bank_code: str
    number: str
    holder: str


@dataclass(slots=True)
class Line:
    """One payment, to a school (`npsn`) or a pupil. `owed`: what was owed then, `rupiah`: what is paid of it."""

    id: UUID
    disbursement_id: UUID
    number: int
    npsn: str | None
    pupil_id: UUID | None
    account: Account
    owed: int
    rupiah: int
    state: LineState = LineState.WAITING
    settled_on: date | None = None
    reason: str | None = None

    @property
    def payee(self) -> str:
        """As the ledger names them."""
        return self.npsn or str(self.pupil_id)


@dataclass(slots=True)
class Disbursement:
    """`exports` counts the files that were made; only the last one holds."""

    id: UUID
    programme: Programme
    budget_year: int
    lines: int
    rupiah: int
    unfunded: int
    without_account: int
    drafted_at: datetime
    drafted_by: str
    state: DisbursementState = DisbursementState.DRAFT
    verified_by: str | None = None
    approved_by: str | None = None
    exports: int = 0
    exported_at: datetime | None = None
    exported_by: str | None = None
    file_sha256: str | None = None
    spp: str | None = None
    spm: str | None = None
    sp2d: str | None = None
    reason: str | None = None
    paid: int = 0
    bounced: int = 0
    recheck_id: UUID | None = None
    version: int = 1

    def bank_overdue(self, now: datetime) -> bool:
        """Whether the bank has had it for longer than it should."""
        exported = self.state is DisbursementState.EXPORTED and self.exported_at is not None
        return exported and now - (self.exported_at or now) > BANK_TIME

    def remove(self, line: Line) -> None:
        """Take a line out of the draft."""
        self._require("remove_line", DisbursementState.DRAFT)
        self.lines, self.rupiah = self.lines - 1, self.rupiah - line.rupiah
        line.state = LineState.REMOVED
        self.version += 1

    def verify(self, by: str) -> None:
        """Somebody has compared it."""
        self._turn("verify_disbursement", DisbursementState.VERIFIED, DisbursementState.DRAFT)
        self.verified_by = by

    def approve(self, by: str) -> None:
        """Raises SamePerson unless it is another one than those before."""
        self._require("approve_disbursement", DisbursementState.VERIFIED)
        if by in (self.drafted_by, self.verified_by):
            raise SamePerson("approve_disbursement")
        self._turn("approve_disbursement", DisbursementState.APPROVED, DisbursementState.VERIFIED)
        self.approved_by = by

    def export(self, now: datetime, by: str) -> None:
        """It goes to the bank."""
        self._turn("export_disbursement", DisbursementState.EXPORTED, DisbursementState.APPROVED)
        self.exports, self.exported_at, self.exported_by = self.exports + 1, now, by

    def void(self, by: str, reason: str) -> None:
        """The bank did not take the file. Raises SamePerson for whoever exported it."""
        self._require("void_export", DisbursementState.EXPORTED)
        if by == self.exported_by:
            raise SamePerson("void_export")
        if self.paid or self.bounced:
            raise wrong_state("void_export", "answered", [DisbursementState.EXPORTED])
        self._turn("void_export", DisbursementState.APPROVED, DisbursementState.EXPORTED)
        self.exported_at, self.exported_by, self.file_sha256, self.reason = None, None, None, reason

    def cancel(self, reason: str) -> None:
        """It never goes to the bank."""
        self._turn("cancel_disbursement", DisbursementState.CANCELLED, *BEFORE_BANK)
        self.reason = reason

    def answered(self, paid: int, bounced: int, waiting: int) -> None:
        """The bank has told: sums in rupiah, and how many lines it has not told of."""
        self.paid, self.bounced = paid, bounced
        self.state = DisbursementState.EXPORTED if waiting else DisbursementState.RECONCILED
        self.version += 1

    def _require(self, step: str, *allowed: DisbursementState) -> None:
        if self.state not in allowed:
            raise wrong_state(step, self.state, allowed)

    def _turn(self, step: str, state: DisbursementState, *allowed: DisbursementState) -> None:
        self._require(step, *allowed)
        self.state = state
        self.version += 1
