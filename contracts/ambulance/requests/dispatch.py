"""Dispatching: triage, choose, send, divert, close."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field, StrictBool

from ...base import Query, Request
from ...geography import Point
from ...identity import KelurahanCode
from ...paging import PageQuery
from ...times import Moment
from ..ids import FacilityId, UnitId
from ..pickup_values import PickupUnit
from ..values import IncidentState, Outcome, Triage
from ..views import (
    AssignmentView,
    ChoiceView,
    IncidentPage,
    IncidentView,
    PlanView,
    Proposals,
    Recommendation,
    TriageProtocolView,
)
from .patients import HandedOverAt, HandedOverTo


class TriageIncident(Request, operation="ambulance.triage_incident", scope="ambulance:dispatch", reply=IncidentView):
    """Provisional triage by the answers to the question protocol, or a colour chosen by the operator."""

    incident_id: UUID
    answers: dict[str, StrictBool] = Field(
        default_factory=dict, max_length=30, examples=[{"conscious": True, "breathing": True}]
    )
    triage: Triage | None = Field(default=None, description="Overrides what the answers say.")


class GetTriageProtocol(
    Query, operation="ambulance.get_triage_protocol", scope="ambulance:read", reply=TriageProtocolView
):
    """The questions that are asked on the phone now; `ambulance.triage_incident` takes the answers."""


class LocateIncident(Request, operation="ambulance.locate_incident", scope="ambulance:dispatch", reply=IncidentView):
    """Pin or correct the place."""

    incident_id: UUID
    location: Point | None = None
    kelurahan_code: KelurahanCode | None = None
    landmark: str | None = Field(default=None, max_length=300)


class RecommendUnits(Query, operation="ambulance.recommend_units", scope="ambulance:dispatch", reply=Recommendation):
    """Which unit to send, and why not the others."""

    incident_id: UUID
    limit: int = Field(default=10, ge=1, le=100)


class GetChoice(Query, operation="ambulance.get_choice", scope="ambulance:read", reply=ChoiceView):
    """Why this unit was sent: the recommendation as it was built then, positions' ages, times and reasons."""

    assignment_id: UUID


class ListProposals(Query, operation="ambulance.list_proposals", scope="ambulance:dispatch", reply=Proposals):
    """What the method would do now: units for the calls that wait, reassignments, and at most one relocation."""


class DispatchUnit(Request, operation="ambulance.dispatch_unit", scope="ambulance:dispatch", reply=AssignmentView):
    """Send a unit. Of concurrent dispatchers one wins; the others get 409 with the winner and the next best unit.

    For a pick-up that is not near, plan the unit instead: 409 tells when it would be sent.
    """

    incident_id: UUID
    unit_id: UnitId
    facility_id: FacilityId | None = None
    at_once: StrictBool = Field(default=False, description="Send it now, however far away the pick-up is.")


class PlanUnit(Request, operation="ambulance.plan_unit", scope="ambulance:dispatch", reply=PlanView):
    """Reserve a unit for a pick-up: it stays free for emergencies, and is sent by itself shortly before the pick-up.

    If it is busy or off duty then, or an emergency takes it shortly before, another free unit is planned in its place;
    with none an alert tells.
    """

    incident_id: UUID
    unit_id: UnitId
    facility_id: FacilityId | None = None


class CancelPlan(Request, operation="ambulance.cancel_plan", scope="ambulance:dispatch", reply=PlanView):
    """Give up a reservation; the request waits for another unit."""

    plan_id: UUID
    reason: str = Field(min_length=3, max_length=500)


class DivertUnit(Request, operation="ambulance.divert_unit", scope="ambulance:dispatch", reply=AssignmentView):
    """Take a unit off its way and send it to another incident; the first incident waits for another unit."""

    assignment_id: UUID
    incident_id: UUID = Field(description="The incident that it goes to now.")
    reason: str = Field(min_length=3, max_length=500)


class ReleaseUnit(Request, operation="ambulance.release_unit", scope="ambulance:dispatch", reply=AssignmentView):
    """Call a unit back before it has loaded a patient."""

    assignment_id: UUID
    reason: str = Field(min_length=3, max_length=500)


class CloseIncident(Request, operation="ambulance.close_incident", scope="ambulance:dispatch", reply=IncidentView):
    """End an incident that has no active assignment; with `duplicate_of` because it is another one, told twice: both
    are kept and linked."""

    incident_id: UUID
    outcome: Outcome
    duplicate_of: UUID | None = Field(default=None, description="The incident that it is; with outcome `cancelled`.")
    reason: str | None = Field(default=None, max_length=500)
    handed_over_to: str | None = HandedOverTo
    handed_over_at: Moment | None = HandedOverAt


class SeparateIncident(
    Request, operation="ambulance.separate_incident", scope="ambulance:dispatch", reply=IncidentView
):
    """Unlink an incident that was closed as a duplicate and is one of its own: it waits for a unit again."""

    incident_id: UUID
    reason: str = Field(min_length=3, max_length=500)


class GetIncident(Query, operation="ambulance.get_incident", scope="ambulance:read", reply=IncidentView):
    incident_id: UUID


class ListIncidents(PageQuery, operation="ambulance.list_incidents", scope="ambulance:read", reply=IncidentPage):
    """Newest first."""

    state: IncidentState | None = None
    outside_city: bool | None = Field(default=None, description="True: only those to be handed over.")
    open: bool | None = Field(default=None, description="True: those not closed; false: closed ones.")


class ListPickups(PageQuery, operation="ambulance.list_pickups", scope="ambulance:read", reply=IncidentPage):
    """Open regular requests with a pick-up time, the earliest first."""

    before: Moment | None = Field(default=None, description="Only those due before this time.")
    unit: PickupUnit | None = Field(default=None, description="Only those with a unit, or only those without.")
