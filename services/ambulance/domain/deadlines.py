"""When a clock runs out: pure reckoning from what an incident or assignment is, by the configuration.

None means that there is nothing to wait for. A unit counts as moving when it was seen more than the error of a fix
away from where it was: jitter is no movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contracts.ambulance.values import AssignmentState, IncidentClass, IncidentState, Milestone, Triage
from contracts.geography import Point, metres

from .assignment import Assignment
from .configuration import Configuration
from .incident import Incident
from .unit import FIX_ERROR_METRES

AWAITING_ARRIVAL = frozenset({IncidentState.RECEIVED, IncidentState.TRIAGED, IncidentState.DISPATCHING})
ROLLING = frozenset({AssignmentState.ACKNOWLEDGED, AssignmentState.EN_ROUTE})
"""The states in which a unit is expected to be seen moving."""


def arrival_due(incident: Incident, configuration: Configuration) -> datetime | None:
    """When the first unit should be on scene. A request without a pick-up time counts as hijau, one with it has its
    own clock."""
    if incident.state not in AWAITING_ARRIVAL or incident.pickup_at is not None:
        return None
    regular = incident.incident_class is IncidentClass.REGULAR
    target = configuration.target(Triage.HIJAU if regular else incident.triage)
    return None if target is None else incident.opened_at + target


def assignment_due(incident: Incident, configuration: Configuration) -> datetime | None:
    """When a regular request should have its unit."""
    if incident.state not in AWAITING_ARRIVAL or incident.pickup_at is None:
        return None
    return incident.pickup_at - configuration.assign_before_pickup


def reservation_begins(incident: Incident, configuration: Configuration) -> datetime | None:
    """When a unit planned for its pick-up is sent; None for who has no pick-up time."""
    return None if incident.pickup_at is None else incident.pickup_at - configuration.reserve_before_pickup


def status_due(assignment: Assignment, configuration: Configuration) -> datetime | None:
    """When the assignment should have left its state."""
    limit = configuration.status_limit(assignment.state)
    if limit is None or not assignment.active or not assignment.milestones:
        return None
    return assignment.milestones[Milestone(assignment.state)].at + limit


def rolling_since(assignment: Assignment) -> datetime | None:
    """Since when the unit should be moving, or None."""
    if assignment.state not in ROLLING:
        return None
    return min(record.at for record in assignment.history)


def moved(track: Sequence[Point]) -> bool:
    """Whether a unit that was at these points, in this order, has moved."""
    return any(metres(track[0], point) > FIX_ERROR_METRES for point in track[1:])
