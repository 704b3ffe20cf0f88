"""Contacts, incidents and their patients, hand-overs to other jurisdictions."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event
from ..values import Channel, Disposition, HandOverRefusal, IncidentClass, IncidentKind, Outcome, Triage


class ContactRecorded(Event, type="ambulance.contact-recorded.v1"):
    """Somebody called, tapped or was passed on. Most contacts never become an incident."""

    contact_id: UUID
    channel: Channel
    received_at: AwareDatetime


class ContactDisposed(Event, type="ambulance.contact-disposed.v1"):
    """An operator decided what the contact was."""

    contact_id: UUID
    disposition: Disposition
    incident_id: UUID | None = None


class IncidentOpened(Event, type="ambulance.incident-opened.v1"):
    """A contact turned out to be an incident. Taken in one step, the contact has no events of its own."""

    incident_id: UUID
    contact_id: UUID | None = Field(default=None, description="Set when contact and incident were taken in one step.")
    incident_class: IncidentClass
    kind: IncidentKind
    patients: int
    kelurahan_code: str | None = Field(default=None, description="Kemendagri code of the place, if known.")
    outside_city: bool = False


class IncidentTriaged(Event, type="ambulance.incident-triaged.v1"):
    """A provisional colour by phone, or the crew's confirmed one."""

    incident_id: UUID
    triage: Triage
    provisional: bool
    protocol_version: str | None = None


class PatientAdded(Event, type="ambulance.patient-added.v1"):
    """A crew found one more patient than was told."""

    incident_id: UUID
    patient_id: UUID
    number: int


class PatientTriaged(Event, type="ambulance.patient-triaged.v1"):
    """A crew confirmed the colour of one patient on scene."""

    incident_id: UUID
    patient_id: UUID
    triage: Triage


class PatientAssigned(Event, type="ambulance.patient-assigned.v1"):
    """A unit takes this patient."""

    incident_id: UUID
    patient_id: UUID
    assignment_id: UUID
    unit_id: str


class IncidentClosed(Event, type="ambulance.incident-closed.v1"):
    """Nothing is left to do."""

    incident_id: UUID
    outcome: Outcome
    duplicate_of: UUID | None = Field(default=None, description="The incident that it is, told twice.")


class IncidentReopened(Event, type="ambulance.incident-reopened.v1"):
    """The outcome with which it was closed does not hold any more."""

    incident_id: UUID


class HandOverOffered(Event, type="ambulance.hand-over-offered.v1"):
    """Another jurisdiction was asked to take an incident; it is ours until they confirm."""

    incident_id: UUID


class HandOverRefused(Event, type="ambulance.hand-over-refused.v1"):
    """They do not take it."""

    incident_id: UUID
    reason: HandOverRefusal


class HandOverConfirmed(Event, type="ambulance.hand-over-confirmed.v1"):
    """They have it."""

    incident_id: UUID
    received_at: AwareDatetime
