"""Incident: a contact that turned out to be one, its place, its triage and its patients.

received    known, no colour yet            dispatching  a unit is sought or on its way
triaged     has a colour                    active       a unit has reached the patient
closed      nothing is left to do

A unit may be sent without waiting for a colour. Invariants: the version rises by one per change; a closed
incident never changes, but for a duplicate that turns out not to be one; a confirmed colour is never replaced by a
provisional one; a patient's outcome is decided once; a death takes two people, and nobody dies by phone: a unit must
have reached the patient, or a facility must speak. What happens to single patients is in patient_steps.py.

Callers hold a lock on the incident while they change it or its assignments, so that `active_assignments` is
true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import IncidentClosed, IncidentOpened, IncidentReopened, IncidentTriaged
from contracts.ambulance.values import IncidentClass, IncidentKind, IncidentState, Outcome, Triage
from contracts.base import Event
from contracts.problems import wrong_field

from .clock import check_pickup
from .hand_over import HandOver, Receipt
from .hand_over_steps import HandOverSteps
from .outcomes import refuse_unfitting
from .patient import Patient
from .patient_steps import STEPS, PatientSteps
from .place import Place
from .refusals import required_text

BEFORE_DISPATCH = (IncidentState.RECEIVED, IncidentState.TRIAGED)


@dataclass(slots=True)
class Incident(PatientSteps, HandOverSteps):
    id: UUID
    incident_class: IncidentClass
    kind: IncidentKind
    opened_at: datetime
    place: Place = field(repr=False)
    patients: list[Patient]
    pickup_at: datetime | None = None
    state: IncidentState = IncidentState.RECEIVED
    triage: Triage | None = None
    triage_provisional: bool = True
    protocol_version: str | None = None
    outcome: Outcome | None = None
    close_reason: str | None = field(default=None, repr=False)
    closed_at: datetime | None = None
    hand_over: HandOver | None = None
    offered: HandOver | None = None
    receipt: Receipt | None = None
    duplicate_of: UUID | None = None
    version: int = 1

    @classmethod
    def open(
        cls,
        id: UUID,
        incident_class: IncidentClass,
        kind: IncidentKind,
        place: Place,
        patient_ids: Sequence[UUID],
        now: datetime,
        pickup_at: datetime | None = None,
    ) -> tuple[Incident, list[Event]]:
        """Open an incident with one patient per id (none: their number is unknown). A pick-up time is a
        regular request's.

        Raises InvalidRequest.
        """
        check_pickup(incident_class, pickup_at, now)
        patients = [Patient(id=patient_id, number=number) for number, patient_id in enumerate(patient_ids, start=1)]
        incident = cls(id, incident_class, kind, now, place, patients, pickup_at)
        return incident, [
            IncidentOpened(
                incident_id=id,
                incident_class=incident_class,
                kind=kind,
                patients=len(patients),
                kelurahan_code=place.kelurahan_code,
                outside_city=place.outside_city,
            )
        ]

    def set_triage(self, colour: Triage, *, provisional: bool, protocol_version: str | None = None) -> list[Event]:
        """Give a colour: provisional by phone, confirmed (`provisional=False`) by a crew that has reached the
        patient.

        Raises WrongState; InvalidRequest when the phone protocol is said to confirm.
        """
        self._refuse_closed("triage")
        if not provisional and protocol_version is not None:
            raise wrong_field(
                "provisional",
                "phone_triage",
                "triage by phone is always provisional",
                "send provisional true",
            )
        if not provisional and self.state is not IncidentState.ACTIVE:
            raise self._wrong_state(
                "triage",
                "only a crew on scene confirms a colour",
                "hanya kru di lokasi yang memastikan triase",
            )
        if (colour, provisional, protocol_version) == (
            self.triage,
            self.triage_provisional,
            self.protocol_version,
        ):
            return []
        if provisional and self.triage is not None and not self.triage_provisional:
            raise self._wrong_state("triage", "the crew has confirmed the colour", "triase sudah dipastikan kru")
        self.triage, self.triage_provisional, self.protocol_version = colour, provisional, protocol_version
        if self.state is IncidentState.RECEIVED:
            self.state = IncidentState.TRIAGED
        self.version += 1
        return [
            IncidentTriaged(
                incident_id=self.id, triage=colour, provisional=provisional, protocol_version=protocol_version
            )
        ]

    def locate(self, place: Place) -> list[Event]:
        """Pin or correct the place (`place.corrected(...)`). Raises WrongState once closed."""
        self._refuse_closed("locate")
        if place != self.place:
            self.place = place
            self.version += 1
        return []

    def unit_dispatched(self) -> list[Event]:
        """A unit is sent; a second one changes nothing. Raises PlaceMissing if there is nowhere to send it,
        WrongState."""
        self._refuse_closed("dispatch_unit")
        self.place.require_known()
        return self._move(IncidentState.DISPATCHING, BEFORE_DISPATCH)

    def require_plannable(self) -> None:
        """Raise InvalidRequest unless it has a pick-up time, PlaceMissing without a place to go to, WrongState once
        closed."""
        self._refuse_closed("plan_unit")
        if self.pickup_at is None:
            raise wrong_field("incident_id", "no_pickup_time", "it has no pick-up time", "dispatch the unit")
        self.place.require_known()

    def unit_on_scene(self) -> list[Event]:
        """A unit has reached the patient (`assignment.reached_scene`). Late history changes a closed incident
        no more."""
        return self._move(IncidentState.ACTIVE, (*BEFORE_DISPATCH, IncidentState.DISPATCHING))

    def unit_lost(self, active_assignments: int) -> list[Event]:
        """A unit was declined, released or diverted and `active_assignments` are left.

        With none left a patient without an outcome needs another unit: back to dispatching.
        """
        waiting = not self.patients or any(patient.outcome is None for patient in self.patients)
        if active_assignments > 0 or not waiting:
            return []
        return self._move(IncidentState.DISPATCHING, (IncidentState.ACTIVE,))

    def patients_wait(self) -> list[Event]:
        """Every unit has left and somebody was not served: another unit is sought."""
        return self._move(IncidentState.DISPATCHING, (IncidentState.ACTIVE,))

    def patients_served(self) -> list[Event]:
        """Nobody waits for a unit any more, and one has been there."""
        return self._move(IncidentState.ACTIVE, (IncidentState.DISPATCHING,))

    def unit_diverted(self, active_assignments: int, earlier_diversions: int) -> list[Event]:
        """A unit is taken for another incident. A call loses its unit at most once: raises WrongState the
        second time."""
        self._refuse_closed("divert")
        if earlier_diversions > 0:
            raise self._wrong_state(
                "divert", "it has lost a unit to another incident before", "unitnya sudah pernah dialihkan"
            )
        return self.unit_lost(active_assignments)

    @property
    def hand_over_due(self) -> bool:
        """True while it is open and lies outside of the city: another jurisdiction's."""
        return self.active and self.place.outside_city

    def close(
        self,
        outcome: Outcome,
        active_assignments: int,
        now: datetime,
        reason: str | None = None,
        hand_over: HandOver | None = None,
        duplicate_of: UUID | None = None,
    ) -> list[Event]:
        """End it with the outcome that fits its patients (outcomes.py); the same again changes nothing.

        Raises WrongState while a unit is assigned, while a patient has no outcome, or for an outcome that
        does not fit; InvalidRequest for a duplicate that is not cancelled, or of itself.
        """
        if self.outcome is outcome and duplicate_of == self.duplicate_of:
            return []
        if duplicate_of == self.id:
            raise wrong_field("duplicate_of", "itself", "an incident is no duplicate of itself", "name the other one")
        if duplicate_of is not None and outcome is not Outcome.CANCELLED:
            raise wrong_field("outcome", "duplicate", "a duplicate is cancelled", "send outcome cancelled")
        self._refuse_closed("close")
        if active_assignments > 0:
            why, why_id = "units are still assigned", "masih ada unit yang bertugas"
            raise self._wrong_state("close", why, why_id, active_assignments=active_assignments)
        refuse_unfitting(outcome, self.patients, self.state, STEPS)
        self.state, self.outcome, self.closed_at = IncidentState.CLOSED, outcome, now
        self.close_reason, self.hand_over = (reason or "").strip() or None, hand_over
        self.duplicate_of = duplicate_of
        self.version += 1
        return [IncidentClosed(incident_id=self.id, outcome=outcome, duplicate_of=duplicate_of)]

    def separate(self, reason: str) -> list[Event]:
        """It was closed as told twice and is one of its own: it waits for a unit again. The reason stands in the place
        of the one for closing it. Raises WrongState for one that is no duplicate, InvalidRequest."""
        if self.duplicate_of is None:
            why, why_id = "it was not closed as a duplicate", "kejadian ini tidak ditutup sebagai duplikat"
            raise self._wrong_state("separate", why, why_id)
        self.close_reason = required_text("reason", reason, "say in a few words why")
        self.duplicate_of = self.outcome = self.closed_at = None
        self.state = IncidentState.RECEIVED if self.triage is None else IncidentState.TRIAGED
        self.version += 1
        return [IncidentReopened(incident_id=self.id)]

    def _move(self, to: IncidentState, from_states: tuple[IncidentState, ...]) -> list[Event]:
        if self.state in from_states:
            self.state = to
            self.version += 1
        return []
