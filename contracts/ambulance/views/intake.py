"""What is shown of contacts."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...geography import Point
from ...paging import Page
from ..values import Channel, ContactState, Disposition


class StandingView(View):
    """How the calls from one number turned out. It never refuses help."""

    score: float = Field(description="Pranks with a reason; each counts 1 when it is judged, half after 90 days.")
    pranks: int = Field(description="All that are on record.")
    real: int = Field(description="Contacts that became an incident.")
    call_back_asked: bool = Field(description="The score is 1.5 or more: ring back, while the unit rolls.")


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
    standing: StandingView | None = Field(
        default=None, description="Of its number, while it may have to be called; not in lists."
    )
    may_be_same: tuple[UUID, ...] = Field(
        default=(),
        description="Open emergencies within 250 m and 15 minutes: it may be about one of them; not in lists.",
    )
    version: int


class ProgressView(View):
    """How far help has come, until it is there; never what became of the patient."""

    contact_id: UUID
    stage: str = Field(
        description=(
            "A HelpStage: received, searching, planned, on_the_way, arrived, ended; show one that you don't"
            " know as it is."
        )
    )
    since: AwareDatetime = Field(description="When this stage began.")
    units: int = Field(default=0, description="Units on their way.")
    expected_at: AwareDatetime | None = Field(
        default=None,
        description="When the first of them will be there; of a planned pick-up: when the patient is to be fetched.",
    )


class ContactPage(Page):
    items: tuple[ContactView, ...]
