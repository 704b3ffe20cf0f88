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
    CorrectionView,
    FacilityView,
    IncidentView,
    MilestoneView,
    PatientView,
    PlanView,
    ReceiptView,
    StandingView,
    UnitView,
)

from ..domain.alert import Alert
from ..domain.assignment import Assignment
from ..domain.caller import Standing
from ..domain.contact import Contact
from ..domain.facility import Facility
from ..domain.hand_over import Receipt
from ..domain.incident import Incident
from ..domain.milestone import Correction, MilestoneRecord
from ..domain.patient import Patient
from ..domain.plan import Plan
from ..domain.unit import Unit


def contact_view(contact: Contact, now: datetime, *, masked: bool = False) -> ContactView:
    """A contact as of now; `masked` hides most of the phone number."""
    return ContactView(
        id=contact.id,
        channel=contact.channel,
        state=contact.state_at(now),
        received_at=contact.received_at,
        phone=mask_phone(contact.phone) if masked and contact.phone else contact.phone,
        phone_told=None if masked else contact.phone_told,
        phone_doubtful=contact.phone_doubtful,
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


def standing_view(standing: Standing) -> StandingView:
    """How the calls from one number turned out."""
    return StandingView(
        score=standing.score, pranks=standing.pranks, real=standing.real, call_back_asked=standing.call_back_asked
    )


def incident_view(
    incident: Incident, assignments: Iterable[Assignment] = (), plans: Iterable[Plan] = ()
) -> IncidentView:
    """An incident with its patients, assignments and plans."""
    given = incident.hand_over
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
        hand_over_due=incident.hand_over_due,
        outcome=incident.outcome,
        handed_over_to=given.to if given else None,
        handed_over_at=given.at if given else None,
        offered_to=incident.offered.to if incident.offered else None,
        offered_at=incident.offered.at if incident.offered else None,
        receipt=_receipt_view(incident.receipt) if incident.receipt else None,
        receipt_due=incident.receipt_due,
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        patients=tuple(_patient_view(patient) for patient in incident.patients),
        assignments=tuple(assignment_view(assignment) for assignment in assignments),
        plans=tuple(plan_view(plan) for plan in plans),
        duplicate_of=incident.duplicate_of,
        version=incident.version,
    )


def _receipt_view(receipt: Receipt) -> ReceiptView:
    return ReceiptView(received_by=receipt.by, received_at=receipt.at, reference=receipt.reference)


def _patient_view(patient: Patient) -> PatientView:
    death, given = patient.death, patient.hand_over
    return PatientView(
        id=patient.id,
        number=patient.number,
        triage=patient.triage,
        assignment_id=patient.assignment_id,
        outcome=patient.outcome,
        facility_id=patient.facility_id,
        handed_over_to=given.to if given else None,
        handed_over_at=given.at if given else None,
        death_reported=death is not None,
        identified=death is not None and death.nik is not None,
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
        facility_answer=assignment.destination.answer,
        facility_asked_at=assignment.destination.asked_at,
        facility_accepted_at=assignment.destination.accepted_at,
        reason=assignment.reason,
        unacknowledged_at=assignment.unacknowledged_at,
        milestones=tuple(_milestone_view(one) for one in assignment.history),
        version=assignment.version,
    )


def plan_view(plan: Plan) -> PlanView:
    """A unit reserved for a pick-up."""
    return PlanView(
        id=plan.id,
        incident_id=plan.incident_id,
        unit_id=plan.unit_id,
        state=plan.state,
        begins_at=plan.begins_at,
        ends_at=plan.ends_at,
        facility_id=plan.facility_id,
        reason=plan.reason,
        version=plan.version,
    )


def _milestone_view(record: MilestoneRecord) -> MilestoneView:
    return MilestoneView(
        milestone=record.milestone,
        at=record.at,
        recorded_at=record.recorded_at,
        location=record.location,
        corrections=tuple(_correction_view(one) for one in record.corrections),
    )


def _correction_view(correction: Correction) -> CorrectionView:
    return CorrectionView(
        at=correction.at,
        location=correction.location,
        previous_at=correction.previous_at,
        previous_location=correction.previous_location,
        reason=correction.reason,
        corrected_by=correction.corrected_by,
        corrected_at=correction.corrected_at,
    )


def unit_view(unit: Unit, assignment_id: UUID | None) -> UnitView:
    """A unit; committed while it has an active assignment."""
    return UnitView(
        id=unit.id,
        type=unit.type,
        base=unit.base,
        standby=unit.standby.base if unit.standby else None,
        standby_since=unit.standby.since if unit.standby else None,
        state=unit.shown_state(assignment_id is not None),
        reason=unit.reason,
        location=unit.location,
        located_at=unit.located_at,
        assignment_id=assignment_id,
        version=unit.version,
    )


def facility_view(facility: Facility, refusals: int) -> FacilityView:
    """A hospital or puskesmas, with how many patients it did not take lately."""
    return FacilityView(
        id=facility.id,
        name=facility.name,
        type=facility.type,
        location=facility.location,
        emergency_24h=facility.emergency_24h,
        capabilities=tuple(sorted(facility.capabilities)),
        state=facility.state,
        beds_free=facility.beds_free,
        beds_told_at=facility.beds_told_at,
        refusals=refusals,
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
