"""Batches of payments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...files import Csv
from ...paging import Page
from ..waiver_values import DisbursementState, EvaluationState, LineState, Programme


class AccountView(View):
    """Masked."""

    bank_code: str
    number: str
    holder: str


class BankFile(Csv):
    """For the bank."""


class RecheckView(View):
    """Before money goes out all are looked at once more: how many of the `waivers` of the newest term that is paid
    belong to pupils who are not eligible by what is known now. Nothing ends by itself: a person ends a waiver, or
    pays."""

    evaluation_id: UUID
    state: EvaluationState
    waivers: int
    in_doubt: int


class DisbursementView(View):
    """`without_account` and `unfunded` are of when it was drafted: payees who were left out, and rupiah that the budget
    did not cover. `file_sha256` is of the present export."""

    id: UUID
    programme: Programme
    budget_year: int
    state: DisbursementState
    lines: int
    rupiah: int
    paid: int = Field(description="Rupiah.")
    bounced: int = Field(description="Rupiah.")
    unfunded: int
    without_account: int
    exports: int = Field(description="How often it was exported; earlier ones are void.")
    exported_at: AwareDatetime | None = None
    recheck: RecheckView | None = None
    bank_overdue: bool = Field(default=False, description="Exported a week ago, and not answered for every line.")
    file_sha256: str | None = None
    spp: str | None = None
    spm: str | None = None
    sp2d: str | None = None
    drafted_by: str
    verified_by: str | None = None
    approved_by: str | None = None
    reason: str | None = None
    version: int


class DisbursementPage(Page):
    items: tuple[DisbursementView, ...]


class DisbursementLineView(View):
    """One payment. `owed` is what was owed when it was drafted, `rupiah` what is paid of it."""

    id: UUID
    number: int
    npsn: str | None = None
    pupil_id: UUID | None = None
    account: AccountView
    owed: int
    rupiah: int
    state: LineState
    settled_on: date | None = None
    reason: str | None = None


class DisbursementLinePage(Page):
    items: tuple[DisbursementLineView, ...]


class BankResultsView(View):
    """What a file of the bank changed."""

    paid: int
    bounced: int
    already: int = Field(description="Lines of which the same was known.")
    disbursement: DisbursementView
