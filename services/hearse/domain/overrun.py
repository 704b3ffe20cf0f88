"""When a trip will end, by what its crew has reported: the plan, later by as much as it is late now."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.hearse.configuration import Planning
from contracts.hearse.values import TripMilestone

from .trip import ORDER, Trip

LOOK_AGAIN = timedelta(minutes=15)
"""How often a trip that should be over is looked at."""


def planned_at(trip: Trip, milestone: TripMilestone, planning: Planning) -> datetime:
    """When this step was to be made."""
    ends_at = trip.window.ends_at
    assert ends_at is not None, "a trip has an end"
    return {
        TripMilestone.EN_ROUTE: trip.window.begins_at,
        TripMilestone.PICKED_UP: trip.pickup_at + timedelta(minutes=planning.loading_minutes),
        TripMilestone.DELIVERED: trip.arrives_at + timedelta(minutes=planning.unloading_minutes),
        TripMilestone.COMPLETED: ends_at,
    }[milestone]


def free_again(trip: Trip, planning: Planning, now: datetime) -> datetime:
    """When vehicle and officers of a trip that is under way can be counted on: what is left to do after the last
    milestone still takes its time, however late it is."""
    done = -1 if trip.furthest is None else ORDER.index(trip.furthest)
    ends_at, following = trip.window.ends_at, ORDER[min(done + 1, len(ORDER) - 1)]
    assert ends_at is not None, "a trip has an end"
    return max(expected_end(trip, planning, now), now + (ends_at - planned_at(trip, following, planning)))


def expected_end(trip: Trip, planning: Planning, now: datetime) -> datetime:
    """Never before the planned end, and for a trip that is not over never before now."""
    ends_at = trip.window.ends_at
    assert ends_at is not None, "a trip has an end"
    furthest = trip.furthest
    late = timedelta()
    if furthest is not None:
        late = max(late, trip.milestones[furthest].at - planned_at(trip, furthest, planning))
    expected = ends_at + late
    return max(expected, now) if trip.open else expected
