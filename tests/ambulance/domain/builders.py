"""Small makers for the domain's tests: fixed times and ids, so that every run is the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from contracts.ambulance.values import Channel, IncidentClass, IncidentKind, UnitState, UnitType
from contracts.geography import Point
from services.ambulance.domain.assignment import Assignment
from services.ambulance.domain.contact import Contact
from services.ambulance.domain.incident import Incident
from services.ambulance.domain.patient import DeathReport
from services.ambulance.domain.place import Place
from services.ambulance.domain.unit import Unit

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 WIB
CENTRE = Point(coordinates=(106.6318, -6.1718))


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def uuid(number: int) -> UUID:
    return UUID(int=number)


def contact() -> Contact:
    return Contact.record(uuid(1), Channel.CALL, NOON)[0]


def incident(patients: int = 1, *, incident_class: IncidentClass = IncidentClass.EMERGENCY) -> Incident:
    ids = [uuid(100 + number) for number in range(patients)]
    place = Place(CENTRE, "36.71.01.1001")
    return Incident.open(uuid(2), incident_class, IncidentKind.MEDICAL, place, ids, NOON)[0]


def incident_on_scene(patients: int = 1) -> Incident:
    made = incident(patients)
    made.unit_dispatched()
    made.unit_on_scene()
    return made


def assignment() -> Assignment:
    return Assignment.dispatch(uuid(3), uuid(2), "AMB-01", NOON, expected_seconds=300)[0]


def unit(id: str = "AMB-01", type: UnitType = UnitType.BLS, base: Point = CENTRE) -> Unit:
    made = Unit.register(id, type, base)[0]
    made.set_status(UnitState.AVAILABLE)
    return made


def death_report(by: str = "crew-1", **more: object) -> DeathReport:
    return DeathReport(**{"reported_by": by, "died_at": NOON, "pronounced_by": "doctor", **more})  # type: ignore[arg-type]
