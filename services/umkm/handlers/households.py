"""Households get and lose social priority as the education service tells; lists follow at once."""

from __future__ import annotations

from uuid import UUID

from chassis.timers import Timer
from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import WaiverEnded, WaiverGranted
from contracts.umkm import ListPriorityHouseholds, PriorityHouseholdPage, PriorityHouseholdView

from .. import store
from ..domain.household import HouseholdWaiver, PriorityHousehold
from . import giving
from .day import today
from .timer_kinds import WAIVER_ENDS


def give_priority(work: Work, waiver: WaiverGranted) -> None:
    """A household with a means-tested waiver is offered training first."""
    if waiver.household_key is None:
        return
    told = _told(work, waiver.waiver_id, waiver.household_key)
    told.granted = True
    store.household.put_waiver(work, told)
    _follow(work, told.household_key)


def end_priority(work: Work, waiver: WaiverEnded) -> None:
    """After its last day, unless another waiver counts. May come before the grant."""
    if waiver.household_key is None:
        return
    told = _told(work, waiver.waiver_id, waiver.household_key)
    told.ends_on = waiver.ends_on
    store.household.put_waiver(work, told)
    if told.ends_at is not None and told.ends_at > work.now:
        work.remind(WAIVER_ENDS, told.waiver_id, told.ends_at, household_key=told.household_key)
    _follow(work, told.household_key)


def waiver_over(work: Work, timer: Timer) -> None:
    """The last day of a waiver is over."""
    key = timer.payload["household_key"]
    take_turn(work, f"household {key}")
    _follow(work, key)


def list_priority_households(work: Work, query: ListPriorityHouseholds) -> PriorityHouseholdPage:
    """Show households, newest first."""
    rows, cursor = store.household.pages(work, query)
    return PriorityHouseholdPage(
        items=tuple(PriorityHouseholdView.model_validate(dict(row)) for row in rows), next=cursor
    )


def _told(work: Work, waiver_id: UUID, household_key: str) -> HouseholdWaiver:
    take_turn(work, f"household {household_key}")
    return store.household.waiver(work, waiver_id) or HouseholdWaiver(waiver_id, household_key)


def _follow(work: Work, household_key: str) -> None:
    wanted = store.household.has_waiver(work, household_key, today(work))
    known = store.household.find(work, household_key)
    if wanted and known is None:
        known = PriorityHousehold(work.new_id(), household_key, work.now)
        store.household.add(work, known)
    elif not wanted and known is not None:
        store.household.remove(work, known.id)
    else:
        work.audit("household", priority=wanted, changed=False)
        return
    work.audit(known.id, reason="social priority", priority=wanted)
    giving.weigh_again(work, store.owner.of_household(work, household_key))
