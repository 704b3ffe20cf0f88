"""Groups that borrow together: formed, joined, checked by office and bank, paid out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, RecordedQuery, Request
from ...times import Day
from ..capital_values import RefusalReason
from ..views import (
    BorrowerView,
    GroupView,
    LoanView,
)
from .businesses import SEEN
from .capital_terms import LoanRupiah, Months
from .owners import Reason

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


__all__ = [
    "CheckCredit",
    "CheckPapers",
    "DisburseGroup",
    "DiscloseBorrower",
    "DissolveGroup",
    "FormGroup",
    "JoinGroup",
    "LeaveGroup",
    "LiftRecourse",
    "MarkRecourse",
    "PayoutGiven",
    "SubmitGroup",
]
