"""What an incident does with its patients, one at a time: found, triaged, taken by a unit, cared for, dead, alive
after all. Part of `Incident`; its invariants hold here too."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import (
    IncidentReopened,
    IncidentTriaged,
    PatientAdded,
    PatientAssigned,
    PatientDeceasedRetracted,
    PatientTriaged,
)
from contracts.ambulance.ids import MOST_PATIENTS
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import DeathRetractionReason, IncidentState, Outcome, Triage
from contracts.base import Event
from contracts.geography import Point

from .hand_over import HandOver, Receipt
from .outcomes import closing_outcomes
from .patient import DeathReport, NextOfKin, Patient, numbered
from .place import Place
from .refusals import wrong_state

PATIENT_STEPS = (
    "add_patient",
    "confirm_triage",
    "assign_patient",
    "record_patient_outcome",
    "report_death",
    "confirm_death",
)
STEPS = ("triage", "locate", "dispatch_unit", *PATIENT_STEPS, "close")
URGENCY = (Triage.MERAH, Triage.KUNING, Triage.HIJAU, Triage.HITAM)
"""Most urgent first; who is beyond help waits for who is not."""


class PatientSteps:
    """The part of `Incident` that deals with single patients."""

    id: UUID
    state: IncidentState
    triage: Triage | None
    triage_provisional: bool
    protocol_version: str | None
    place: Place
    patients: list[Patient]
    outcome: Outcome | None
    close_reason: str | None
    closed_at: datetime | None
    hand_over: HandOver | None
    receipt: Receipt | None
    version: int

    def patient(self, number: int) -> Patient:
        """Patient 1, 2, 3 …; raises NotFound."""
        return numbered(self.patients, number)

    def add_patient(self, id: UUID) -> tuple[Patient, list[Event]]:
        """The crew found one more patient than was told. Raises WrongState once closed, or beyond 200."""
        self._refuse_closed("add_patient")
        if len(self.patients) >= MOST_PATIENTS:
            raise self._wrong_state("add_patient", f"it has {MOST_PATIENTS}", f"sudah ada {MOST_PATIENTS}")
        patient = Patient(id=id, number=len(self.patients) + 1)
        self.patients.append(patient)
        self.version += 1
        return patient, [PatientAdded(incident_id=self.id, patient_id=id, number=patient.number)]

    def confirm_triage(self, number: int, colour: Triage) -> list[Event]:
        """The colour of one patient as a crew on scene sees it; the incident's follows. Raises NotFound,
        WrongState."""
        patient = self.patient(number)
        self._refuse_closed("confirm_triage")
        if self.state is not IncidentState.ACTIVE:
            why, why_id = "only a crew on scene confirms a colour", "hanya kru di lokasi yang memastikan triase"
            raise self._wrong_state("confirm_triage", why, why_id)
        if patient.triage is colour:
            return []
        patient.triage = colour
        self.version += 1
        told: list[Event] = [PatientTriaged(incident_id=self.id, patient_id=patient.id, triage=colour)]
        return told + self._follow_patients()

    def assign_patient(self, number: int, assignment_id: UUID, unit_id: str) -> list[Event]:
        """This unit takes the patient. Raises NotFound, WrongState."""
        patient = self.patient(number)
        self._refuse_closed("assign_patient")
        if not self._changed(patient.take(assignment_id)):
            return []
        return [
            PatientAssigned(incident_id=self.id, patient_id=patient.id, assignment_id=assignment_id, unit_id=unit_id)
        ]

    def unassign_patients(self, assignment_id: UUID) -> list[Patient]:
        """A unit was lost: those of its patients who wait for care wait for another one. They are returned."""
        left = [one for one in self.patients if one.assignment_id == assignment_id and one.outcome is None]
        for patient in left:
            patient.assignment_id = None
        self._changed(bool(left))
        return left

    def record_outcome(
        self, number: int, outcome: Outcome, facility_id: str | None = None, hand_over: HandOver | None = None
    ) -> list[Event]:
        """How one patient's case ended; a death has its own two steps. Raises NotFound, InvalidRequest,
        WrongState."""
        patient = self.patient(number)
        self._refuse_closed("record_patient_outcome")
        self._changed(patient.record_outcome(outcome, facility_id, hand_over))
        return []

    def report_death(self, number: int, report: DeathReport, now: datetime) -> list[Event]:
        """First step. Publishes nothing. Raises NotFound, InvalidRequest, WrongState."""
        patient = self.patient(number)
        self._refuse_closed("report_death")
        if self.state is not IncidentState.ACTIVE and report.facility_id is None:
            raise self._wrong_state(
                "report_death", "no unit has reached the patient", "belum ada unit yang tiba di pasien"
            )
        self._changed(patient.report_death(report, now))
        return []

    def confirm_death(
        self,
        number: int,
        by: str,
        now: datetime,
        person_key: str | None = None,
        nik: str | None = None,
        next_of_kin: NextOfKin | None = None,
        facility: Point | None = None,
    ) -> list[Event]:
        """Second step, by another person: the patient is deceased. `facility` is the point of the one that has the
        body. Raises NotFound, Forbidden, InvalidRequest, WrongState."""
        patient = self.patient(number)
        if patient.outcome is not Outcome.DECEASED:
            self._refuse_closed("confirm_death")
        report = patient.confirm_death(by, now, nik, next_of_kin)
        if report is None:
            return []
        self.version += 1
        return [patient.deceased(report, self.id, self.place, person_key, facility)]

    def retract_death(
        self,
        number: int,
        reason: DeathRetractionReason,
        by: str,
        now: datetime,
        active_assignments: int,
        outcome: Outcome | None = None,
        facility_id: str | None = None,
    ) -> list[Event]:
        """A confirmed death was a mistake. A closed incident is open again if its outcome does not fit any more; a
        patient without an outcome needs a unit. Raises NotFound, Forbidden, InvalidRequest, WrongState."""
        patient = self.patient(number)
        if not self._changed(patient.retract_death(by, outcome, facility_id)):
            return []
        told: list[Event] = [
            PatientDeceasedRetracted(
                incident_id=self.id,
                patient_id=patient.id,
                retracted_at=now,
                reason=reason,
                confirmation=patient.confirmations,
            )
        ]
        if self.state is IncidentState.CLOSED and self.outcome not in closing_outcomes(self.patients):
            self.state, self.outcome, self.closed_at = IncidentState.ACTIVE, None, None
            self.close_reason = self.hand_over = self.receipt = None
            told.append(IncidentReopened(incident_id=self.id))
        if self.state is IncidentState.ACTIVE and outcome is None and active_assignments == 0:
            self.state = IncidentState.DISPATCHING
        return told

    def _follow_patients(self) -> list[Event]:
        """The incident is as urgent as its most urgent patient: lowered only once every patient was seen, because
        who was not seen may be worse; raised at once."""
        seen = [patient.triage for patient in self.patients if patient.triage is not None]
        worst = min(seen, key=URGENCY.index)
        raised = self.triage is None or URGENCY.index(worst) < URGENCY.index(self.triage)
        if not raised and len(seen) < len(self.patients):
            return []
        if (self.triage, self.triage_provisional) == (worst, False):
            return []
        self.triage, self.triage_provisional, self.protocol_version = worst, False, None
        return [IncidentTriaged(incident_id=self.id, triage=worst, provisional=False)]

    @property
    def active(self) -> bool:
        """True until it is closed."""
        return self.state is not IncidentState.CLOSED

    def _changed(self, changed: bool) -> bool:
        self.version += changed
        return changed

    def _refuse_closed(self, step: str) -> None:
        if self.state is IncidentState.CLOSED:
            raise wrong_state(step, self.state, ())

    def _wrong_state(self, step: str, why: str, why_id: str, **extra: object) -> WrongState:
        return wrong_state(step, self.state, STEPS if self.active else (), why, why_id, **extra)
