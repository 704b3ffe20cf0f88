"""Incidents of another jurisdiction: offered to it, and confirmed or refused by it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Request
from ...times import Moment
from ..values import HandOverRefusal
from ..views import IncidentView


class OfferHandOver(Request, operation="ambulance.offer_hand_over", scope="ambulance:dispatch", reply=IncidentView):
    """Another jurisdiction was asked to take the incident. It stays ours, and open, until they confirm; if they do not
    within a few minutes an alert is raised."""

    incident_id: UUID
    to: str = Field(min_length=2, max_length=100, examples=["PSC 119 Kabupaten Tangerang"])


class ConfirmHandOver(Request, operation="ambulance.confirm_hand_over", scope="ambulance:dispatch", reply=IncidentView):
    """They have it: the receipt. An incident that is open is closed by it as `handed_over`."""

    incident_id: UUID
    received_by: str = Field(min_length=2, max_length=100, examples=["operator 4"], description="Who took it there.")
    reference: str | None = Field(default=None, min_length=1, max_length=60, description="Their number of the case.")
    received_at: Moment | None = Field(default=None, description="Default: now.")


class RefuseHandOver(Request, operation="ambulance.refuse_hand_over", scope="ambulance:dispatch", reply=IncidentView):
    """They do not take it: it is ours, and nobody waits for them any more."""

    incident_id: UUID
    reason: HandOverRefusal
