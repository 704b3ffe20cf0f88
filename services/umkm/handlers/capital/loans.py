"""Groups, loans and ledger as they are looked at."""

from __future__ import annotations

from chassis.work import Work
from contracts.umkm import (
    CapitalEntryPage,
    CapitalEntryView,
    GetGroup,
    GetLoan,
    GroupPage,
    GroupView,
    ListCapitalEntries,
    ListGroups,
    ListLoans,
    LoanPage,
    LoanView,
)

from ... import store
from .. import find as known
from . import find, views


def get_group(work: Work, query: GetGroup) -> GroupView:
    """One."""
    return views.group_view(work, find.group(work, query.group_id, lock=False))


def list_groups(work: Work, query: ListGroups) -> GroupPage:
    """Newest first."""
    found, cursor = store.capital.group.pages(work, query)
    return GroupPage(items=views.summaries(work, found), next=cursor)


def get_loan(work: Work, request: GetLoan) -> LoanView:
    """One, with its schedule; looking is recorded."""
    known.require_purpose(work)
    loan = find.loan(work, request.loan_id)
    work.audit(loan.id, looked=True)
    return views.loan_view(work, loan)


def list_loans(work: Work, query: ListLoans) -> LoanPage:
    """Newest first."""
    found, cursor = store.capital.loan.pages(work, query)
    return LoanPage(items=views.loan_views(work, found), next=cursor)


def list_capital_entries(work: Work, query: ListCapitalEntries) -> CapitalEntryPage:
    """Oldest first."""
    find.loan(work, query.loan_id)
    rows, cursor = store.capital.entry.pages(work, query)
    return CapitalEntryPage(items=tuple(CapitalEntryView.model_validate(dict(row)) for row in rows), next=cursor)
