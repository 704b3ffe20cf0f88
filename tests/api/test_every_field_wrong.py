"""Whatever is wrong with whatever field of whatever route: a problem that points at it, soon, and without its value."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any
from zlib import crc32

import httpx
import pytest

from gateway.routes import ROUTES

from .cases import Bench, Case
from .suite import Suite
from .wrong import UUID

AT_ONCE = 24
PATIENCE = 5.0
"""Seconds that a refusal may take."""
SLOW = "answered only after"
EACH_BY_ITSELF = ("/v1/ambulance/positions", "/positions")
"""A batch whose members are judged each by itself: a wrong one is named in the reply, and holds up no other."""
FEWEST = 1500
"""Cases; fewer means that the generator has lost its fields."""

JSON = [route for route in ROUTES if not route.upload]
CASES = [case for route in JSON for case in Bench(route).cases()]
WHOLE, ONE_IN = 1, 30
"""The same fault of a field of the same name is tried on so many routes; on the others one fault in so many."""


def _some() -> list[Case]:
    """Every field of every route in some way, every way somewhere; all of them are in `make stress`."""
    seen, tried, chosen = Counter[tuple[str, str]](), set[tuple[str, str]](), list[Case]()
    for case in CASES:
        way = (case.pointer.rpartition("/")[2], case.label)
        seen[way] += 1
        draw = crc32(f"{case.route.operation} {case.pointer} {case.label}".encode())
        field = (case.route.operation, case.pointer)
        if seen[way] <= WHOLE or draw % ONE_IN == 0 or field not in tried:
            chosen.append(case)
            tried.add(field)
    return chosen


@pytest.mark.timeout(240)
async def test_every_wrong_field_is_refused_where_it_stands(suite: Suite) -> None:
    await _all_refused(suite, _some())


@pytest.mark.stress
@pytest.mark.timeout(600)
async def test_every_wrong_field_in_every_way(suite: Suite) -> None:
    await _all_refused(suite, CASES)


async def _all_refused(suite: Suite, cases: list[Case]) -> None:
    assert len(cases) >= FEWEST
    faults = [fault for fault in await _judged(suite, cases, _fault) if fault]
    assert not faults, f"{len(faults)} of {len(cases)} cases:\n" + "\n".join(faults[:60])


@pytest.mark.timeout(240)
async def test_the_same_requests_without_the_fault_are_understood(suite: Suite) -> None:
    """Else the test above would prove nothing: every request could be refused for something else."""
    cases = [Bench(route).valid() for route in JSON]
    faults = [fault for fault in await _judged(suite, cases, _misunderstood) if fault]
    assert not faults, "\n".join(faults)


def test_a_prank_without_its_reason_points_at_the_reason(suite: Suite) -> None:
    url = f"{suite.url}/v1/ambulance/contacts/{UUID}/disposition"
    for body in ({"disposition": "prank"}, {"disposition": "prank", "reason": " "}):
        reply = httpx.post(url, json=body, headers=suite.headers("dispatcher"), timeout=10)
        assert [error["pointer"] for error in reply.json()["errors"]] == ["/reason"]


async def _judged(suite: Suite, cases: list[Case], judge: Any) -> list[str]:
    gate = asyncio.Semaphore(AT_ONCE)
    users = {case.user: suite.headers(case.user) for case in cases}
    async with httpx.AsyncClient(base_url=suite.url, timeout=PATIENCE * 12) as client:

        async def ask(case: Case) -> str:
            headers = users[case.user] | ({} if case.body is None else {"content-type": "application/json"})
            async with gate:
                started = time.monotonic()
                reply = await client.request(case.route.method, case.url, content=case.body, headers=headers)
            fault: str = judge(case, reply, time.monotonic() - started)
            return fault and f"{case}: {fault} (status {reply.status_code}, {reply.text[:300]})"

        found = list(await asyncio.gather(*map(ask, cases)))
        # On a busy machine any of them may be late; one that is the reason itself is late again.
        late = [place for place, fault in enumerate(found) if SLOW in fault]
        again = await asyncio.gather(*(ask(cases[place]) for place in late))
        return [dict(zip(late, again, strict=True)).get(place, fault) for place, fault in enumerate(found)]


def _fault(case: Case, reply: httpx.Response, seconds: float) -> str:
    if reply.status_code == 200 and case.route.path == EACH_BY_ITSELF[0] and case.pointer.startswith(EACH_BY_ITSELF[1]):
        return _fault_of_one(case, reply)
    if not 400 <= reply.status_code < 500:
        return "not refused"
    if reply.headers["content-type"] != "application/problem+json":
        return "not a problem document"
    if seconds > PATIENCE:
        return f"{SLOW} {seconds:.1f} s"
    if case.echo and case.echo in reply.text:
        return "repeats what was sent"
    problem = reply.json()
    if case.unreadable and problem["type"] == "/problems/malformed" and reply.status_code == 400:
        return ""
    pointers = [error["pointer"] for error in problem.get("errors", [])]
    return "" if any(_points_at(pointer, case.pointer) for pointer in pointers) else f"points at {pointers}"


def _fault_of_one(case: Case, reply: httpx.Response) -> str:
    told = reply.json()
    if told["accepted"] != 0:
        return "accepted"
    if case.echo and case.echo in reply.text:
        return "repeats what was sent"
    pointers = [error["pointer"] for error in told["errors"]]
    return "" if any(_points_at(pointer, case.pointer) for pointer in pointers) else f"points at {pointers}"


def _points_at(pointer: str, field: str) -> bool:
    """At the field, at something inside of it, or at the nearest thing around it that is a field itself."""
    if not field:
        return pointer in ("", "/")
    return f"{pointer}/".startswith(f"{field}/") or (
        pointer.count("/") >= max(1, field.count("/") - 1) and f"{field}/".startswith(f"{pointer}/")
    )


def _misunderstood(case: Case, reply: httpx.Response, seconds: float) -> str:
    if case.route.scope == "education:family" and reply.status_code == 403:
        return ""  # read and understood; no citizen is named
    if seconds > PATIENCE:
        return f"{SLOW} {seconds:.1f} s"
    if reply.status_code == 422 and {error["code"] for error in reply.json()["errors"]} == {"unknown"}:
        return ""  # read and understood; what the body names is not there, as 404 says of the path
    return "" if reply.status_code < 300 or reply.status_code in (404, 409, 412) else "not understood"
