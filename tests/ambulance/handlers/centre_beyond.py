"""What happens beside the trips of a dispatch centre: hospitals are asked, incidents offered to other jurisdictions,
units wait elsewhere, pick-ups are planned and driven by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from contracts import ambulance as asked
from contracts.ambulance.problems import UnitNotAvailable, UnitTaken, WrongState
from contracts.ambulance.values import UnitState
from contracts.geography import Point
from contracts.problems import InvalidRequest

from ..domain.builders import CENTRE
from .centre_model import Asking, Trip

ELSEWHERE = Point(coordinates=(106.61, -6.18))
UNITS = ("AMB-01", "AMB-02", "AMB-03")
FACILITIES = tuple(
    {"id": id, "name": id, "type": "hospital", "location": CENTRE, "emergency_24h": True} for id in ("RS-1", "RS-2")
)
WHICH, FACILITY = st.integers(0, 20), st.sampled_from([str(one["id"]) for one in FACILITIES])
MOST = 3
"""Pick-ups of one example."""


class Beyond(Asking):
    """Mixed into the machine; `incidents` holds pick-ups too, and `pickups` says which they are."""

    incidents: list[UUID]
    pickups: set[UUID]
    trips: list[Trip]
    off_duty: set[str]

    @precondition(lambda self: len(self.pickups) < MOST)
    @rule(hours=st.integers(1, 4), unit=st.sampled_from(UNITS))
    def a_pick_up_is_planned(self, hours: int, unit: str) -> None:
        at = self.desk.now + timedelta(hours=hours)
        id = self.desk.incident(incident_class="regular", kind="transport", pickup_at=at)
        self.incidents.append(id)
        self.pickups.add(id)
        self._tried(
            asked.PlanUnit(incident_id=id, unit_id=unit), UnitNotAvailable, UnitTaken, WrongState, InvalidRequest
        )

    @precondition(lambda self: self.pickups)
    @rule(minutes=st.integers(20, 200))
    def hours_pass(self, minutes: int) -> None:
        self.desk.later(minutes=minutes)
        self.desk.fire()

    @precondition(lambda self: self.trips)
    @rule(which=WHICH, facility=FACILITY, step=st.sampled_from(["ask", "accept", "refuse"]))
    def a_hospital(self, which: int, facility: str, step: str) -> None:
        to = {"assignment_id": self.trips[which % len(self.trips)].id, "facility_id": facility}
        request: Any = asked.AskFacility(**to)
        if step == "accept":
            request = asked.AcceptPatient(**to)
        elif step == "refuse":
            request = asked.RefuseFacility(**to, reason="no_bed")
        if self._tried(request, WrongState):
            counts = self._counts()
            self.desk.ask(request)
            assert self._counts() == counts, "told twice, done twice"

    @rule(which=WHICH, step=st.sampled_from(["offer", "offer", "confirm", "refuse"]))
    def another_jurisdiction(self, which: int, step: str) -> None:
        incident = self.incidents[which % len(self.incidents)]
        request: Any = asked.OfferHandOver(incident_id=incident, to="PSC 119 Kabupaten Contoh")
        if step == "confirm":
            request = asked.ConfirmHandOver(incident_id=incident, received_by="operator 4", reference="K-77")
        elif step == "refuse":
            request = asked.RefuseHandOver(incident_id=incident, reason="no_unit")
        self._tried(request, WrongState, InvalidRequest)

    @rule(unit=st.sampled_from(UNITS), base=st.sampled_from([CENTRE, ELSEWHERE]))
    def waits_elsewhere(self, unit: str, base: Point) -> None:
        busy = any(trip.active and trip.unit == unit for trip in self.trips)
        allowed = unit not in self.off_duty and not busy
        shown = self._told(asked.SetStandby(unit_id=unit, base=base), allowed, (WrongState, UnitNotAvailable))
        assert shown is None or (shown.standby or shown.base) == base

    @invariant()
    def a_unit_that_drives_by_itself_is_known(self) -> None:
        """Planned units are sent by a clock, or when another one was lost: the model looks who was."""
        known = {trip.id for trip in getattr(self, "trips", [])}
        for row in self.desk.rows("SELECT id, incident_id, unit_id FROM assignment"):
            if row.id not in known and row.incident_id in getattr(self, "pickups", ()):
                self.trips.append(Trip(row.id, self.incidents.index(row.incident_id), row.unit_id))

    def begin_beyond(self) -> None:
        """Nobody waits elsewhere, and the clocks of earlier pick-ups have run out while nobody was on duty."""
        self.pickups = set()
        for unit in UNITS:
            self.desk.ask(asked.SetUnitStatus(unit_id=unit, state=UnitState.OFF_DUTY))
        for row in self.desk.rows("SELECT id FROM plan WHERE state = 'planned'"):
            self.desk.ask(asked.CancelPlan(plan_id=row.id, reason="contoh berikutnya"))
        self.desk.later(hours=8)
        self.desk.fire()
