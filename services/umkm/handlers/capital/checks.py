"""Two agencies check each member: the office the papers, then the bank the credit, each by its own people, in time."""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.umkm import (
    BorrowerView,
    CheckCredit,
    CheckOverdue,
    CheckPapers,
    DiscloseBorrower,
    GroupState,
    GroupView,
    LoanState,
    LoanWrongState,
)

from ... import store
from ...domain.capital.group import Group
from ...domain.capital.loan import Loan
from ...domain.refusals import wrong_state
from .. import find as known
from . import find, groups, views

WAITS = {GroupState.OFFICE_CHECK: LoanState.OFFICE_CHECK, GroupState.BANK_CHECK: LoanState.BANK_CHECK}


def check_papers(work: Work, request: CheckPapers) -> GroupView:
    """By the office."""
    group, loans, loan = find.held(work, request.loan_id, request.version)
    loan.check_papers(request.passed, request.reasons, work.actor.subject)
    return _checked(work, group, loans, loan)


def check_credit(work: Work, request: CheckCredit) -> GroupView:
    """By the bank, which tells the outcome alone."""
    group, loans, loan = find.held(work, request.loan_id, request.version)
    group.require("check_credit", GroupState.BANK_CHECK)
    loan.check_credit(request.passed, work.actor.subject)
    return _checked(work, group, loans, loan)


def disclose_borrower(work: Work, request: DiscloseBorrower) -> BorrowerView:
    """While the bank is to check, and only then."""
    known.require_purpose(work)
    loan = find.loan(work, request.loan_id)
    if loan.state is not LoanState.BANK_CHECK:
        raise wrong_state(LoanWrongState, "disclose_borrower", loan.state, (LoanState.BANK_CHECK,))
    owner, business = known.owner_of(work, loan.owner_id), known.business(work, loan.business_id)
    work.audit(loan.id, disclosed=True)
    return BorrowerView(
        loan_id=loan.id,
        nik=owner.nik,
        name=owner.name,
        phone=owner.phone,
        business_name=business.name,
        rupiah=loan.rupiah,
        months=find.group(work, loan.group_id, lock=False).months,
    )


def check_due(work: Work, timer: Timer) -> None:
    """Nothing is decided by it: it shows in lists and in the alert."""
    group = store.capital.group.get(work, UUID(timer.subject), lock=True, anybody=True)
    if group is None or group.due_at is None or group.due_at > work.now or not group.late():
        return
    store.capital.group.put(work, group, known=True)
    waits = WAITS[group.state]
    waiting = sum(one.state is waits for one in store.capital.loan.of_group(work, group.id))
    work.emit(group.id, group.version, CheckOverdue(group_id=group.id, state=group.state, waiting=waiting))
    work.audit(group.id, overdue=True, waiting=waiting)


def _checked(work: Work, group: Group, loans: list[Loan], loan: Loan) -> GroupView:
    if loan.state is LoanState.REFUSED:
        groups.tell_left(work, loan)
    else:
        store.capital.loan.put(work, loan, known=True)
        work.audit(loan.id, state=loan.state)
    groups.keep(work, group, loans)
    return views.group_view(work, group)
