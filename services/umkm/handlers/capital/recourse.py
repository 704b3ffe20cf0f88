"""Members who disappear, and those who come back. What is owed stays; nobody else's standing changes."""

from __future__ import annotations

from chassis.work import Work
from contracts.umkm import LiftRecourse, LoanInRecourse, LoanView, MarkRecourse, RecourseLifted

from ... import store
from . import find, moving, views


def mark_recourse(work: Work, request: MarkRecourse) -> LoanView:
    """Said by the office, not by a clock."""
    store.capital.entry.take_ledger(work)
    _, _, loan = find.held(work, request.loan_id, request.version)
    loan.disappear()
    store.capital.loan.put(work, loan, known=True)
    store.note.add(work, loan.id, "recourse", request.reason)
    keys = moving.person_keys_of(work, [loan.group_id])
    owed, _ = store.capital.standing.figures(work, [loan.id], None)[loan.id]
    told = LoanInRecourse(
        loan_id=loan.id,
        group_id=loan.group_id,
        person_key=keys[loan.group_id][loan.id],
        rupiah=owed,
        others=moving.others(keys, loan),
    )
    work.emit(loan.id, loan.version, told)
    work.audit(loan.id, state=loan.state)
    return views.loan_view(work, loan)


def lift_recourse(work: Work, request: LiftRecourse) -> LoanView:
    """As it stands by the bank's files."""
    store.capital.entry.take_ledger(work)
    _, _, loan = find.held(work, request.loan_id, request.version)
    loan.come_back()
    store.capital.loan.put(work, loan, known=True)
    store.note.add(work, loan.id, "recourse lifted", request.reason)
    keys = moving.person_keys_of(work, [loan.group_id])
    told = RecourseLifted(
        loan_id=loan.id, group_id=loan.group_id, person_key=keys[loan.group_id][loan.id], state=loan.state
    )
    work.emit(loan.id, loan.version, told)
    work.audit(loan.id, state=loan.state)
    moving.follow(work, [loan.id])
    return views.loan_view(work, find.loan(work, loan.id))
