"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import WaiverGranted
from contracts.umkm import ListPriorityHouseholds, PriorityHouseholdPage, PriorityHouseholdView

from . import store
from .domain import PriorityHousehold, household_of


def give_priority(work: Work, waiver: WaiverGranted) -> None:
    """A household with a means-tested waiver is offered the next training batch first."""
    household_key = household_of(waiver)
    if household_key is None or store.is_known(work, household_key):
        return
    household = PriorityHousehold(work.new_id(), household_key, work.now)
    store.add(work, household)
    work.audit(household.id, reason="social priority")


def list_priority_households(work: Work, query: ListPriorityHouseholds) -> PriorityHouseholdPage:
    """Show households, newest first."""
    rows, next_cursor = store.pages(work, query)
    items = tuple(PriorityHouseholdView.model_validate(dict(row)) for row in rows)
    return PriorityHouseholdPage(items=items, next=next_cursor)
