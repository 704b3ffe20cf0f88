"""Loans that stand otherwise by a booking, a new day of coverage, or a person's word: stored, and told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.base import Event
from contracts.umkm import ArrearsCleared, ArrearsRaised, LoanFrozen, LoanReopened, LoanSettled, LoanState

from ... import store
from ...domain.capital.loan import OWING, Loan
from ...domain.capital.standing import standing
from ...store.capital.standing import Moved

AT_ONCE = 200


def follow(work: Work, loan_ids: Collection[UUID]) -> None:
    """After something was booked for these loans. The turn of the ledger is taken."""
    until = store.capital.bank_file.covered_until(work)
    apply(work, store.capital.standing.moved(work, loan_ids, until))


def apply(work: Work, moved: Sequence[Moved]) -> None:
    """Give each its new state; groups follow."""
    for at in range(0, len(moved), AT_ONCE):
        chunk = {one.loan_id: one for one in moved[at : at + AT_ONCE]}
        groups = {one.id: one for one in store.capital.group.some(work, {one.group_id for one in chunk.values()})}
        loans = store.capital.loan.some(work, chunk)
        keys = person_keys_of(work, groups)
        settled = [one for one in loans if chunk[one.id].state is LoanState.SETTLED]
        known = {one.id: (one.state, one.settled_on, one.timely) for one in loans}
        _settle(work, settled)
        for loan in loans:
            if known[loan.id] != (chunk[loan.id].state, loan.settled_on, loan.timely):
                _tell(work, loan, chunk[loan.id], keys)
        for group_id, states in store.capital.loan.states_of_groups(work, groups).items():
            group = groups[group_id]
            if group.settle(states):
                store.capital.group.put(work, group, known=True)
                work.audit(group.id, state=group.state)


def person_keys_of(work: Work, group_ids: Collection[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Keys of the members who were paid out, by group and loan."""
    return store.capital.loan.keys_of_groups(work, group_ids)


def others(keys: dict[UUID, dict[UUID, str]], loan: Loan) -> tuple[str, ...]:
    """Keys of the members who are to be told of somebody else's loan."""
    return tuple(key for id, key in sorted(keys.get(loan.group_id, {}).items()) if id != loan.id)


def _settle(work: Work, loans: Sequence[Loan]) -> None:
    ids = [one.id for one in loans]
    schedules, payments = store.capital.entry.schedules(work, ids), store.capital.entry.payments(work, ids)
    grace = store.capital.group.grace_days(work, {one.group_id for one in loans})
    for loan in loans:
        figures = standing(schedules[loan.id], payments[loan.id], None, grace[loan.group_id])
        loan.settled_on, loan.timely = figures.last_paid_on, figures.timely


def _tell(work: Work, loan: Loan, moved: Moved, keys: dict[UUID, dict[UUID, str]]) -> None:
    before = loan.state
    reopened = before is LoanState.SETTLED and moved.owed > 0
    if reopened:
        loan.reopened, loan.settled_on, loan.timely = True, None, None
    loan.state = moved.state
    loan.version += 1
    frozen = reopened and bool(store.owner_death.of_person(work, keys[loan.group_id][loan.id])) and loan.freeze()
    store.capital.loan.put(work, loan, known=True)
    about: dict[str, Any] = {"loan_id": loan.id, "group_id": loan.group_id, "person_key": keys[loan.group_id][loan.id]}
    told: list[Event] = []
    if reopened:
        told.append(LoanReopened(**about, state=loan.state, rupiah=moved.owed))
    if frozen:  # its owner has died since it was settled
        told.append(LoanFrozen(**about, others=others(keys, loan)))
    elif loan.state is LoanState.SETTLED:
        assert loan.settled_on is not None, "just settled"
        told.append(LoanSettled(**about, step=loan.step, timely=bool(loan.timely), settled_on=loan.settled_on))
    elif loan.state is LoanState.ARREARS:
        until = store.capital.bank_file.covered_until(work)
        assert until is not None, "arrears come of a file"
        told.append(ArrearsRaised(**about, rupiah=moved.arrears, until=until, others=others(keys, loan)))
    elif before is LoanState.ARREARS and loan.state in OWING:
        told.append(ArrearsCleared(**about))
    work.emit(loan.id, loan.version, *told)
    work.audit(loan.id, state=loan.state, before=before, owed=moved.owed, arrears=moved.arrears)
