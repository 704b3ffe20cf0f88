"""An owner has died: their loan is frozen, the group is told, and nobody is asked for the money until a person has
looked. When the death is taken back the loan stands as before, or as the bank's files say by then."""

from __future__ import annotations

from typing import Any

from chassis.work import Work
from contracts.umkm import LoanFrozen, LoanThawed

from ... import store
from ...domain.capital.loan import Loan
from ...domain.owner import Owner
from . import find, moving


def follow_owner(work: Work, owner: Owner) -> None:
    """As the marks of this person say now; called after one has changed."""
    store.capital.entry.take_ledger(work)
    dead = bool(store.owner_death.of_person(work, owner.person_key))
    for known in store.capital.loan.of_owner(work, owner.id):
        _, _, loan = find.held(work, known.id)
        if loan.freeze() if dead else loan.thaw():
            _tell(work, loan, owner, dead)


def _tell(work: Work, loan: Loan, owner: Owner, dead: bool) -> None:
    store.capital.loan.put(work, loan, known=True)
    about: dict[str, Any] = {"loan_id": loan.id, "group_id": loan.group_id, "person_key": owner.person_key}
    if dead:
        keys = moving.person_keys_of(work, [loan.group_id])
        work.emit(loan.id, loan.version, LoanFrozen(**about, others=moving.others(keys, loan)))
    else:
        work.emit(loan.id, loan.version, LoanThawed(**about, state=loan.state))
    work.audit(loan.id, state=loan.state, dead=dead)
    if not dead and loan.disbursed_on is not None:
        moving.follow(work, [loan.id])
