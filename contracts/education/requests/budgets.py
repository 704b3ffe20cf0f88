"""How much may be paid in a budget year, and what was: the ledger."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Query, Request
from ...identity import Npsn
from ...paging import PageQuery
from ...times import Day
from ..views import BudgetList, BudgetView, LedgerEntryView, LedgerPage
from ..waiver_values import BudgetYear, Programme

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
Rupiah = Annotated[StrictInt, Field(ge=0, le=1_000_000_000_000_000)]


class SetBudget(Request, operation="education.set_budget", scope="education:manage", reply=BudgetView):
    """Set, raise or cut what a programme may pay in a budget year. A cut ends no waiver: what does not fit any more
    stays owed, and every payee gets the same share. It can't go below what is paid or on its way to the bank."""

    programme: Programme
    budget_year: BudgetYear
    rupiah: Rupiah
    note: Note = Field(description="The budget document.")
    version: StrictInt | None = Field(default=None, ge=0, description="As seen; another one is refused.")


class ListBudgets(Query, operation="education.list_budgets", scope="education:money", reply=BudgetList):
    """With what is owed, paid, on its way, and not funded."""

    programme: Programme | None = None


class ListLedger(PageQuery, operation="education.list_ledger", scope="education:apply", reply=LedgerPage):
    """Oldest first; a school's operator sees their own. Rows are never changed: a correction is another row."""

    npsn: Npsn | None = None
    programme: Programme | None = None
    budget_year: Annotated[int, Field(ge=2020, le=2099)] | None = None
    pupil_id: UUID | None = None


class RecordRepayment(Request, operation="education.record_repayment", scope="education:pay", reply=LedgerEntryView):
    """A school has paid back to the treasury what was claimed back of a budget year, up to what it owes."""

    npsn: Npsn
    programme: Programme
    budget_year: BudgetYear
    rupiah: StrictInt = Field(ge=1, le=1_000_000_000_000_000)
    receipt_number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
    paid_on: Day


__all__ = ["ListBudgets", "ListLedger", "RecordRepayment", "SetBudget"]
