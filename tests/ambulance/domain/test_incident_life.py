"""One incident, its patients and assignments under any order of steps: the invariants of the domain's docstrings."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contracts.ambulance.events import (
    AssignmentEnded,
    AssignmentProgressed,
    IncidentClosed,
    PatientDeceased,
    PatientDeceasedRetracted,
)
from contracts.ambulance.values import DeathRetractionReason, IncidentState, Milestone, Outcome, Triage
from contracts.problems import Problem
from services.ambulance.domain.assignment import ENDED, ORDER, Assignment
from services.ambulance.domain.patient_steps import URGENCY

from .builders import NOON, death_report, incident, uuid

PEOPLE = st.sampled_from(["crew-1", "crew-2", "doctor-1"])
NUMBERS = st.integers(1, 2)


class IncidentLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.incident, self.now = incident(patients=2), NOON
        self.assignments: list[Assignment] = []
        self.deaths: list[PatientDeceased] = []
        self.retracted: list[PatientDeceasedRetracted] = []
        self.reporters: dict[int, str] = {}

    def _try(self, aggregate, step):
        """Do a step: refused, it changes nothing; else the version rises by one if, and only if, something changed."""
        before = deepcopy(aggregate)
        try:
            events = step()
        except Problem:
            assert aggregate == before
            return None
        changed = aggregate != before
        assert aggregate.version == before.version + changed
        assert changed or not events
        if getattr(before, "state", None) is IncidentState.CLOSED and changed:
            assert isinstance(events[0], PatientDeceasedRetracted)
        return events

    def _left(self):
        return sum(assignment.active for assignment in self.assignments)

    @rule(minutes=st.integers(1, 10))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(colour=st.sampled_from(list(Triage)), provisional=st.booleans())
    def triage(self, colour, provisional):
        confirmed = self.incident.triage is not None and not self.incident.triage_provisional
        self._try(self.incident, lambda: self.incident.set_triage(colour, provisional=provisional))
        assert not confirmed or not self.incident.triage_provisional

    @rule()
    @precondition(lambda self: len(self.assignments) < 3)
    def dispatch(self):
        if self._try(self.incident, self.incident.unit_dispatched) is not None:
            number = len(self.assignments)
            made = Assignment.dispatch(uuid(200 + number), self.incident.id, f"AMB-{number}", self.now)[0]
            self.assignments.append(made)

    @rule(data=st.data(), milestone=st.sampled_from(list(Milestone)), minutes=st.integers(-12, 4))
    @precondition(lambda self: self.assignments)
    def report_milestone(self, data, milestone, minutes):
        assignment = data.draw(st.sampled_from(self.assignments))
        rank, happened = ORDER.index(assignment.state) if assignment.state in ORDER else -1, timedelta(minutes=minutes)
        events = self._try(assignment, lambda: assignment.record(milestone, self.now + happened, self.now))
        assert events is None or all(isinstance(event, AssignmentProgressed) for event in events)
        assert assignment.state in ENDED or ORDER.index(assignment.state) >= rank
        if events and assignment.reached_scene:
            self._try(self.incident, self.incident.unit_on_scene)

    @rule(data=st.data(), ending=st.sampled_from(["decline", "release", "divert"]))
    @precondition(lambda self: self.assignments)
    def end(self, data, ending):
        assignment = data.draw(st.sampled_from(self.assignments))
        loaded, ended = Milestone.PATIENT_LOADED in assignment.milestones, assignment.state in ENDED
        events = self._try(assignment, lambda: getattr(assignment, ending)("why", self.now))
        if events:
            assert not loaded and not ended and isinstance(events[0], AssignmentEnded)
            self._try(self.incident, lambda: self.incident.unit_lost(self._left()))

    @rule(number=NUMBERS, outcome=st.sampled_from(list(Outcome)))
    def patient_outcome(self, number, outcome):
        before = self.incident.patient(number).outcome
        self._try(self.incident, lambda: self.incident.record_outcome(number, outcome))
        assert before in (None, self.incident.patient(number).outcome)

    @rule(number=NUMBERS, by=PEOPLE, facility=st.sampled_from([None, "RS-01"]))
    def report_death(self, number, by, facility):
        report = death_report(by, facility_id=facility)
        if self._try(self.incident, lambda: self.incident.report_death(number, report, self.now)) is not None:
            self.reporters[number] = by

    @rule(number=NUMBERS, by=PEOPLE)
    def confirm_death(self, number, by):
        events = self._try(self.incident, lambda: self.incident.confirm_death(number, by, self.now))
        if events:
            assert by != self.reporters[number]
            self.deaths += events

    @rule(number=NUMBERS, by=PEOPLE, outcome=st.sampled_from([None, Outcome.TRANSPORTED]))
    def retract_death(self, number, by, outcome):
        made, reason = self.incident, DeathRetractionReason.ENTRY_ERROR
        confirmed_by = made.patient(number).death_confirmed_by
        args = (number, reason, by, self.now, self._left(), outcome)
        events = self._try(made, lambda: made.retract_death(*args))
        if events:
            assert by != confirmed_by and made.patient(number).outcome is outcome
            self.retracted.append(events[0])

    @rule(number=NUMBERS, colour=st.sampled_from(list(Triage)))
    def confirm_triage(self, number, colour):
        events = self._try(self.incident, lambda: self.incident.confirm_triage(number, colour))
        if events:
            seen = [patient.triage for patient in self.incident.patients if patient.triage]
            worst = min(seen, key=URGENCY.index)
            assert URGENCY.index(self.incident.triage or Triage.HITAM) <= URGENCY.index(worst)

    @rule(data=st.data(), number=NUMBERS)
    @precondition(lambda self: self.assignments)
    def take_patient(self, data, number):
        taken = data.draw(st.sampled_from(self.assignments))
        self._try(self.incident, lambda: self.incident.assign_patient(number, taken.id, taken.unit_id))

    @rule(data=st.data(), milestone=st.sampled_from(list(Milestone)), minutes=st.integers(-12, 4))
    @precondition(lambda self: self.assignments)
    def correct_milestone(self, data, milestone, minutes):
        trip, at = data.draw(st.sampled_from(self.assignments)), self.now + timedelta(minutes=minutes)
        first = trip.milestones.get(milestone)
        if self._try(trip, lambda: trip.correct(milestone, at, None, "why", "crew-1", self.now)):
            kept = trip.milestones[milestone].corrections
            assert kept[:-1] == first.corrections and kept[-1].previous_at == first.at

    @rule(outcome=st.sampled_from(list(Outcome)))
    def close(self, outcome):
        events = self._try(self.incident, lambda: self.incident.close(outcome, self._left(), self.now))
        if events:
            assert self._left() == 0
            assert events == [IncidentClosed(incident_id=self.incident.id, outcome=outcome)]

    @invariant()
    def every_death_is_told_once(self):
        dead = [patient.id for patient in self.incident.patients if patient.outcome is Outcome.DECEASED]
        told = Counter(event.patient_id for event in self.deaths)
        assert dead == sorted((told - Counter(event.patient_id for event in self.retracted)).elements())
        numbered = [(event.patient_id, event.confirmation) for event in self.deaths]
        assert len(set(numbered)) == len(numbered)

    @invariant()
    def milestones_never_go_back_in_time(self):
        for assignment in self.assignments:
            times = [assignment.dispatched_at, *(record.at for record in assignment.history)]
            assert times == sorted(times)

    @invariant()
    def a_closed_incident_has_all_outcomes_or_none(self):
        if self.incident.state is IncidentState.CLOSED:
            outcomes = [patient.outcome for patient in self.incident.patients]
            assert None not in outcomes or set(outcomes) == {None}
            assert self.incident.outcome is not Outcome.DECEASED or self.deaths


TestIncidentLife = IncidentLife.TestCase
