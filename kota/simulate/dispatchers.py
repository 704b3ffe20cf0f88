"""Dispatchers: triage, the place if it is missing, the recommended unit, the next best after a 409, the close."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contracts.ambulance.values import Outcome, Triage

from .city import BASE
from .crews import Ending, drive
from .http import GaveUp, Reply
from .ledger import AssignmentFacts
from .world import Story, Trip, Unexpected, World

DISPATCHER = "dispatcher"
UNIT_TAKEN = "ambulance-unit-taken"
TRIES_AT_ONCE, MOST_WAITS = 6, 500
WAIT_SECONDS = 60.0
"""Simulated seconds until a dispatcher looks again when no unit is free."""

BY_PRECEDENCE = (Outcome.TRANSPORTED, Outcome.DECEASED, Outcome.TREATED_ON_SCENE)


async def handle(world: World, story: Story) -> None:
    """An incident from its opening to its close."""
    async with world.dispatch_desks:
        colour = await _triage(world, story)
        if story.plan.placed_late:
            await _post(world, story, "locate_incident", "location", story.plan.spot.fields(), method="PUT")
        if story.plan.twist == "outside":
            await _close(world, story, Outcome.HANDED_OVER)
            return
    # All units finish what they began, also when one of them breaks off: a request cut short has no known result.
    parts = (_serve(world, story, share, colour) for share in range(story.plan.units))
    for result in await asyncio.gather(*parts, return_exceptions=True):
        if result is not None:
            raise result
    outcomes = world.ledger.incidents[story.incident_id].outcomes.values()
    await _close(world, story, next(outcome for outcome in BY_PRECEDENCE if outcome in outcomes))


async def _serve(world: World, story: Story, share: int, colour: str) -> None:
    """One unit's part of the incident; a unit that is lost is replaced."""
    patients = range(share + 1, len(story.plan.endings) + 1, story.plan.units)
    try:
        while await drive(world, story, await _send(world, story, colour), share, patients) is not Ending.DONE:
            continue
    finally:
        story.death_reported.set()  # a second crew must not wait for a first one that broke off


async def _send(world: World, story: Story, colour: str) -> Trip:
    for _ in range(MOST_WAITS):
        async with world.dispatch_desks:
            trip = await _divert(world, story) if story.plan.twist == "diverts" else None
            trip = trip or await _dispatch(world, story, colour)
        if trip:
            return trip
        await world.clock.sleep(WAIT_SECONDS)
    raise Unexpected("no unit became free")


async def _dispatch(world: World, story: Story, colour: str) -> Trip | None:
    path = f"{BASE}/incidents/{story.incident_id}/recommendation"
    advice = await world.client.get("recommend_units", path, DISPATCHER, correlation=story.correlation, limit=5)
    if not advice.ok:
        raise Unexpected(f"recommend_units was refused: {advice.status} {advice.problem}")
    unit = advice.data["recommended"]
    for _ in range(TRIES_AT_ONCE):
        if unit is None:
            return None
        reply = await _post(world, story, "dispatch_unit", "assignments", {"unit_id": unit}, may_fail=True)
        if reply.ok:
            return _trip(world, story, reply.data, colour)
        if reply.problem != UNIT_TAKEN:
            return None
        unit = (reply.data.get("next_best") or {}).get("unit_id")
    return None


async def _divert(world: World, story: Story) -> Trip | None:
    """Take a unit from a lesser incident, if one is still well under way; the server has the last word."""
    for trip, other in list(_divertible(world, story)):
        async with trip.busy:
            if not trip.divertible:
                continue
            body = {"incident_id": story.incident_id, "reason": "kejadian merah"}
            path = f"{BASE}/assignments/{trip.assignment_id}/diversion"
            try:
                reply = await world.client.call(
                    *("divert_unit", "POST", path, DISPATCHER),
                    correlation=story.correlation,
                    json=body,
                    repeat=story.repeats(),
                )
            except GaveUp:
                world.ledger.uncertain.add(other.correlation)
                raise
            if not reply.ok:
                continue
            trip.divertible, other.lost_a_unit = False, True
            facts = world.ledger.assignments[trip.assignment_id]
            # The diversion is this story's request: its events carry this story's correlation id.
            facts.ending, facts.correlations = "diverted", (*facts.correlations, story.correlation)
            trip.taken_away.set()
            return _trip(world, story, reply.data, Triage.MERAH)
    return None


def _divertible(world: World, story: Story) -> Iterator[tuple[Trip, Story]]:
    for trip, other in world.trips.values():
        if trip.divertible and not trip.red and not other.lost_a_unit and other is not story:
            yield trip, other


def _trip(world: World, story: Story, assignment: dict[str, Any], colour: str) -> Trip:
    story.dispatched += 1
    trip = Trip(
        assignment_id=assignment["id"],
        incident_id=story.incident_id,
        unit_id=assignment["unit_id"],
        travel_seconds=float(assignment.get("expected_seconds") or 600),
        goal=story.plan.spot.location,
        red=colour == Triage.MERAH,
        number=story.dispatched,
        dispatched_at=datetime.fromisoformat(assignment["dispatched_at"]),
    )
    world.ledger.assignments[trip.assignment_id] = AssignmentFacts(
        (story.correlation,), story.incident_id, trip.unit_id
    )
    world.trips[trip.assignment_id] = (trip, story)
    return trip


async def _triage(world: World, story: Story) -> str:
    reply = await _post(world, story, "triage_incident", "triage", {"answers": story.plan.answers})
    world.ledger.incidents[story.incident_id].triaged = True
    return str(reply.data["triage"])


async def _close(world: World, story: Story, outcome: str) -> None:
    body = {"outcome": outcome}
    if outcome == Outcome.HANDED_OVER:
        body["handed_over_to"] = "PSC 119 Kabupaten Tangerang"
    await _post(world, story, "close_incident", "closure", body)
    world.ledger.incidents[story.incident_id].closed_as = outcome


async def _post(
    world: World,
    story: Story,
    operation: str,
    step: str,
    body: dict[str, Any],
    *,
    method: str = "POST",
    may_fail: bool = False,
) -> Reply:
    path = f"{BASE}/incidents/{story.incident_id}/{step}"
    reply = await world.client.call(
        operation, method, path, DISPATCHER, correlation=story.correlation, json=body, repeat=story.repeats()
    )
    if not (reply.ok or may_fail):
        raise Unexpected(f"{operation} was refused: {reply.status} {reply.problem}: {reply.data.get('detail')}")
    return reply
