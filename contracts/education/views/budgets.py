"""Budgets and the ledger."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..waiver_values import LedgerKind, Programme


class BudgetView(View):
    """In rupiah. `owed` = what is due and not paid, of those to whom something is owed; of it `on_its_way` is in
    batches; `unfunded` is what the rest of the budget does not cover."""

    programme: Programme
    budget_year: int
    rupiah: int
    paid: int
    owed: int
    on_its_way: int
    unfunded: int
    receivable: int = Field(description="Owed back by those who were paid too much.")
    version: int


class BudgetList(View):
    items: tuple[BudgetView, ...]


class LedgerEntryView(View):
    """`rupiah` has a sign: what is due adds, what was paid takes away."""

    number: int
    programme: Programme
    npsn: str
    pupil_id: UUID | None = None
    month: date | None = None
    budget_year: int
    kind: LedgerKind
    rupiah: int
    cause: str
    claim_id: UUID | None = None
    line_id: UUID | None = None
    at: AwareDatetime


class LedgerPage(Page):
    items: tuple[LedgerEntryView, ...]
