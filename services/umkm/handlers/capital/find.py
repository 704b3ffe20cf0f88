"""Loading groups and loans, or refusing: not found, not the caller's, changed meanwhile.

Whoever changes a loan holds, in this order: the turns of its owner and household, the lock of its group, its own.
"""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import NotFound, require_version

from ... import store
from ...domain.capital.group import Group
from ...domain.capital.loan import Loan


def group(work: Work, group_id: UUID, *, seen: int | None = None, anybody: bool = False, lock: bool = True) -> Group:
    """The group, if the caller may see it. Raises NotFound or StaleVersion."""
    found = store.capital.group.get(work, group_id, lock=lock, anybody=anybody)
    if found is None:
        raise NotFound(f"no group {group_id}", detail_id=f"tidak ada kelompok {group_id}")
    require_version(found.version, seen)
    return found


def loan(work: Work, loan_id: UUID) -> Loan:
    """The loan, if the caller may see it. Raises NotFound."""
    found = store.capital.loan.get(work, loan_id)
    if found is None:
        raise NotFound(f"no loan {loan_id}", detail_id=f"tidak ada pinjaman {loan_id}")
    return found


def held(work: Work, loan_id: UUID, seen: int | None = None) -> tuple[Group, list[Loan], Loan]:
    """The loan with its group and all loans of it, the group locked. Raises NotFound or StaleVersion."""
    locked = store.capital.group.get(work, loan(work, loan_id).group_id, lock=True, anybody=True)
    assert locked is not None, "a foreign key holds it"
    loans = store.capital.loan.of_group(work, locked.id)
    found = next(one for one in loans if one.id == loan_id)
    require_version(found.version, seen)
    return locked, loans, found
