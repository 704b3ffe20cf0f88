"""Taking contacts: every call, tap or relay is kept, few become incidents."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field, StrictInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ...geography import Point
from ...identity import KelurahanCode
from ...paging import PageQuery
from ...times import Moment
from ..values import Channel, ContactState, Disposition, IncidentClass, IncidentKind
from ..views import ContactPage, ContactView, IncidentView, ProgressView

PHONE = (
    "As it was told: 0812 3456 7890, 62812..., two numbers. What can be judged is kept as E.164; what can't is kept as"
    " written and flagged, and is never a reason to refuse."
)


class Place(Model):
    """Where. None of it is demanded at intake; a unit needs a point, or a kelurahan with a landmark."""

    location: Point | None = None
    kelurahan_code: KelurahanCode | None = None
    landmark: str | None = Field(default=None, max_length=300, examples=["depan Pasar Anyar"])


class RecordContact(Request, Place, operation="ambulance.record_contact", scope="ambulance:report", reply=ContactView):
    """Save a contact. Demands nothing at all: a silent call is a contact too."""

    channel: Channel = Channel.CALL
    phone: str | None = Field(default=None, description=PHONE)
    complaint: str | None = Field(default=None, max_length=2000)
    received_at: Moment | None = Field(default=None, description="Default: now.")


class ClaimContact(Request, operation="ambulance.claim_contact", scope="ambulance:intake", reply=ContactView):
    """Take an open contact; a claim not followed up within 45 s is free again."""

    contact_id: UUID


class DisposeContact(
    Request, Place, operation="ambulance.dispose_contact", scope="ambulance:intake", reply=ContactView
):
    """Decide what a contact was. `incident` opens one (or joins `incident_id`); `prank` needs a reason."""

    contact_id: UUID
    disposition: Disposition
    reason: str | None = Field(default=None, max_length=500, validate_default=True)
    incident_id: UUID | None = Field(default=None, description="Join this incident instead of opening a new one.")
    incident_class: IncidentClass = IncidentClass.EMERGENCY
    kind: IncidentKind = IncidentKind.MEDICAL
    patients: StrictInt = Field(default=1, ge=0, le=200)
    pickup_at: Moment | None = Field(default=None, description="Regular requests: when the patient is to be fetched.")

    @field_validator("reason")
    @classmethod
    def _prank_needs_reason(cls, reason: str | None, fields: ValidationInfo) -> str | None:
        if fields.data.get("disposition") == Disposition.PRANK and not (reason or "").strip():
            raise PydanticCustomError(
                "reason_missing", "a prank needs a reason", {"fix": "say in `reason` how it showed"}
            )
        return reason


class OpenIncident(Request, Place, operation="ambulance.open_incident", scope="ambulance:report", reply=IncidentView):
    """Save a contact and open its incident in one step: for the super app and for a call that is clear at once."""

    channel: Channel = Channel.CALL
    phone: str | None = Field(default=None, description=PHONE)
    complaint: str | None = Field(default=None, max_length=2000)
    incident_class: IncidentClass = IncidentClass.EMERGENCY
    kind: IncidentKind = IncidentKind.MEDICAL
    patients: StrictInt = Field(default=1, ge=0, le=200)
    pickup_at: Moment | None = Field(default=None, description="Regular requests: when the patient is to be fetched.")


class GetContact(Query, operation="ambulance.get_contact", scope="ambulance:intake", reply=ContactView):
    contact_id: UUID


class GetProgress(Query, operation="ambulance.get_progress", scope="ambulance:report", reply=ProgressView):
    """How far help has come: for the caller, so until it is there and no further. Told twice, it goes with the
    first."""

    contact_id: UUID


class ListContacts(PageQuery, operation="ambulance.list_contacts", scope="ambulance:intake", reply=ContactPage):
    """Newest first."""

    state: ContactState | None = None
    incident_id: UUID | None = Field(
        default=None, description="Only those from which this incident, or a duplicate of it, is known."
    )
