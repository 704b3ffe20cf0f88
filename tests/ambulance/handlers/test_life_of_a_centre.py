"""Any order of calls, dispatches, milestones, diversions, deaths and corrections: the real handlers, a real database.

A small model says beforehand which dispatches, milestones and endings must be possible and which must not; the rows are
looked at after each step.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contracts import ambulance as asked
from contracts.ambulance.problems import PickupNotNear, UnitNotAvailable, UnitTaken, WrongState
from contracts.ambulance.values import Milestone, UnitState
from contracts.context import Actor
from contracts.problems import Forbidden, InvalidRequest, Problem

from .centre_beyond import ELSEWHERE, FACILITIES, UNITS, Beyond
from .centre_model import ACTIVE, RANK, ROWS, Trip
from .desk import Desk
from .figures import assert_figures_are_those_of_the_rows

EXAMPLES, STEPS = 15, 50
MOST = 4
"""Incidents of one example: with more of them too little happens to each."""
WHICH, STEP = st.integers(0, 20), st.sampled_from(list(Milestone))
PEOPLE = st.sampled_from([Actor(subject=f"person-{number}") for number in range(3)])


class Centre(Beyond, RuleBasedStateMachine):
    """The desk is that of the test; each example begins with free units and incidents of its own."""

    @initialize()
    def begin(self) -> None:
        for row in self.desk.rows(
            "SELECT id FROM assignment WHERE state NOT IN ('completed','declined','released','diverted')"
        ):
            self.desk.report(row.id, "completed")
        self.incidents, self.trips = [], []
        self.off_duty = set()
        self.begin_beyond()
        for unit in UNITS:
            self.desk.ask(asked.SetUnitStatus(unit_id=unit, state=UnitState.AVAILABLE))
        for _ in range(2):
            self.incidents.append(self.desk.incident(patients=1))

    @precondition(lambda self: len(self.incidents) - len(self.pickups) < MOST)
    @rule(patients=st.integers(0, 2))
    def opens(self, patients: int) -> None:
        self.incidents.append(self.desk.incident(patients=patients))

    @rule(seconds=st.integers(1, 900))
    def time_passes(self, seconds: int) -> None:
        self.desk.later(seconds=seconds)
        self.desk.fire()

    @rule(which=WHICH, colour=st.sampled_from(["merah", "kuning", "hijau"]))
    def triage(self, which: int, colour: str) -> None:
        self._tried(asked.TriageIncident(incident_id=self._incident(which), triage=colour), WrongState)

    @rule(unit=st.sampled_from(UNITS), back=st.booleans())
    def duty(self, unit: str, back: bool) -> None:
        self.off_duty = self.off_duty - {unit} if back or len(self.off_duty) > 1 else self.off_duty | {unit}
        state = UnitState.OFF_DUTY if unit in self.off_duty else UnitState.AVAILABLE
        self.desk.ask(asked.SetUnitStatus(unit_id=unit, state=state))

    @rule(which=WHICH, unit=st.sampled_from(UNITS))
    def dispatch(self, which: int, unit: str) -> None:
        incident = self._incident(which)
        allowed = self._open(incident) and unit not in self.off_duty and not self._busy(unit)
        refusals = (UnitTaken, UnitNotAvailable, WrongState)
        sent = self._told(asked.DispatchUnit(incident_id=incident, unit_id=unit, at_once=True), allowed, refusals)
        if sent:
            self.trips.append(Trip(sent.id, self.incidents.index(incident), unit))

    @rule(which=WHICH)
    def send_a_free_one(self, which: int) -> None:
        free = [unit for unit in UNITS if unit not in self.off_duty and not self._busy(unit)]
        waiting = [number for number, incident in enumerate(self.incidents) if self._open(incident)]
        if free and waiting:
            self.dispatch(waiting[which % len(waiting)], free[which % len(free)])

    @precondition(lambda self: any(trip.active for trip in self.trips))
    @rule(which=WHICH)
    def drive_on(self, which: int) -> None:
        under_way = [number for number, trip in enumerate(self.trips) if trip.active]
        number = under_way[which % len(under_way)]
        self.milestone(number, list(Milestone)[RANK[self.trips[number].state]])

    @precondition(lambda self: self.trips)
    @rule(which=WHICH, milestone=STEP)
    def milestone(self, which: int, milestone: Milestone) -> None:
        trip = self.trips[which % len(self.trips)]
        allowed = trip.state in RANK or str(milestone) in trip.reported
        request = asked.RecordMilestone(assignment_id=trip.id, milestone=milestone)
        shown = self._told(request, allowed, (WrongState, InvalidRequest), also=InvalidRequest)
        if shown and str(milestone) not in trip.reported:
            trip.reported.add(str(milestone))
            trip.state = max(trip.state, str(milestone), key=RANK.__getitem__)
            assert shown.state == trip.state

    @precondition(lambda self: self.trips)
    @rule(which=WHICH, decline=st.booleans())
    def end(self, which: int, decline: bool) -> None:
        trip = self.trips[which % len(self.trips)]
        name, kind = ("declined", asked.DeclineAssignment) if decline else ("released", asked.ReleaseUnit)
        allowed = trip.state == name or (trip.state in RANK and RANK[trip.state] < RANK["patient_loaded"])
        if self._told(kind(assignment_id=trip.id, reason="ban kempes"), allowed, (WrongState,)):
            trip.state = name

    @precondition(lambda self: self.trips)
    @rule(which=WHICH, other=WHICH)
    def divert(self, which: int, other: int) -> None:
        trip, target = self.trips[which % len(self.trips)], self._incident(other)
        if target == self.incidents[trip.incident] or trip.state == "diverted":
            return
        lost = any(one.state == "diverted" and one.incident == trip.incident for one in self.trips)
        early = trip.state in RANK and RANK[trip.state] < RANK["on_scene"]
        free = trip.unit not in self.off_duty
        allowed = early and not lost and self._open(target) and self._open(self.incidents[trip.incident]) and free
        request = asked.DivertUnit(assignment_id=trip.id, incident_id=target, reason="lebih dekat")
        sent = self._told(request, allowed, (WrongState, UnitNotAvailable, PickupNotNear), also=PickupNotNear)
        if sent:
            trip.state = "diverted"
            self.trips.append(Trip(sent.id, self.incidents.index(target), trip.unit))

    @precondition(lambda self: any(trip.active for trip in self.trips))
    @rule(which=WHICH, other=WHICH)
    def divert_one_on_its_way(self, which: int, other: int) -> None:
        going = [
            number for number, trip in enumerate(self.trips) if trip.active and RANK[trip.state] < RANK["on_scene"]
        ]
        if going:
            self.divert(going[which % len(going)], other)

    @precondition(lambda self: any(trip.reported for trip in self.trips))
    @rule(which=WHICH, seconds=st.integers(-100, 100))
    def correct(self, which: int, seconds: int) -> None:
        reported = [trip for trip in self.trips if trip.reported]
        trip = reported[which % len(reported)]
        milestone = sorted(trip.reported)[which % len(trip.reported)]
        at = self.desk.now + timedelta(seconds=seconds)
        self._tried(
            asked.CorrectMilestone(assignment_id=trip.id, milestone=milestone, at=at, reason="salah tekan"),
            InvalidRequest,
        )

    @rule(which=WHICH, outcome=st.sampled_from(["transported", "treated_on_scene", "cancelled", "unfounded"]))
    def patient_ends(self, which: int, outcome: str) -> None:
        incident = self._incident(which)
        request = asked.RecordPatientOutcome(incident_id=incident, patient_number=1, outcome=outcome)
        self._tried(request, WrongState, Problem)

    @rule(which=WHICH, who=PEOPLE, step=st.sampled_from(["report", "confirm", "retract"]))
    def death(self, which: int, who: Actor, step: str) -> None:
        of = {"incident_id": self._incident(which), "patient_number": 1}
        request: Any = asked.ConfirmDeath(**of)
        if step == "report":
            request = asked.ReportDeath(**of, died_at=self.desk.now, pronounced_by="doctor")
        elif step == "retract":
            request = asked.RetractDeath(**of, reason="signs_of_life")
        self._tried(request, WrongState, Forbidden, Problem, actor=who)

    @rule(
        which=WHICH, outcome=st.sampled_from(["transported", "deceased", "treated_on_scene", "cancelled", "unfounded"])
    )
    def close(self, which: int, outcome: str) -> None:
        incident = self._incident(which)
        closed = self._tried(asked.CloseIncident(incident_id=incident, outcome=outcome), WrongState)
        busy = any(trip.active and self.incidents[trip.incident] == incident for trip in self.trips)
        assert not (closed and busy), "closed while a unit is assigned"

    @rule(which=WHICH, other=WHICH)
    def told_twice(self, which: int, other: int) -> None:
        incident, original = self._incident(which), self._incident(other)
        request = asked.CloseIncident(incident_id=incident, outcome="cancelled", duplicate_of=original)
        self._tried(request, WrongState, InvalidRequest)

    @rule(which=WHICH)
    def separate(self, which: int) -> None:
        self._tried(asked.SeparateIncident(incident_id=self._incident(which), reason="kejadian lain"), WrongState)

    @invariant()
    def rows_are_sound(self) -> None:
        for wrong, question in ROWS.items():
            assert not self.desk.rows(question), wrong

    @invariant()
    def units_are_where_the_model_says(self) -> None:
        active = {row.unit_id for row in self.desk.rows(f"SELECT unit_id FROM assignment WHERE {ACTIVE}")}
        assert active == {unit for unit in UNITS if self._busy(unit)}

    def teardown(self) -> None:
        assert_figures_are_those_of_the_rows(self.desk)

    def _incident(self, which: int) -> UUID:
        return self.incidents[which % len(self.incidents)]

    def _open(self, incident: UUID) -> bool:
        (row,) = self.desk.rows("SELECT state FROM incident WHERE id = :id", id=incident)
        return bool(row.state != "closed")

    def _busy(self, unit: str) -> bool:
        return any(trip.active and trip.unit == unit for trip in getattr(self, "trips", []))


def test_whatever_happens_the_centre_stays_sound(desk: Desk) -> None:
    desk.fleet(*UNITS)
    desk.fleet("AMB-04", base=ELSEWHERE, state=UnitState.OFF_DUTY)
    desk.ask(asked.ImportFacilities(facilities=FACILITIES))
    Centre.desk = desk
    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
