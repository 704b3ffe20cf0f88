"""Groups that borrow together: formed, joined, checked by office and bank, paid out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, Query, RecordedQuery, Request
from ...paging import PageQuery
from ...times import Day
from ..capital_values import AdministrationTaken, GroupState, LoanState, RefusalReason
from ..values import SizeClass
from ..views import (
    BorrowerView,
    CapitalEntryPage,
    CapitalTermsView,
    GroupPage,
    GroupView,
    LadderView,
    LoanPage,
    LoanView,
)
from .businesses import SEEN
from .owners import Reason

LoanRupiah = Annotated[StrictInt, Field(ge=1, le=1_000_000_000, description="Whole rupiah.")]
Months = Annotated[StrictInt, Field(ge=1, le=60)]
GroupName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Use = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Invitation = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[0-9A-Za-z]{8}$")]


def _agreed(value: bool) -> bool:
    if not value:
        raise PydanticCustomError(
            "not_agreed", "nobody vouches for others unasked", {"fix": "send true once the member has agreed"}
        )
    return value


Vouching = Annotated[StrictBool, AfterValidator(_agreed)]


class LadderStepGiven(Model):
    """One step of the ladder."""

    least_rupiah: LoanRupiah
    most_rupiah: LoanRupiah
    most_months: Months
    certificates: StrictInt = Field(default=1, ge=0, le=9)


class SetCapitalTerms(Request, operation="umkm.set_capital_terms", scope="umkm:terms", reply=CapitalTermsView):
    """The next version, for groups that are formed from now on."""

    bank_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")] = Field(description="Of the partner bank.")
    steps: tuple[LadderStepGiven, ...] = Field(min_length=1, max_length=9)
    least_members: StrictInt = Field(ge=2, le=50)
    most_members: StrictInt = Field(ge=2, le=50)
    least_age: StrictInt = Field(ge=17, le=100)
    most_age: StrictInt = Field(ge=17, le=100)
    classes: tuple[SizeClass, ...] = Field(min_length=1, max_length=3)
    administration_basis_points: StrictInt = Field(ge=0, le=2_000, description="300 is 3 %.")
    administration_taken: AdministrationTaken
    grace_days: StrictInt = Field(default=0, ge=0, le=30)
    office_hours: StrictInt = Field(ge=1, le=720)
    bank_hours: StrictInt = Field(ge=1, le=720)
    note: Reason


class GetCapitalTerms(Query, operation="umkm.get_capital_terms", scope="umkm:public", reply=CapitalTermsView):
    """The newest, or one of before; for everybody."""

    version: int | None = Field(default=None, ge=1, le=1_000_000)


class GetLadder(Query, operation="umkm.get_ladder", scope="umkm:borrow", reply=LadderView):
    """What the owner of a business could borrow now, and what is missing."""

    business_id: UUID


class FormGroup(Request, operation="umkm.form_group", scope="umkm:borrow", reply=GroupView):
    """A group with its first member. Members tell whom they invite the group's id and invitation."""

    name: GroupName
    months: Months
    business_id: UUID
    rupiah: LoanRupiah
    use: Use
    vouches: Vouching = Field(description="The member vouches for what the others owe, and was told so.")


class JoinGroup(Request, operation="umkm.join_group", scope="umkm:borrow", reply=GroupView):
    """One more member; whoever joins by themselves sends the invitation."""

    group_id: UUID
    business_id: UUID
    rupiah: LoanRupiah
    use: Use
    vouches: Vouching = Field(description="The member vouches for what the others owe, and was told so.")
    invitation: Invitation | None = None


class LeaveGroup(Request, operation="umkm.leave_group", scope="umkm:borrow", reply=GroupView):
    """Before anything was paid out. If too few are left, the group forms again."""

    loan_id: UUID
    version: StrictInt | None = SEEN


class SubmitGroup(Request, operation="umkm.submit_group", scope="umkm:borrow", reply=GroupView):
    """To the office. Those whom the office has checked before are not checked again."""

    group_id: UUID
    version: StrictInt | None = SEEN


class DissolveGroup(Request, operation="umkm.dissolve_group", scope="umkm:lend", reply=GroupView):
    """Before anything was paid out."""

    group_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


def _reasons(reasons: tuple[RefusalReason, ...]) -> tuple[RefusalReason, ...]:
    if len(set(reasons)) < len(reasons):
        raise PydanticCustomError("twice", "a reason stands twice", {"fix": "send each once"})
    return reasons


class CheckPapers(Request, operation="umkm.check_papers", scope="umkm:lend", reply=GroupView):
    """The office has checked a member's papers; a refusal has reasons."""

    loan_id: UUID
    passed: StrictBool
    reasons: Annotated[tuple[RefusalReason, ...], AfterValidator(_reasons)] = Field(default=(), max_length=6)
    version: StrictInt | None = SEEN


class CheckCredit(Request, operation="umkm.check_credit", scope="umkm:credit", reply=GroupView):
    """The outcome of the bank's own check; by somebody else than the office's."""

    loan_id: UUID
    passed: StrictBool
    version: StrictInt | None = SEEN


class DiscloseBorrower(RecordedQuery, operation="umkm.disclose_borrower", scope="umkm:credit", reply=BorrowerView):
    """For the bank's check, while it is to be done. Looking is recorded with its purpose (X-Purpose)."""

    loan_id: UUID


class PayoutGiven(Model):
    """What the bank has paid out to one member."""

    loan_id: UUID
    rupiah: LoanRupiah


def _payouts(payouts: tuple[PayoutGiven, ...]) -> tuple[PayoutGiven, ...]:
    if len({one.loan_id for one in payouts}) < len(payouts):
        raise PydanticCustomError("twice", "a loan stands twice", {"fix": "send each once"})
    return payouts


class DisburseGroup(Request, operation="umkm.disburse_group", scope="umkm:credit", reply=GroupView):
    """The bank has paid all members out. Sums that are not exactly those of the approved loans are refused."""

    group_id: UUID
    disbursed_on: Day
    payouts: Annotated[tuple[PayoutGiven, ...], AfterValidator(_payouts)] = Field(min_length=1, max_length=50)
    version: StrictInt | None = SEEN


class MarkRecourse(Request, operation="umkm.mark_recourse", scope="umkm:lend", reply=LoanView):
    """The member has disappeared. What is owed stays; the others keep their own step of the ladder."""

    loan_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class LiftRecourse(Request, operation="umkm.lift_recourse", scope="umkm:lend", reply=LoanView):
    """The member is back."""

    loan_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class GetGroup(Query, operation="umkm.get_group", scope="umkm:capital", reply=GroupView):
    """One; members see their own group."""

    group_id: UUID


class ListGroups(PageQuery, operation="umkm.list_groups", scope="umkm:capital", reply=GroupPage):
    """Newest first; members see their own. `overdue`: those that office or bank should have checked by now."""

    state: GroupState | None = None
    overdue: bool = False


class GetLoan(Query, operation="umkm.get_loan", scope="umkm:capital", reply=LoanView):
    """One, with schedule and standing; members see their own."""

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


__all__ = [
    "CheckCredit",
    "CheckPapers",
    "DisburseGroup",
    "DiscloseBorrower",
    "DissolveGroup",
    "FormGroup",
    "GetCapitalTerms",
    "GetGroup",
    "GetLadder",
    "GetLoan",
    "JoinGroup",
    "LadderStepGiven",
    "LeaveGroup",
    "LiftRecourse",
    "ListCapitalEntries",
    "ListGroups",
    "ListLoans",
    "MarkRecourse",
    "PayoutGiven",
    "SetCapitalTerms",
    "SubmitGroup",
]
