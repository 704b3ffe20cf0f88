"""What is shown of the entities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis.privacy import mask_phone
from contracts.ambulance.views import (
    AlertView,
    AssignmentView,
    ContactView,
    FacilityView,
    IncidentView,
    MilestoneView,
    PatientView,
    UnitView,
)

from ..domain.alert import Alert
from ..domain.assignment import Assignment
from ..domain.contact import Contact
from ..domain.facility import Facility
from ..domain.incident import Incident
from ..domain.patient import Patient
from ..domain.unit import Unit


def contact_view(contact: Contact, now: datetime, *, masked: bool = False) -> ContactView:
    """A contact as of now; `masked` hides most of the phone number."""
    return ContactView(
        id=contact.id,
        channel=contact.channel,
        state=contact.state_at(now),
        received_at=contact.received_at,
        phone=mask_phone(contact.phone) if masked and contact.phone else contact.phone,
        complaint=contact.complaint,
        location=contact.place.location,
        kelurahan_code=contact.place.kelurahan_code,
        landmark=contact.place.landmark,
        claimed_by=contact.holder(now),
        claimed_until=contact.claimed_until if contact.holder(now) else None,
        disposition=contact.disposition,
        incident_id=contact.incident_id,
        call_backs_due=contact.call_backs_due,
        version=contact.version,
    )


def incident_view(incident: Incident, assignments: Iterable[Assignment] = ()) -> IncidentView:
    """An incident with its patients and assignments."""
    return IncidentView(
        id=incident.id,
        incident_class=incident.incident_class,
        kind=incident.kind,
        state=incident.state,
        triage=incident.triage,
        triage_provisional=incident.triage_provisional,
        location=incident.place.location,
        kelurahan_code=incident.place.kelurahan_code,
        landmark=incident.place.landmark,
        outside_city=incident.place.outside_city,
        pickup_at=incident.pickup_at,
        outcome=incident.outcome,
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        patients=tuple(_patient_view(patient) for patient in incident.patients),
        assignments=tuple(assignment_view(assignment) for assignment in assignments),
        version=incident.version,
    )


def _patient_view(patient: Patient) -> PatientView:
    return PatientView(
        id=patient.id,
        number=patient.number,
        outcome=patient.outcome,
        facility_id=patient.facility_id,
        death_reported=patient.death is not None,
    )


def assignment_view(assignment: Assignment) -> AssignmentView:
    """An assignment with what was recorded of it."""
    return AssignmentView(
        id=assignment.id,
        incident_id=assignment.incident_id,
        unit_id=assignment.unit_id,
        state=assignment.state,
        dispatched_at=assignment.dispatched_at,
        expected_seconds=assignment.expected_seconds,
        facility_id=assignment.facility_id,
        reason=assignment.reason,
        unacknowledged_at=assignment.unacknowledged_at,
        milestones=tuple(
            MilestoneView(milestone=one.milestone, at=one.at, recorded_at=one.recorded_at, location=one.location)
            for one in assignment.history
        ),
        version=assignment.version,
    )


def unit_view(unit: Unit, assignment_id: UUID | None) -> UnitView:
    """A unit; committed while it has an active assignment."""
    return UnitView(
        id=unit.id,
        type=unit.type,
        base=unit.base,
        state=unit.shown_state(assignment_id is not None),
        reason=unit.reason,
        location=unit.location,
        located_at=unit.located_at,
        assignment_id=assignment_id,
        version=unit.version,
    )


def facility_view(facility: Facility) -> FacilityView:
    """A hospital or puskesmas."""
    return FacilityView(
        id=facility.id,
        name=facility.name,
        type=facility.type,
        location=facility.location,
        emergency_24h=facility.emergency_24h,
        state=facility.state,
        version=facility.version,
    )


def alert_view(alert: Alert) -> AlertView:
    """What somebody must look at."""
    proposal = alert.proposal
    return AlertView(
        id=alert.id,
        kind=alert.kind,
        state=alert.state,
        raised_at=alert.raised_at,
        contact_id=alert.about.contact_id,
        incident_id=alert.about.incident_id,
        assignment_id=alert.about.assignment_id,
        unit_id=alert.about.unit_id,
        proposed_unit_id=proposal.unit_id if proposal else None,
        proposed_seconds=proposal.seconds if proposal else None,
        detail=alert.detail,
        acknowledged_by=alert.acknowledged_by,
        acknowledged_at=alert.acknowledged_at,
        resolved_by=alert.resolved_by,
        resolved_at=alert.resolved_at,
        version=alert.version,
    )
