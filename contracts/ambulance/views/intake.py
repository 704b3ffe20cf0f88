"""What is shown of contacts."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import Channel, ContactState, Disposition


class ContactView(View):
    id: UUID
    channel: Channel
    state: ContactState
    received_at: AwareDatetime
    phone: str | None = Field(default=None, description="E.164; masked in lists.")
    phone_told: str | None = Field(
        default=None, description="As it was told, if it could not be judged or held several numbers; not in lists."
    )
    phone_doubtful: bool = Field(default=False, description="Look at what was told: no number could be judged.")
    complaint: str | None = None
    location: Point | None = None
    kelurahan_code: str | None = None
    landmark: str | None = None
    claimed_by: str | None = None
    claimed_until: AwareDatetime | None = None
    disposition: Disposition | None = None
    incident_id: UUID | None = None
    call_backs_due: int = Field(default=0, description="Call-back tasks raised so far for a cut-off call.")
    version: int


class ContactPage(Page):
    items: tuple[ContactView, ...]
