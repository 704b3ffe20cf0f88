"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import WaiverGranted
from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.umkm import (
    ListOwnerDeaths,
    ListPriorityHouseholds,
    OwnerDeathPage,
    OwnerDeathView,
    PriorityHouseholdPage,
    PriorityHouseholdView,
)

from . import store
from .domain import OwnerDeath, PriorityHousehold, household_of


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


def mark_death(work: Work, told: DeathRecorded | DeathCorrected) -> None:
    """One mark for each recorded death; a correction may come before the death itself."""
    take_turn(work, f"death {told.booking_id}")
    known = store.get_death(work, told.booking_id)
    mark = known or OwnerDeath(work.new_id(), told.booking_id, told.person_key, told.day, work.now)
    if mark.hear(told):
        store.put_death(work, mark)
        work.audit(mark.id, booking_id=str(told.booking_id), holds=mark.holds, revision=mark.revision)


def list_owner_deaths(work: Work, query: ListOwnerDeaths) -> OwnerDeathPage:
    """Show marks, newest first."""
    rows, next_cursor = store.death_pages(work, query)
    return OwnerDeathPage(items=tuple(OwnerDeathView.model_validate(dict(row)) for row in rows), next=next_cursor)
