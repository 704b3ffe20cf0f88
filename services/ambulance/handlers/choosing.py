"""Choosing a unit: what to recommend, and what to tell a dispatcher who came second."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing, UnitTaken
from contracts.ambulance.views import Recommendation
from contracts.geography import Point

from .. import roads, store
from ..domain.alert import Proposal
from ..domain.assignment import Assignment
from ..domain.incident import Incident
from ..domain.recommendation import Limits, rank
from ..domain.travel import TravelTime
from ..domain.unit import Unit
from . import standing

LIMITS = Limits()


class Fleet(NamedTuple):
    """All units, and which assignment has which of them."""

    units: list[Unit]
    committed: dict[str, UUID]


def fleet_of(work: Work) -> Fleet:
    """As it is now."""
    return Fleet(store.unit.all_units(work), store.assignment.active_by_unit(work))


def recommend(
    work: Work,
    incident: Incident,
    limit: int,
    travel: TravelTime | None = None,
    also: str | None = None,
    fleet: Fleet | None = None,
) -> Recommendation:
    """The fleet ranked for an incident, by `own_speeds` unless told otherwise. Raises PlaceMissing."""
    goal = destination(work, incident)
    units, committed = fleet or fleet_of(work)
    standby = standing.standby(work, units)
    return rank(incident, goal, units, committed, work.now, travel or own_speeds(work), LIMITS, limit, standby, also)


def own_speeds(work: Work) -> TravelTime:
    """Travel times that need nobody else: for what holds locks, or asks many times."""
    return store.travel_speed.CACHE.at_hand(work).speeds


def by_road(work: Work) -> TravelTime:
    """Travel times of the road engine, if one is configured; our own otherwise. It may take half a second to find out
    that an engine is away: not for what holds locks."""
    engine = roads.configured()
    return engine.over(own_speeds(work)) if engine else own_speeds(work)


def destination(work: Work, incident: Incident) -> Point:
    """The incident's point, or one that stands for its kelurahan. Raises PlaceMissing."""
    place = incident.place
    return place.location or store.area.MAP.locator(work).destination(place)


def place_on_map(work: Work, incident: Incident) -> Point | None:
    """The same for what can do without: a kelurahan and a landmark are enough to send a unit, not to reckon its way."""
    try:
        return destination(work, incident)
    except PlaceMissing:
        return None


def expected_seconds(work: Work, incident: Incident, unit: Unit) -> int | None:
    """How long this unit will drive; None for a place that is told but not on the map."""
    goal = place_on_map(work, incident)
    if goal is None:
        return None
    return rank(incident, goal, [unit], (), work.now, own_speeds(work), LIMITS).candidates[0].expected_seconds


def seconds_away(work: Work, incident: Incident, unit: Unit) -> int | None:
    """How far the unit still is, by a position that can be believed; None otherwise."""
    if unit.located_at is None or work.now - unit.located_at > LIMITS.stale_after:
        return None
    return expected_seconds(work, incident, unit)


def proposal(work: Work, incident: Incident) -> Proposal | None:
    """The best unit that may still be sent, for an alert; None if there is none, or the place is not on the map."""
    try:
        ranking = recommend(work, incident, 1)
    except PlaceMissing:
        return None
    best = next((one for one in ranking.candidates if one.offered), None)
    return Proposal(best.unit_id, best.expected_seconds) if best else None


def taken(work: Work, unit_id: str, incident: Incident) -> UnitTaken:
    """The refusal for who came second. Gives up the locks first: the ranking must make nobody wait."""
    work.rollback()
    winner = store.assignment.active_of_unit(work, unit_id)
    return UnitTaken(
        f"unit {unit_id} is already assigned",
        detail_id=f"unit {unit_id} sudah ditugaskan",
        winner=_winner(winner),
        next_best=_next_best(work, incident),
    )


def _winner(assignment: Assignment | None) -> dict[str, str] | None:
    if assignment is None:
        return None  # it has ended in this very moment: trying again may succeed
    return {
        "assignment_id": str(assignment.id),
        "incident_id": str(assignment.incident_id),
        "unit_id": assignment.unit_id,
    }


def _next_best(work: Work, incident: Incident) -> dict[str, str | int | None] | None:
    best = proposal(work, incident)
    return {"unit_id": best.unit_id, "expected_seconds": best.seconds} if best else None
