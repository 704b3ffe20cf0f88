"""Keeping the ledger equal to what is due: whoever changes where a pupil was, or what is covered, calls this."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work

from .. import store
from ..store.ledger import Group


def settle_pupils(work: Work, pupils: Collection[UUID], cause: str) -> int:
    """All months of these pupils; returns by how much the ledger changed, in rupiah."""
    return settle(work, store.ledger.groups_of(work, pupils), cause) if pupils else 0


def take_turns(work: Work, npsns: Collection[str]) -> None:
    """In the order of their numbers: two who want the same schools would else wait for each other for ever. Whoever
    settles more than one takes all of them first."""
    for npsn in sorted(npsns):
        take_turn(work, f"money {npsn}")


def settle(work: Work, groups: Collection[Group], cause: str) -> int:
    """Months of schools, one school at a time: two who settle the same would each add the difference."""
    take_turns(work, {group[0] for group in groups})
    return store.ledger.settle(work, groups, cause)
