"""What the API shows of a run: every contact and incident of the ledger once, in the state that was acknowledged."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any

from kota.simulate.http import Client, GaveUp
from kota.simulate.ledger import IncidentFacts, Ledger

from .findings import Finding, compare_bookings, not_reachable

AMBULANCE, HEARSE = "/v1/ambulance", "/v1/hearse"
AT_ONCE, MOST = 16, 200
READERS = {"incidents": "auditor", "contacts": "call-taker"}


async def compare_api(client: Client, ledger: Ledger, since: datetime) -> list[Finding]:
    """Lists and single reads against the ledger. Raises GaveUp when the API does not answer."""
    found = [*await _incidents(client, ledger, since), *await _contacts(client, ledger, since)]
    return [*found, *await _bookings(client, ledger), *await _funerals(client, ledger)]


async def _incidents(client: Client, ledger: Ledger, since: datetime) -> list[Finding]:
    listed = await _list(client, "incidents", "opened_at", since)
    counts = Counter(one["id"] for one in listed)
    findings = [_listed("incident", id, counts[id]) for id in ledger.incidents if counts[id] != 1]
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(id: str, facts: IncidentFacts) -> list[Finding]:
        async with gate:
            reply = await client.get("get_incident", f"{AMBULANCE}/incidents/{id}", "auditor")
        if not reply.ok:
            return [Finding("lost", "api", f"incident {id}: {reply.status}")]
        return compare_incident(id, facts, reply.data, ledger) if ledger.certain(facts.correlation) else []

    results = await asyncio.gather(*(one(id, facts) for id, facts in ledger.incidents.items()))
    return findings + [finding for result in results for finding in result]


def compare_incident(id: str, facts: IncidentFacts, shown: dict[str, Any], ledger: Ledger) -> list[Finding]:
    """One incident as shown, with its patients and assignments."""
    differences = [
        *_differ(f"outcome of incident {id}", facts.closed_as, shown.get("outcome")),
        *_differ(f"patients of incident {id}", facts.patients, len(shown["patients"])),
        *_differ(f"triage of incident {id} given", facts.triaged, shown.get("triage") is not None),
    ]
    for patient in shown["patients"]:
        number = patient["number"]
        differences += _differ(f"outcome of patient {number}", facts.outcomes.get(number), patient.get("outcome"))
    known = {key: one for key, one in ledger.assignments.items() if one.incident_id == id}
    counts = Counter(assignment["id"] for assignment in shown["assignments"])
    differences += [_listed("assignment", key, counts[key]) for key in known.keys() | counts.keys() if counts[key] != 1]
    differences += [
        Finding("doubled", "api", f"assignment {key} nobody asked for") for key in counts.keys() - known.keys()
    ]
    for assignment in shown["assignments"]:
        if (own := known.get(assignment["id"])) and ledger.certain(*own.correlations):
            milestones = Counter(one["milestone"] for one in assignment["milestones"])
            differences += _differ(f"state of assignment {assignment['id']}", own.state, assignment["state"])
            differences += _differ(
                f"milestones of assignment {assignment['id']}", Counter(map(str, own.milestones)), milestones
            )
    return differences


async def _funerals(client: Client, ledger: Ledger) -> list[Finding]:
    found: list[Finding] = []
    for id, facts in ledger.funerals.items():
        reply = await client.get("get_booking", f"{HEARSE}/bookings/{id}", "hearse-officer")
        if not reply.ok:
            found.append(Finding("lost", "api", f"funeral {id}: {reply.status}"))
        elif ledger.certain(facts.correlation):
            trip = reply.data.get("trip") or {}
            done = [one["milestone"] for one in trip.get("milestones", ())]
            found += _differ(f"state of funeral {id}", facts.state, reply.data["state"])
            found += _differ(f"milestones of funeral {id}", facts.milestones, done)
    return found


async def _contacts(client: Client, ledger: Ledger, since: datetime) -> list[Finding]:
    listed = await _list(client, "contacts", "received_at", since)
    counts = Counter(one["id"] for one in listed)
    findings = [_listed("contact", id, counts[id]) for id in ledger.contacts if counts[id] != 1]
    for shown in listed:
        facts = ledger.contacts.get(shown["id"])
        if facts and ledger.certain(facts.correlation):
            findings += _differ(f"contact {shown['id']}", facts.disposition, shown.get("disposition"))
            findings += _differ(f"incident of contact {shown['id']}", facts.incident_id, shown.get("incident_id"))
    return findings


async def _bookings(client: Client, ledger: Ledger) -> list[Finding]:
    deaths, bookings, reachable = ledger.certain_deaths(), Counter[str](), set[str]()
    for incident in set(deaths.values()):
        reply = await client.get("list_bookings", f"{HEARSE}/bookings", "hearse-officer", incident_id=incident)
        if not reply.ok:
            return [Finding("lost", "api", f"the bookings can't be listed: {reply.status} {reply.problem}")]
        bookings.update(one["patient_id"] for one in reply.data["items"])
        reachable |= {one["patient_id"] for one in reply.data["items"] if one.get("reporter")}
    return compare_bookings(deaths, bookings, "api") + not_reachable(deaths, ledger.next_of_kin, reachable, "api")


async def _list(client: Client, what: str, moment: str, since: datetime) -> list[dict[str, Any]]:
    """All items since a moment, newest first. Raises GaveUp if the list is refused."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        path = f"{AMBULANCE}/{what}"
        reply = await client.get(f"list_{what}", path, READERS[what], limit=MOST, cursor=cursor)
        if not reply.ok:
            raise GaveUp(f"list_{what}: {reply.status} {reply.problem}")
        page = [one for one in reply.data["items"] if datetime.fromisoformat(one[moment]) >= since]
        items += page
        cursor = reply.data.get("next")
        if cursor is None or len(page) < len(reply.data["items"]):
            return items


def _listed(what: str, id: str, times: int) -> Finding:
    return Finding("doubled" if times > 1 else "lost", "api", f"{what} {id} stands {times} times in the list")


def _differ(what: str, wanted: Any, shown: Any) -> list[Finding]:
    return [] if wanted == shown else [Finding("different", "api", f"{what}: {shown} instead of {wanted}")]
