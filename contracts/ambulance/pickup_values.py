"""The words of regular service: pick-ups, plans, recurring trips."""

from __future__ import annotations

from enum import StrEnum


class PickupUnit(StrEnum):
    """Whether a unit is planned for a regular request, goes to it or has been there."""

    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"


class PlanState(StrEnum):
    """A unit reserved for a pick-up: `sent` when its time came, `ended` when it was cancelled or is not needed."""

    PLANNED = "planned"
    SENT = "sent"
    ENDED = "ended"


class SeriesState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class RideLeg(StrEnum):
    """There: from home to the facility; back: home again."""

    THERE = "there"
    BACK = "back"
