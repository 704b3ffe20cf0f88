"""How long facilities took to take patients over: learned from the hand-overs of the last weeks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, func, select

from chassis.work import Work
from contracts.ambulance.values import Milestone

from ..domain.hospital import PastHandOvers
from .assignment import assignment
from .milestone import milestone
from .refusal import facility_refusal

LOOK_BACK = timedelta(days=28)


def of_facilities(work: Work) -> dict[str, PastHandOvers]:
    """Past hand-overs by facility. A trip that a facility refused is left out: its waiting was at two places."""
    arrived, taken = milestone.alias("arrived"), milestone.alias("taken")
    refused = select(facility_refusal.c.assignment_id).where(facility_refusal.c.assignment_id == assignment.c.id)
    seconds = func.extract("epoch", taken.c.at - arrived.c.at)
    statement = (
        select(assignment.c.facility_id, func.count().label("past"), func.avg(seconds).label("mean"))
        .join(arrived, and_(arrived.c.assignment_id == assignment.c.id, arrived.c.milestone == Milestone.AT_HOSPITAL))
        .join(taken, and_(taken.c.assignment_id == assignment.c.id, taken.c.milestone == Milestone.HANDED_OVER))
        .where(assignment.c.dispatched_at > work.now - LOOK_BACK, assignment.c.facility_id.is_not(None))
        .where(~refused.exists())
        .group_by(assignment.c.facility_id)
    )
    return {row.facility_id: PastHandOvers(row.past, float(row.mean)) for row in work.read(statement)}
