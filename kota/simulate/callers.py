"""Callers and call takers: every contact is recorded, claimed and disposed; the few incidents go on to dispatch."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from contracts.ambulance.values import Channel, Disposition

from .city import BASE
from .dispatchers import handle
from .http import Reply
from .ledger import ContactFacts, IncidentFacts
from .profile import Call, Day, Emergency
from .world import Story, Unexpected, World

CALL_TAKER, SUPER_APP = "call-taker", "super-app"


async def live(world: World, day: Day) -> None:
    """The whole day, until the last incident is closed."""
    async with asyncio.TaskGroup() as group:
        everything: list[Call | Emergency] = [*day.calls, *day.emergencies]
        for one in sorted(everything, key=lambda one: one.at):
            await world.clock.until(one.at)
            group.create_task(_nuisance(world, one) if isinstance(one, Call) else _emergency(world, one))


async def _nuisance(world: World, call: Call) -> None:
    chance = random.Random(f"{world.seed}/{call.number}")
    async with world.story(call.number) as correlation:
        silent = call.disposition in (Disposition.SILENT, Disposition.CUT_OFF)
        told: dict[str, Any] = {} if silent else {"complaint": "simulasi: bukan keadaan darurat"}
        if chance.random() < 0.5:
            told["phone"] = f"08129000{call.number % 10_000:04d}"
        contact = await _record(world, correlation, {"channel": "call", **told}, repeat=chance.random() < 0.03)
        async with world.call_desks:
            await _claim(world, correlation, contact)
            await world.clock.sleep(call.talk_seconds)
            decision: dict[str, Any] = {"disposition": call.disposition}
            if call.disposition == Disposition.PRANK:
                decision["reason"] = "tertawa, lalu menutup telepon"
            await _dispose(world, correlation, contact, decision)


async def _emergency(world: World, plan: Emergency) -> None:
    async with world.story(plan.number) as correlation:
        chance = random.Random(f"{world.seed}/{plan.number}")
        story = Story(plan, correlation, chance, world.clock.now())
        opened = await (_open(world, story) if plan.channel == Channel.APP else _answer(world, story))
        story.incident_id = opened["id"]
        story.patient_ids = tuple(patient["id"] for patient in opened["patients"])
        world.ledger.incidents[story.incident_id] = IncidentFacts(correlation, len(story.patient_ids))
        await handle(world, story)


async def _open(world: World, story: Story) -> dict[str, Any]:
    """The super app opens the incident at once."""
    plan = story.plan
    body = {"channel": plan.channel, "kind": plan.kind, "patients": len(plan.endings), "complaint": "simulasi"}
    body |= plan.spot.fields()
    path, repeat = f"{BASE}/incidents", story.repeats()
    reply = await world.client.call(
        "open_incident", "POST", path, SUPER_APP, correlation=story.correlation, json=body, repeat=repeat
    )
    opened = need(reply, "open_incident")
    world.ledger.opened_at_once += 1
    return opened


async def _answer(world: World, story: Story) -> dict[str, Any]:
    """A call taker talks to the caller, then opens the incident."""
    plan, correlation = story.plan, story.correlation
    spot = {} if plan.placed_late else plan.spot.fields()
    body = {"channel": plan.channel, "complaint": "simulasi", **spot}
    contact = await _record(world, correlation, body, repeat=story.repeats())
    async with world.call_desks:
        await _claim(world, correlation, contact)
        await world.clock.sleep(plan.talk_seconds)
        decision = {"disposition": "incident", "kind": plan.kind, "patients": len(plan.endings)}
        incident_id = await _dispose(world, correlation, contact, decision)
    return need(
        await world.client.get("get_incident", f"{BASE}/incidents/{incident_id}", CALL_TAKER, correlation=correlation),
        "get_incident",
    )


async def _record(world: World, correlation: str, body: dict[str, Any], *, repeat: bool) -> str:
    reply = await world.client.call(
        "record_contact", "POST", f"{BASE}/contacts", CALL_TAKER, correlation=correlation, json=body, repeat=repeat
    )
    contact = need(reply, "record_contact")
    world.ledger.contacts[contact["id"]] = ContactFacts(correlation)
    return str(contact["id"])


async def _claim(world: World, correlation: str, contact: str) -> None:
    path = f"{BASE}/contacts/{contact}/claim"
    need(await world.client.call("claim_contact", "POST", path, CALL_TAKER, correlation=correlation), "claim_contact")


async def _dispose(world: World, correlation: str, contact: str, decision: dict[str, Any]) -> str:
    path = f"{BASE}/contacts/{contact}/disposition"
    reply = await world.client.call("dispose_contact", "POST", path, CALL_TAKER, correlation=correlation, json=decision)
    disposed = need(reply, "dispose_contact")
    facts = world.ledger.contacts[contact]
    facts.disposition, facts.incident_id = disposed["disposition"], disposed.get("incident_id")
    return str(facts.incident_id)


def need(reply: Reply, operation: str) -> dict[str, Any]:
    """The data of a success. Raises Unexpected."""
    if not reply.ok:
        raise Unexpected(f"{operation} was refused: {reply.status} {reply.problem}: {reply.data.get('detail')}")
    return reply.data
