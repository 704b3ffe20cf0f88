"""Alerts, and the latest state of units and facilities."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Event
from ...geography import Point
from ..values import FacilityState, UnitState


class AlertRaised(Event, type="ambulance.alert-raised.v1"):
    """A clock has run out: somebody must look. More kinds may come."""

    alert_id: UUID
    kind: str = Field(description="What is wrong, such as unacknowledged, over_target or call_back_due.")
    contact_id: UUID | None = None
    incident_id: UUID | None = None
    assignment_id: UUID | None = None
    unit_id: str | None = None


class AlertResolved(Event, type="ambulance.alert-resolved.v1"):
    """Nobody has to look any more."""

    alert_id: UUID
    kind: str = Field(description="As it was raised.")
    by_itself: bool = Field(description="True when its cause ended, false when a person settled it.")


class UnitStatusChanged(Event, type="ambulance.unit-status-changed.v1", snapshot=True):
    """The latest state of a unit."""

    unit_id: str
    state: UnitState
    standby: Point | None = Field(default=None, description="Another base at which it is to wait; null: its own.")


class FacilityStatusChanged(Event, type="ambulance.facility-status-changed.v1", snapshot=True):
    """The latest state of a hospital or puskesmas, told also when it is new or described anew."""

    facility_id: str
    state: FacilityState
    name: str | None = Field(default=None, description="Of the institution; no person's.")
    location: Point | None = None
    beds_free: int | None = Field(default=None, description="In the emergency room, as it was told.")
