"""Milestones that were reported wrongly."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Request
from ...geography import Point
from ...times import Moment
from ..values import Milestone
from ..views import AssignmentView


class CorrectMilestone(Request, operation="ambulance.correct_milestone", scope="ambulance:trip", reply=AssignmentView):
    """A milestone happened at another time or place than was reported. What was said before stays as history. A crew
    corrects its own, a dispatcher any. The same correction again changes nothing."""

    assignment_id: UUID
    milestone: Milestone
    at: Moment = Field(description="When it really happened.")
    location: Point | None = Field(default=None, description="Where; default: as it was.")
    reason: str = Field(min_length=3, max_length=500)
