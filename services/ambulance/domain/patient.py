"""Patient of an incident: an outcome, and for a death two steps by two people (the rule behind the hearse
draft)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import PatientDeceased
from contracts.ambulance.sealed import DeathDetails
from contracts.ambulance.values import Outcome, Triage
from contracts.geography import Point
from contracts.problems import Forbidden, NotFound, wrong_field

from .hand_over import HandOver
from .place import Place
from .refusals import wrong_state

PRONOUNCERS = ("doctor", "nurse", "midwife")
AT_FACILITY = frozenset({Outcome.TRANSPORTED, Outcome.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class NextOfKin:
    """Who speaks for the deceased. `citizen` is their opaque id, if they asked through the super app."""

    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    citizen: str | None = None


@dataclass(frozen=True, slots=True)
class DeathReport:
    """First step. `reported_by` is the acting person's opaque id, `pronounced_by` a role. The NIK, if it is known,
    stays out of the repr."""

    reported_by: str
    died_at: datetime
    pronounced_by: str
    facility_id: str | None = None
    next_of_kin_known: bool = False
    police_hold: bool = False
    nik: str | None = field(default=None, repr=False)
    next_of_kin: NextOfKin | None = None


@dataclass(slots=True)
class Patient:
    """`number` is 1, 2, 3 … within the incident; the person may stay unknown. `triage` is the crew's colour,
    `assignment_id` the unit that takes the patient, `confirmations` how often a death was confirmed (more than once
    only after one was taken back). Each method tells whether it changed; `confirm_death` hands over the report that
    it confirmed."""

    id: UUID
    number: int
    outcome: Outcome | None = None
    facility_id: str | None = None
    death: DeathReport | None = None
    death_confirmed_by: str | None = None
    death_confirmed_at: datetime | None = None
    confirmations: int = 0
    triage: Triage | None = None
    assignment_id: UUID | None = None
    hand_over: HandOver | None = None

    def take(self, assignment_id: UUID) -> bool:
        """A unit takes the patient, perhaps instead of another one. Raises WrongState with an outcome."""
        if assignment_id == self.assignment_id:
            return False
        self._refuse_decided("assign_patient")
        self.assignment_id = assignment_id
        return True

    def record_outcome(self, outcome: Outcome, facility_id: str | None, hand_over: HandOver | None = None) -> bool:
        """How the case ended. It withdraws a death report that nobody confirmed: that is the way back from a
        mistake.

        Raises InvalidRequest for `deceased`, WrongState if another outcome stands.
        """
        if outcome is Outcome.DECEASED and self.outcome is not Outcome.DECEASED:
            raise wrong_field(
                "outcome",
                "two_steps",
                "a death is confirmed in two steps",
                "report the death, then confirm it",
            )
        if facility_id is not None and outcome not in AT_FACILITY:
            raise wrong_field("facility_id", "unexpected", f"{outcome} happens at no facility", "leave it out")
        if outcome is self.outcome and facility_id in (None, self.facility_id):
            return False
        self._refuse_decided("record_patient_outcome")
        self.outcome, self.facility_id, self.death, self.hand_over = outcome, facility_id, None, hand_over
        return True

    def report_death(self, report: DeathReport, now: datetime) -> bool:
        """First step. Another report replaces one that is not confirmed yet. Raises InvalidRequest,
        WrongState."""
        if report == self.death:
            return False
        self._refuse_decided("report_death")
        if report.pronounced_by not in PRONOUNCERS:
            raise wrong_field(
                "pronounced_by",
                "unknown",
                "not a role that pronounces a death",
                f"one of {', '.join(PRONOUNCERS)}",
            )
        if report.died_at > now:
            raise wrong_field(
                "died_at",
                "in_the_future",
                "the time of death lies in the future",
                "send the time that was pronounced",
            )
        self.death = report
        return True

    def confirm_death(
        self, by: str, now: datetime, nik: str | None = None, next_of_kin: NextOfKin | None = None
    ) -> DeathReport | None:
        """Second step, by another person than the first; it may add the NIK, but not another one, and the next of
        kin. Raises WrongState without a report, Forbidden for the same person, InvalidRequest."""
        if self.outcome is Outcome.DECEASED:
            return None
        if self.death is None:
            raise wrong_state(
                "confirm_death",
                self.status,
                ("report_death",),
                "nobody has reported it",
                "belum ada yang melaporkan",
            )
        if self.death.reported_by == by:
            raise Forbidden(
                "another person than the one who reported the death must confirm it",
                detail_id="kematian harus dikonfirmasi oleh orang lain, bukan pelapornya",
            )
        if nik is not None and self.death.nik not in (None, nik):
            raise wrong_field(
                "nik", "differs", "the report names another person", "compare both, then report the death again"
            )
        kin = next_of_kin or self.death.next_of_kin
        known = self.death.next_of_kin_known or kin is not None
        self.death = replace(self.death, nik=nik or self.death.nik, next_of_kin=kin, next_of_kin_known=known)
        self.outcome, self.facility_id = Outcome.DECEASED, self.death.facility_id
        self.death_confirmed_by, self.death_confirmed_at = by, now
        self.confirmations += 1
        return self.death

    def retract_death(self, by: str, outcome: Outcome | None, facility_id: str | None) -> bool:
        """The confirmed death was a mistake: without an outcome again, or with the one given. Taken back
        before, it changes nothing. Raises WrongState if no death was confirmed, Forbidden for who confirmed it,
        InvalidRequest."""
        if self.confirmations > 0 and self.outcome is not Outcome.DECEASED:
            return False
        if self.outcome is not Outcome.DECEASED:
            raise wrong_state(
                "retract_death", self.status, (), "no death is confirmed", "tidak ada kematian yang dikonfirmasi"
            )
        if self.death_confirmed_by == by:
            raise Forbidden(
                "another person than the one who confirmed the death must take it back",
                detail_id="kematian harus dibatalkan oleh orang lain, bukan yang mengonfirmasinya",
            )
        if facility_id is not None and outcome not in AT_FACILITY:
            raise wrong_field("facility_id", "unexpected", f"{outcome} happens at no facility", "leave it out")
        self.outcome, self.facility_id, self.death = outcome, facility_id, None
        self.death_confirmed_by = self.death_confirmed_at = None
        if outcome is None:
            self.assignment_id = None  # who had the body does not have the patient
        return True

    @property
    def status(self) -> str:
        """The outcome, or what is still awaited, in a word."""
        if self.outcome is not None:
            return str(self.outcome)
        return "death_reported" if self.death is not None else "undecided"

    def deceased(
        self, report: DeathReport, incident_id: UUID, place: Place, person_key: str | None, facility: Point | None
    ) -> PatientDeceased:
        """The fact to publish: the facility that has the body (and its point), else the place of the incident."""
        kin = report.next_of_kin or NextOfKin()
        at_facility = report.facility_id is not None
        return PatientDeceased(
            incident_id=incident_id,
            patient_id=self.id,
            died_at=report.died_at,
            pronounced_by=report.pronounced_by,
            facility_id=report.facility_id,
            kelurahan_code=None if at_facility else place.kelurahan_code,
            next_of_kin_known=report.next_of_kin_known,
            police_hold=report.police_hold,
            person_key=person_key,
            confirmation=self.confirmations,
            sealed=DeathDetails(
                nik=report.nik,
                location=facility if at_facility else place.location,
                landmark=None if at_facility else place.landmark,
                next_of_kin_name=kin.name,
                next_of_kin_phone=kin.phone,
                next_of_kin_citizen=kin.citizen,
            ),
        )

    def _refuse_decided(self, step: str) -> None:
        if self.outcome is not None:
            raise wrong_state(
                step,
                self.status,
                (),
                "the patient has an outcome",
                "pasien sudah memiliki hasil",
                patient=self.number,
            )


def numbered(patients: Sequence[Patient], number: int) -> Patient:
    """Patient 1, 2, 3 … of an incident; raises NotFound."""
    for patient in patients:
        if patient.number == number:
            return patient
    raise NotFound(
        f"the incident has no patient {number}",
        detail_id=f"tidak ada pasien {number}",
        patients=len(patients),
    )
