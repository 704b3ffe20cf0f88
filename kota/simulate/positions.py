"""The crews' devices: a batch of positions of the whole fleet every few real seconds.

Positions move at a real ambulance's speed in real time, not in simulated time: the service rightly refuses a vehicle
that drives at 600 times the legal speed.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from .city import BASE
from .http import GaveUp
from .spots import LonLat, point, towards
from .world import World

DEVICES = "fleet"
EVERY_SECONDS, METRES_PER_SECOND = 5, 12.0
MOST_POSITIONS = 500


async def report_all(world: World) -> None:
    """Post positions until cancelled."""
    where, last = dict(world.city.units), world.clock.wall()
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        fixes, last = _fixes(world, where, last, world.clock.wall())
        for start in range(0, len(fixes), MOST_POSITIONS):
            await _post(world, fixes[start : start + MOST_POSITIONS])


def _fixes(
    world: World, where: dict[str, LonLat], since: datetime, now: datetime
) -> tuple[list[dict[str, Any]], datetime]:
    """One fix per unit and second since the last batch, at most as many seconds as a batch covers."""
    goals = {trip.unit_id: trip.goal for trip, _ in world.trips.values()}
    seconds = min(int((now - since).total_seconds()), EVERY_SECONDS)
    fixes = []
    for second in range(seconds):
        at = (now - timedelta(seconds=seconds - 1 - second)).isoformat()
        for unit, base in world.city.units.items():
            where[unit] = towards(where[unit], goals.get(unit, base), METRES_PER_SECOND)
            fixes.append({"unit_id": unit, "location": point(where[unit]), "at": at})
    return fixes, now


async def _post(world: World, fixes: list[dict[str, Any]]) -> None:
    try:
        reply = await world.client.call(
            "report_positions", "POST", f"{BASE}/positions", DEVICES, json={"positions": fixes}
        )
    except GaveUp as error:
        world.failures.append(f"no answer: {error}")
        return
    if not reply.ok:
        world.failures.append(f"report_positions was refused: {reply.status} {reply.problem}")
    elif reply.data["refused"]:
        world.failures.append(f"{len(reply.data['refused'])} positions were refused: {reply.data['refused'][0]}")
