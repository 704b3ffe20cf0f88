"""What crews report from the road. A crew may touch only the assignments of its own unit."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, RootModel
from pydantic_core import PydanticOmit

from ...base import Model, Request
from ...geography import Point
from ...times import Moment
from ..ids import FacilityId, UnitId
from ..values import Milestone
from ..views import AssignmentView, PositionsView


class RecordMilestone(Request, operation="ambulance.record_milestone", scope="ambulance:trip", reply=AssignmentView):
    """A step of the trip. The same milestone twice changes nothing; a skipped one may come later, with its time."""

    assignment_id: UUID
    milestone: Milestone
    at: Moment | None = Field(default=None, description="When it happened; default: now.")
    location: Point | None = None
    facility_id: FacilityId | None = None


class DeclineAssignment(
    Request, operation="ambulance.decline_assignment", scope="ambulance:crew", reply=AssignmentView
):
    """The crew cannot take it; the unit is free for others and the incident waits for another unit."""

    assignment_id: UUID
    reason: str = Field(min_length=3, max_length=500)


class UnitPosition(Model):
    unit_id: UnitId
    location: Point
    at: Moment


class Unreadable(RootModel[Any]):
    """A member of a batch that is no position, as it was sent. It stands in no schema: nobody is to send one."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> Any:
        raise PydanticOmit


class ReportPositions(Request, operation="ambulance.report_positions", scope="ambulance:crew", reply=PositionsView):
    """A batch from a crew's device. Each position is judged by itself: a wrong one is refused by its index and holds up
    no other, so a device may forget the whole batch. One older than the latest is accepted and changes nothing."""

    positions: tuple[Annotated[UnitPosition | Unreadable, Field(union_mode="left_to_right")], ...] = Field(
        min_length=1, max_length=500
    )
