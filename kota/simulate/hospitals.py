"""Hospitals that send ambulances elsewhere for a while."""

from __future__ import annotations

from contracts.ambulance.values import FacilityState

from .city import BASE, Hospital
from .http import GaveUp
from .profile import HospitalDiversion
from .world import World

DISPATCHER = "dispatcher"


async def divert(world: World, plan: HospitalDiversion) -> None:
    """On diversion, and open again."""
    hospital = world.city.hospitals[int(plan.choice * len(world.city.hospitals))]
    await world.clock.until(plan.at)
    await _set(world, hospital, FacilityState.DIVERSION)
    await world.clock.sleep(plan.seconds)
    await _set(world, hospital, FacilityState.OPEN)


async def _set(world: World, hospital: Hospital, state: FacilityState) -> None:
    path = f"{BASE}/facilities/{hospital.id}/status"
    try:
        reply = await world.client.call("set_facility_status", "PUT", path, DISPATCHER, json={"state": state})
    except GaveUp as error:
        world.failures.append(f"no answer: {error}")
        return
    if reply.ok:
        hospital.state = state
    else:
        world.failures.append(f"set_facility_status was refused: {reply.status} {reply.problem}")
