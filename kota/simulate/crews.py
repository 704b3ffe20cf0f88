"""Crews: milestones as they happen or, without signal, all at once later; declines, patients, deaths in two steps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from contracts.ambulance.values import Milestone, Outcome

from .city import BASE, crew_of
from .patients import report_patients
from .spots import point
from .world import Story, Trip, Unexpected, World

SPEED = 8.0
"""Metres per second on the way to a hospital."""


class Ending(Enum):
    """How a unit's part of an incident ended; all but DONE need another unit."""

    DONE = "done"
    DECLINED = "declined"
    DIVERTED = "diverted"


async def drive(world: World, story: Story, trip: Trip, share: int, patients: Sequence[int]) -> Ending:
    """One trip from the alarm to the end."""
    try:
        if story.plan.twist == "declines" and trip.number == 1:
            await _decline(world, story, trip)
            return Ending.DECLINED
        if story.plan.twist == "offline" and trip.number == 1:
            return await _offline(world, story, trip, share, patients)
        return await _online(world, story, trip, share, patients)
    finally:
        world.trips.pop(trip.assignment_id, None)


async def _online(world: World, story: Story, trip: Trip, share: int, patients: Sequence[int]) -> Ending:
    for milestone, seconds in steps(world, story, trip, patients):
        trip.divertible = milestone in (Milestone.EN_ROUTE, Milestone.ON_SCENE) and story.plan.twist == ""
        if await _diverted(world, trip, seconds * story.plan.pace):
            return Ending.DIVERTED
        async with trip.busy:
            if trip.taken_away.is_set():
                return Ending.DIVERTED
            trip.divertible = False
            await _report(world, story, trip, milestone, world.clock.wall(), repeat=story.repeats())
        if milestone is Milestone.ON_SCENE:
            _reached(world, story)
        if milestone in (Milestone.ON_SCENE, Milestone.HANDED_OVER):
            await report_patients(world, story, trip, share, _decided(story, patients, milestone))
    return Ending.DONE


async def _offline(world: World, story: Story, trip: Trip, share: int, patients: Sequence[int]) -> Ending:
    """Nothing is heard of the crew until the trip is over; then everything comes, partly out of order and doubled."""
    happened: list[tuple[Milestone, datetime]] = []
    for milestone, seconds in steps(world, story, trip, patients):
        await world.clock.sleep(seconds * story.plan.pace)
        happened.append((milestone, world.clock.wall()))
        if milestone is Milestone.ON_SCENE:
            _reached(world, story)
    for place in range(0, len(happened) - 1, 3):
        happened[place], happened[place + 1] = happened[place + 1], happened[place]
    doubled = story.chance.choice(happened)
    for milestone, at in [*happened, doubled]:
        await _report(world, story, trip, milestone, at, repeat=story.chance.random() < 0.3)
    await report_patients(world, story, trip, share, patients)
    return Ending.DONE


def steps(world: World, story: Story, trip: Trip, patients: Sequence[int]) -> list[tuple[Milestone, float]]:
    """The milestones of this trip with the simulated seconds before each."""
    begin = [
        (Milestone.ACKNOWLEDGED, 25.0),
        (Milestone.EN_ROUTE, 60.0),
        (Milestone.ON_SCENE, trip.travel_seconds),
    ]
    if not any(story.plan.endings[number - 1] == Outcome.TRANSPORTED for number in patients):
        return [*begin, (Milestone.COMPLETED, 1500.0)]
    way = max(180.0, world.city.seconds_to_hospital(trip.goal, SPEED))
    end = [(Milestone.PATIENT_LOADED, 900.0), (Milestone.AT_HOSPITAL, way)]
    return [*begin, *end, (Milestone.HANDED_OVER, 900.0), (Milestone.COMPLETED, 300.0)]


def _decided(story: Story, patients: Sequence[int], milestone: Milestone) -> list[int]:
    """Whose outcome is known at this milestone: the transported at the hospital, the others at the scene."""
    late = milestone is Milestone.HANDED_OVER
    return [number for number in patients if (story.plan.endings[number - 1] == Outcome.TRANSPORTED) == late]


def _reached(world: World, story: Story) -> None:
    """Note the response time. An answer of 20 ms would count as 12 s of the patient's time: such waits are left out."""
    if not story.reached:
        story.reached = True
        answering = world.client.traffic.waited[story.correlation]
        world.ledger.response_seconds.append(max(0.0, world.clock.now() - story.called_at - answering))


async def _diverted(world: World, trip: Trip, seconds: float) -> bool:
    """Wait; True if a dispatcher took the unit away meanwhile."""
    waiting = asyncio.create_task(world.clock.sleep(seconds))
    taken = asyncio.create_task(trip.taken_away.wait())
    try:
        await asyncio.wait((waiting, taken), return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        taken.cancel()
    return trip.taken_away.is_set()


async def _decline(world: World, story: Story, trip: Trip) -> None:
    await world.clock.sleep(40)
    await _post(world, story, trip, "decline", {"reason": "kendaraan mogok"})
    world.ledger.assignments[trip.assignment_id].ending = "declined"


async def _report(world: World, story: Story, trip: Trip, milestone: Milestone, at: datetime, *, repeat: bool) -> None:
    # A server's clock may be a little ahead of ours: nothing happened before the unit was sent.
    body = {"milestone": milestone, "at": max(at, trip.dispatched_at).isoformat(), "location": point(trip.goal)}
    await _post(world, story, trip, "milestones", body, repeat=repeat)
    world.ledger.assignments[trip.assignment_id].milestones.add(milestone)


async def _post(
    world: World, story: Story, trip: Trip, step: str, body: dict[str, Any], *, repeat: bool = False
) -> None:
    operation = {"milestones": "record_milestone", "decline": "decline_assignment"}[step]
    path = f"{BASE}/assignments/{trip.assignment_id}/{step}"
    user = crew_of(trip.unit_id)
    reply = await world.client.call(
        operation, "POST", path, user, correlation=story.correlation, json=body, repeat=repeat
    )
    if not reply.ok:
        raise Unexpected(f"{operation} was refused: {reply.status} {reply.problem}: {reply.data.get('detail')}")
