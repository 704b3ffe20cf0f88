"""What a caller is told: how far help has come, until it is there; never what became of the patient.

received -> searching -> on_the_way -> arrived, a pick-up is planned in between; ended if it did not come to that.
Searching again is possible: a unit may break down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.ambulance.values import AssignmentState, ContactState, HelpStage, IncidentState, Milestone

from .assignment import DIVERTIBLE, Assignment
from .contact import Contact
from .incident import Incident


@dataclass(frozen=True, slots=True)
class Progress:
    """`since` is when the stage began, as far as we know today; `going` are the units on their way."""

    stage: HelpStage
    since: datetime
    going: tuple[Assignment, ...] = ()


def of_contact(
    contact: Contact, incident: Incident | None, assignments: Sequence[Assignment], *, planned: bool = False
) -> Progress:
    """`incident` is the one that it became, or the one of which that is a duplicate; `planned`: a unit is reserved for
    its pick-up."""
    if incident is None:
        if contact.state is ContactState.DISPOSED:
            return Progress(HelpStage.ENDED, contact.disposed_at or contact.received_at)
        return Progress(HelpStage.RECEIVED, contact.received_at)
    arrived = [at for one in assignments if (at := _arrived_at(one))]
    if arrived:
        return Progress(HelpStage.ARRIVED, min(arrived))
    if incident.state is IncidentState.CLOSED:
        return Progress(HelpStage.ENDED, incident.closed_at or incident.opened_at)
    going = tuple(one for one in assignments if one.active)
    if going:
        return Progress(HelpStage.ON_THE_WAY, min(one.dispatched_at for one in going), going)
    return Progress(HelpStage.PLANNED if planned else HelpStage.SEARCHING, incident.opened_at)


def _arrived_at(assignment: Assignment) -> datetime | None:
    """When the crew reached the scene; of a later milestone alone its time is the best that is known."""
    there = [record.at for record in assignment.history if _is_arrival(record.milestone)]
    return min(there, default=None)


def _is_arrival(milestone: Milestone) -> bool:
    return AssignmentState(milestone) not in DIVERTIBLE
