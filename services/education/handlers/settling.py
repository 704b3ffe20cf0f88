"""Keeping the ledger equal to what is due: whoever changes where a pupil was, or what is covered, calls this."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chassis import turns
from chassis.work import Work

from .. import store
from ..store.ledger import Group


def settle_pupils(work: Work, pupils: Collection[UUID], cause: str) -> int:
    """All months of these pupils; returns by how much the ledger changed, in rupiah."""
    return settle(work, store.ledger.groups_of(work, pupils), cause) if pupils else 0


def take_turns(work: Work, npsns: Collection[str]) -> None:
    """Of several schools: whoever settles more than one takes all of them first."""
    turns.take_turns(work, (f"money {npsn}" for npsn in npsns))


def settle(work: Work, groups: Collection[Group], cause: str) -> int:
    """Months of schools, one school at a time: two who settle the same would each add the difference."""
    take_turns(work, {group[0] for group in groups})
    return store.ledger.settle(work, groups, cause)
