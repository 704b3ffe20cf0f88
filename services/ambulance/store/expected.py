"""Patients whom facilities must expect: those on their way there, and those brought since it last counted its beds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from chassis.work import Work
from contracts.ambulance.values import AssignmentState, Milestone

from ..domain.facility import Facility
from .assignment import IS_ACTIVE, assignment
from .facility import facility
from .milestone import milestone

TRIPS_LAST = timedelta(hours=12)
"""No trip that was begun longer ago is still under way."""


def at_facilities(work: Work, facilities: Iterable[Facility], but: UUID | None = None) -> dict[str, int]:
    """How many units bring, or have just brought, a patient to those that told their beds; `but` for one trip."""
    told = [one.id for one in facilities if one.beds_known(work.now)]
    if not told:
        return {}
    under_way = or_(
        assignment.c.state == AssignmentState.PATIENT_LOADED,
        and_(IS_ACTIVE, assignment.c.facility_accepted_at.is_not(None)),
    )
    statement = (
        select(assignment.c.facility_id, func.count().label("patients"))
        .join(facility, facility.c.id == assignment.c.facility_id)
        .outerjoin(
            milestone,
            and_(milestone.c.assignment_id == assignment.c.id, milestone.c.milestone == Milestone.AT_HOSPITAL),
        )
        .where(assignment.c.facility_id.in_(told), assignment.c.dispatched_at > work.now - TRIPS_LAST)
        .where(or_(milestone.c.at > facility.c.beds_told_at, and_(milestone.c.at.is_(None), under_way)))
        .group_by(assignment.c.facility_id)
    )
    if but is not None:
        statement = statement.where(assignment.c.id != but)
    return {row.facility_id: row.patients for row in work.read(statement)}
