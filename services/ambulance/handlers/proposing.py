"""What the dispatch method would do now: beside a recommendation, and for the whole board."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from chassis.work import Work
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.requests.dispatch import ListProposals
from contracts.ambulance.views import Proposals, Recommendation
from contracts.geography import Point

from .. import store
from ..domain import proposals
from ..domain.board import Board, OpenCall
from ..domain.incident import Incident
from . import choosing, standing


def recommend(work: Work, incident: Incident, limit: int, also: str | None = None) -> Recommendation:
    """The fleet ranked for an incident, and the reassignment that would serve it better, if there is one. Raises
    PlaceMissing."""
    fleet = choosing.fleet_of(work)
    ranking = choosing.recommend(work, incident, limit, choosing.by_road(work), also, fleet)
    if not fleet.committed:  # nobody could be taken from anywhere
        return ranking
    now = board(work, fleet)
    return ranking.model_copy(update={"reassignment": proposals.reassignment_for(now, incident.id)})


def list_proposals(work: Work, query: ListProposals) -> Proposals:
    """Units for the calls that wait, reassignments, at most one relocation."""
    fleet = choosing.fleet_of(work)
    now, standby = board(work, fleet), standing.standby(work, fleet.units)
    waiting = [now.calls[call.number][0].incident_id for call in now.waiting()]
    reassigned = [found for one in waiting if (found := proposals.reassignment_for(now, one))]
    moved = proposals.relocation(now, standby, choosing.own_speeds(work)) if standby and not waiting else None
    return Proposals(
        coverage=round(standby.expected(now.bound(standby)), 6) if standby else None,
        dispatches=tuple(proposals.dispatches(now)),
        reassignments=(*reassigned, *(() if waiting else proposals.take_overs(now))),
        relocations=(moved,) if moved else (),
        travel_time_source=now.source,
    )


def board(work: Work, fleet: choosing.Fleet) -> Board:
    """The situation as the dispatch method sees it."""
    found = _with_doubts(work, store.open_call.all_open(work))
    calls = [(call, goal) for call in found if (goal := _goal(work, call))]
    return Board(calls, fleet.units, fleet.committed, work.now, choosing.own_speeds(work), choosing.LIMITS)


def _with_doubts(work: Work, calls: list[OpenCall]) -> list[OpenCall]:
    """Who called matters only for the order in which equals that wait are served."""
    waiting = [call.incident_id for call in calls if call.unit_id is None]
    doubted = store.caller.doubted(work, waiting) if len(waiting) > 1 else set()
    return [replace(call, doubted=True) if call.incident_id in doubted else call for call in calls]


def _goal(work: Work, call: OpenCall) -> Point | None:
    with suppress(PlaceMissing):
        return call.place.location or store.area.MAP.locator(work).destination(call.place)
    return None
