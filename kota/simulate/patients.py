"""How each patient fared, as crews tell it; a death takes two crews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from contracts.ambulance.values import Outcome

from .city import BASE, crew_of
from .world import Story, Trip, Unexpected, World


async def report_patients(world: World, story: Story, trip: Trip, share: int, numbers: Sequence[int]) -> None:
    """The outcome of each of these patients. In a story with a death the first crew reports it, the second confirms."""
    if story.plan.twist == "death":
        await (_report_death(world, story, trip) if share == 0 else _confirm_death(world, story, trip))
        return
    for number in numbers:
        outcome = story.plan.endings[number - 1]
        body: dict[str, Any] = {"outcome": outcome}
        if outcome == Outcome.TRANSPORTED:
            body["facility_id"] = world.city.nearest_open(trip.goal).id
        await _post(world, story, trip, number, "record_patient_outcome", "outcome", body)
        world.ledger.incidents[story.incident_id].outcomes[number] = outcome


async def _report_death(world: World, story: Story, trip: Trip) -> None:
    if story.death_reported.is_set():
        return
    died_at = (world.clock.wall() - timedelta(seconds=2)).isoformat()
    body: dict[str, Any] = {"died_at": died_at, "pronounced_by": "doctor"}
    if story.chance.random() < 0.7:
        phone = f"08129001{story.chance.randrange(10_000):04d}"
        body["next_of_kin"] = {"name": "Keluarga Simulasi", "phone": phone}
        world.ledger.next_of_kin.add(story.patient_ids[0])
    await _post(world, story, trip, 1, "report_death", "death", body)
    story.death_reported.set()


async def _confirm_death(world: World, story: Story, trip: Trip) -> None:
    if story.patient_ids[0] in world.ledger.deaths:
        return
    await story.death_reported.wait()
    await _post(world, story, trip, 1, "confirm_death", "death-confirmation", {})
    world.ledger.incidents[story.incident_id].outcomes[1] = Outcome.DECEASED
    world.ledger.deaths[story.patient_ids[0]] = story.incident_id


async def _post(
    world: World, story: Story, trip: Trip, number: int, operation: str, step: str, body: dict[str, Any]
) -> None:
    path, user = f"{BASE}/incidents/{story.incident_id}/patients/{number}/{step}", crew_of(trip.unit_id)
    reply = await world.client.call(
        operation, "POST", path, user, correlation=story.correlation, json=body, repeat=story.repeats()
    )
    if not reply.ok:
        raise Unexpected(f"{operation} was refused: {reply.status} {reply.problem}: {reply.data.get('detail')}")
