"""Bodies for which no hearse is free: a partner's hearse, a transport unit, or the facility keeps the body."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Request
from ...paging import PageQuery
from ...times import Moment
from ..ids import UnitId
from ..values import BodyTransportState
from ..views import BodyTransportPage, BodyTransportView

Responsible = Field(min_length=3, max_length=150, repr=False, description="Who answers for it, by name.")


class ListBodyTransports(
    PageQuery, operation="ambulance.list_body_transports", scope="ambulance:intake", reply=BodyTransportPage
):
    """Newest first."""

    state: BodyTransportState | None = None


class EngagePartnerHearse(
    Request, operation="ambulance.engage_partner_hearse", scope="ambulance:dispatch", reply=BodyTransportView
):
    """Another organisation's hearse brings the body."""

    booking_id: UUID
    responsible: str = Responsible


class ApproveTransportUnit(
    Request, operation="ambulance.approve_transport_unit", scope="ambulance:supervise", reply=BodyTransportView
):
    """A supervisor lends a transport unit: a unit for patients is no hearse without one."""

    booking_id: UUID
    unit_id: UnitId
    responsible: str = Responsible


class KeepBody(Request, operation="ambulance.keep_body", scope="ambulance:dispatch", reply=BodyTransportView):
    """The facility keeps the body until a hearse is free."""

    booking_id: UUID
    responsible: str = Responsible
    until: Moment = Field(description="How long, as the facility says.")
