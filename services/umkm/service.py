"""The umkm service: what it answers and what it listens to."""

from __future__ import annotations

from chassis.service import Service, answers, subscribe
from contracts.umkm import ListOwnerDeaths, ListPriorityHouseholds

from . import handlers


class Umkm(Service):
    """Support for small enterprises."""

    name = "umkm"

    list_priority_households = answers(ListPriorityHouseholds, handlers.list_priority_households)

    list_owner_deaths = answers(ListOwnerDeaths, handlers.list_owner_deaths)

    on_waiver_granted = subscribe("education.waiver-granted.v1", handlers.give_priority)
    on_death_recorded = subscribe("hearse.death-recorded.v1", handlers.mark_death)
    on_death_corrected = subscribe("hearse.death-corrected.v1", handlers.mark_death)
