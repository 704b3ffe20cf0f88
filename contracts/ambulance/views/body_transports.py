"""What is shown of bodies for which no hearse is free."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import BodyTransportOutcome, BodyTransportState


class BodyTransportView(View):
    """A task that ends only in one of three ways. `booking_id` is the hearse service's."""

    booking_id: UUID
    state: BodyTransportState
    raised_at: AwareDatetime
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    facility_id: str | None = Field(default=None, description="Where the body is, if at a facility.")
    kelurahan_code: str | None = Field(default=None, description="Where the body is otherwise.")
    earliest_at: AwareDatetime
    outcome: BodyTransportOutcome | None = None
    unit_id: str | None = None
    responsible: str | None = Field(default=None, description="Who answers for it, by name.")
    until: AwareDatetime | None = Field(default=None, description="How long the facility keeps the body.")
    settled_at: AwareDatetime | None = None
    settled_by: str | None = None
    version: int


class BodyTransportPage(Page):
    items: tuple[BodyTransportView, ...]
