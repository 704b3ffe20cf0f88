"""Groups, loans and their ledger, as they are looked at."""

from __future__ import annotations

from uuid import UUID

from ...base import Query, RecordedQuery
from ...paging import PageQuery
from ..capital_values import GroupState, LoanState
from ..views import CapitalEntryPage, GroupPage, GroupView, LoanPage, LoanView


class GetGroup(Query, operation="umkm.get_group", scope="umkm:capital", reply=GroupView):
    """One; members see their own group."""

    group_id: UUID


class ListGroups(PageQuery, operation="umkm.list_groups", scope="umkm:capital", reply=GroupPage):
    """Newest first; members see their own. `overdue`: those that office or bank should have checked by now."""

    state: GroupState | None = None
    overdue: bool = False


class GetLoan(RecordedQuery, operation="umkm.get_loan", scope="umkm:loans", reply=LoanView):
    """One, with schedule and standing. Looking is recorded; who does not owe it says why (X-Purpose)."""

    loan_id: UUID


class ListLoans(PageQuery, operation="umkm.list_loans", scope="umkm:capital", reply=LoanPage):
    """Newest first; members see their own."""

    state: LoanState | None = None
    group_id: UUID | None = None
    business_id: UUID | None = None


class ListCapitalEntries(
    PageQuery, operation="umkm.list_capital_entries", scope="umkm:capital", reply=CapitalEntryPage
):
    """The ledger of a loan, oldest first."""

    loan_id: UUID


__all__ = ["GetGroup", "GetLoan", "ListCapitalEntries", "ListGroups", "ListLoans"]
