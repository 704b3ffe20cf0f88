"""One recommendation among 1,000 units at 200 bases, half of them busy, with what each costs in coverage."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID

from contracts.ambulance.values import IncidentClass, IncidentKind, UnitState, UnitType
from contracts.geography import Point
from services.ambulance.domain.incident import Incident
from services.ambulance.domain.place import Place
from services.ambulance.domain.recommendation import rank
from services.ambulance.domain.standby import Standby
from services.ambulance.domain.travel import GreatCircle
from services.ambulance.domain.unit import Unit

SECONDS_ALLOWED = 0.005
UNITS, BASES, KELURAHAN, TIMES = 1000, 200, 104, 101
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def median_seconds(times: int = TIMES) -> float:
    """How long the ranking takes; reading the fleet from the database is not in it."""
    chance, travel = Random(1), GreatCircle()
    bases = [_spot(chance) for _ in range(BASES)]
    fleet = [_unit(number, bases[number % BASES], chance) for number in range(UNITS)]
    committed = {unit.id for unit in fleet[::2]}
    standby = Standby.of(bases, [_spot(chance) for _ in range(KELURAHAN)], travel, NOW)
    took = []
    for _ in range(times):
        incident = _incident(_spot(chance))
        started = perf_counter()
        rank(incident, incident.place.location or bases[0], fleet, committed, NOW, travel, standby=standby)
        took.append(perf_counter() - started)
    return median(took)


def _spot(chance: Random) -> Point:
    return Point(coordinates=(chance.uniform(106.5515, 106.7486), chance.uniform(-6.2561, -6.0971)))


def _unit(number: int, base: Point, chance: Random) -> Unit:
    location = base if chance.random() < 0.5 else _spot(chance)
    return Unit(f"AMB-{number:04}", UnitType.BLS, base, UnitState.AVAILABLE, location=location, located_at=NOW)


def _incident(place: Point) -> Incident:
    ids = (UUID(int=1), UUID(int=2))
    return Incident.open(ids[0], IncidentClass.EMERGENCY, IncidentKind.MEDICAL, Place(place), ids[1:], NOW)[0]
