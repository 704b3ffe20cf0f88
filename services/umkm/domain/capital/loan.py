"""A member's loan: draft → office_check → bank_check → approved → repaying ⇄ arrears → settled.

Aside: refused, left; frozen (the owner has died) and in_recourse (the owner has disappeared).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.problems import wrong_field
from contracts.umkm import LoanState, LoanWrongState, RefusalReason, SameStaff, SizeClass

from ..refusals import wrong_state
from .terms import Terms

BEFORE_PAYOUT = (LoanState.DRAFT, LoanState.OFFICE_CHECK, LoanState.BANK_CHECK, LoanState.APPROVED)
OWING = (LoanState.REPAYING, LoanState.ARREARS, LoanState.IN_RECOURSE, LoanState.FROZEN)
LIVE = (*BEFORE_PAYOUT, *OWING)


@dataclass(slots=True)
class Loan:
    """`household_key`, class and kecamatan are those of the day on which it was asked for."""

    id: UUID
    group_id: UUID
    owner_id: UUID
    business_id: UUID
    household_key: str
    kecamatan_code: str
    size_class: SizeClass
    step: int
    rupiah: int
    use: str = field(repr=False)
    asked_at: datetime
    asked_by: str
    state: LoanState = LoanState.DRAFT
    reasons: tuple[RefusalReason, ...] = ()
    papers_by: str | None = None
    credit_by: str | None = None
    reference: str | None = None
    administration: int = 0
    disbursed_on: date | None = None
    frozen_before: LoanState | None = None
    reopened: bool = False
    settled_on: date | None = None
    timely: bool | None = None
    version: int = 1

    def turn(self, state: LoanState, step: str, *allowed: LoanState) -> None:
        """Raise LoanWrongState unless it may be done now."""
        if allowed and self.state not in allowed:
            raise wrong_state(LoanWrongState, step, self.state, allowed)
        self.state = state
        self.version += 1

    def check_papers(self, passed: bool, reasons: tuple[RefusalReason, ...], by: str) -> None:
        """By the office."""
        if passed == bool(reasons):
            raise wrong_field(
                "reasons", "reasons", "a refusal needs a reason, and nothing else has one", "send reasons or passed"
            )
        self.turn(LoanState.BANK_CHECK if passed else LoanState.REFUSED, "check_papers", LoanState.OFFICE_CHECK)
        self.reasons, self.papers_by = reasons, by

    def check_credit(self, passed: bool, by: str) -> None:
        """By the bank: by somebody else."""
        if self.state is LoanState.BANK_CHECK and by == self.papers_by:
            raise SameStaff
        self.turn(LoanState.APPROVED if passed else LoanState.REFUSED, "check_credit", LoanState.BANK_CHECK)
        self.reasons, self.credit_by = () if passed else (RefusalReason.CREDIT_CHECK,), by

    def leave(self, *, also_frozen: bool = False) -> None:
        """Before it is paid out."""
        if self.frozen_before in BEFORE_PAYOUT and also_frozen:
            self.state, self.frozen_before = self.frozen_before, None
        self.turn(LoanState.LEFT, "leave_group", *BEFORE_PAYOUT)

    def disburse(self, on: date, paid_out: int, reference: str, terms: Terms) -> None:
        """Paid out, exactly as approved. Raises InvalidRequest."""
        if paid_out != terms.payout(self.rupiah):
            raise wrong_field(
                "payouts", "other_sum", "a sum is not exactly that of the approved loan", "compare it with the group"
            )
        self.turn(LoanState.REPAYING, "disburse_group", LoanState.APPROVED)
        self.administration = terms.administration(self.rupiah)
        self.disbursed_on, self.reference = on, reference

    def freeze(self) -> bool:
        """Its owner has died; False if there is nothing to freeze."""
        if self.state not in LIVE or self.state is LoanState.FROZEN:
            return False
        self.frozen_before, self.state = self.state, LoanState.FROZEN
        self.version += 1
        return True

    def thaw(self) -> bool:
        """The death was taken back; False if nothing was frozen by it."""
        if self.frozen_before is None:
            return False
        if self.state is LoanState.FROZEN:
            self.state = self.frozen_before
        self.frozen_before = None
        self.version += 1
        return True

    def disappear(self) -> None:
        """The member can't be found any more."""
        self.turn(LoanState.IN_RECOURSE, "mark_recourse", LoanState.REPAYING, LoanState.ARREARS)

    def come_back(self) -> None:
        """The member is back."""
        self.turn(LoanState.REPAYING, "lift_recourse", LoanState.IN_RECOURSE)

    @property
    def holds_place(self) -> bool:
        """Whether it bars its owner and household from another: at most one does (uq_loan_owner, uq_loan_household)."""
        return self.state in LIVE and not self.reopened
