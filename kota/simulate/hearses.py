"""Funerals: a family calls, an officer approves and fixes a time, a crew drives, or the family cancels.

The plan's times are the suite's own (its clock is not simulated): so many funerals of one day fill the days to come.
What crews report happens in simulated time, which the service never refuses.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from .callers import need
from .clock import DAY_SECONDS
from .http import Reply
from .ledger import FuneralFacts
from .profile import Funeral
from .spots import point
from .world import Unexpected, World

BASE = "/v1/hearse"
OFFICER = "hearse-officer"
STEPS = ("en_route", "picked_up", "delivered", "completed")
TRIES = 8
"""How often the next time is tried when somebody else was first."""


async def funerals(world: World, plans: Sequence[Funeral]) -> None:
    """All of the day; none in a city without hearses."""
    fleet = await world.client.get("list_vehicles", f"{BASE}/vehicles", OFFICER, limit=1)
    if not fleet.ok or not fleet.data["items"]:
        return
    places = need(await world.client.get("list_burial_places", f"{BASE}/burial-places", OFFICER), "burial places")
    async with asyncio.TaskGroup() as group:
        for plan in plans:
            await world.clock.until(min(plan.at, DAY_SECONDS))
            group.create_task(_funeral(world, plan, [one["id"] for one in places["items"]]))


async def _funeral(world: World, plan: Funeral, places: list[str]) -> None:
    async with world.story(plan.number) as correlation:
        chance = random.Random(f"{world.seed}/{plan.number}")
        booked = need(await _post(world, correlation, "bookings", _request(plan, world, chance, places)), "book")
        facts = world.ledger.funerals[booked["id"]] = FuneralFacts(correlation)
        path = f"bookings/{booked['id']}"
        repeat = chance.random() < 0.1
        need(await _post(world, correlation, f"{path}/approval", {}, repeat=repeat), "approve")
        facts.approved = True
        shown = await _confirm(world, correlation, path)
        if shown is None:
            return
        facts.trips.append(shown["trip"]["id"])
        await world.clock.sleep(plan.waits)
        if plan.cancelled:
            need(await _post(world, correlation, f"{path}/cancellation", {"reason": "by_family"}), "cancel")
            facts.cancelled = True
            return
        for step in STEPS:
            await world.clock.sleep(1500 * plan.pace)
            repeat = chance.random() < 0.1
            body = {"milestone": step}
            need(await _post(world, correlation, f"{path}/milestones", body, repeat=repeat), step)
            facts.milestones.append(step)


def _request(plan: Funeral, world: World, chance: random.Random, places: list[str]) -> dict[str, Any]:
    destination: dict[str, Any] = {"kind": "home", "address": "simulasi"}
    if plan.burial and places:
        destination = {"kind": "city_cemetery", "burial_place_id": chance.choice(places)}
    return {
        "reporter": {"name": "Keluarga Simulasi", "phone": f"08129000{plan.number % 10_000:04d}"},
        "deceased": {"name": f"Simulasi {''.join(chance.choices('abcdefghij', k=10))}"},
        "pickup": {"location": point(plan.spot.location), "address": plan.spot.landmark},
        "destination": destination,
        "earliest_at": world.clock.wall().isoformat(),
    }


async def _confirm(world: World, correlation: str, path: str) -> dict[str, Any] | None:
    """Fix the first free time; who was second takes the next one that is offered. None if nothing is free for days."""
    slots = need(await world.client.get("find_slots", f"{BASE}/{path}/slots", OFFICER), "find_slots")["items"]
    for _ in range(TRIES):
        if not slots:
            return None
        choice = {name: slots[0][name] for name in ("pickup_at", "vehicle_id", "officer_ids")}
        reply = await _post(world, correlation, f"{path}/confirmation", choice)
        if reply.ok:
            return reply.data
        if reply.status != 409 or "next_slots" not in reply.data:
            raise Unexpected(f"confirm_booking was refused: {reply.status} {reply.problem}: {reply.data.get('detail')}")
        slots = reply.data["next_slots"]
    return None


async def _post(world: World, correlation: str, path: str, body: dict[str, Any], *, repeat: bool = False) -> Reply:
    operation = f"hearse {path.rpartition('/')[2]}"
    return await world.client.call(
        operation, "POST", f"{BASE}/{path}", OFFICER, correlation=correlation, json=body, repeat=repeat
    )
