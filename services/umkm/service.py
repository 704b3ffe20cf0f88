"""The umkm service: what it answers and what it listens to."""

from __future__ import annotations

from chassis.service import Service, answers, subscribe
from contracts.umkm import ListPriorityHouseholds

from . import handlers


class Umkm(Service):
    """Support for small enterprises."""

    name = "umkm"

    list_priority_households = answers(ListPriorityHouseholds, handlers.list_priority_households)

    on_waiver_granted = subscribe("education.waiver-granted.v1", handlers.give_priority)
