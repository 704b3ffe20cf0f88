"""Devices beside dispatchers: `python -m bench.positions`; exit code 1 when a goal is missed.

200 units report where they are once a second (each sends what it has every few seconds) while dispatchers ask 20
times a second for five minutes: an incident is opened, units are recommended, one is sent, called back, the incident
closed. The slowest hundredth of the dispatches is compared with that of the same work without devices, before and
after. The whole recommendation over HTTP is measured too. Arrivals keep their own time: a slow answer delays none of
them.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bench.console import running_suite
from bench.console_board import UNITS, Board
from kota.issuer.client import token
from tests.support.suite import Installation

TIMES, RECOMMENDATION_MS = 2.0, 25.0
CYCLES_A_SECOND, REQUESTS_A_CYCLE = 4, 5
METRES_A_SECOND, DEGREE = 12.0, 111_000.0
USERS = ("manager", "fleet", "dispatcher")


class Devices:
    """What the crews' devices do: drive about and report it."""

    def __init__(self, http: httpx.AsyncClient, tokens: dict[str, str], every: float, seed: int = 11) -> None:
        self._http, self._tokens, self._every, self._random = http, tokens, every, random.Random(seed)
        self.answers: Counter[str] = Counter()
        self.sent = 0

    async def run(self, until: float) -> None:
        """All of them, out of step."""
        await asyncio.gather(*(self._one(unit, until) for unit in self._tokens))

    async def _one(self, unit: str, until: float) -> None:
        east, north = self._random.uniform(106.6, 106.7), self._random.uniform(-6.22, -6.12)
        step = self._random.choice((-1, 1)) * METRES_A_SECOND / DEGREE
        told = datetime.now(UTC) - timedelta(seconds=self._every)
        await asyncio.sleep(self._random.uniform(0, self._every))
        while time.perf_counter() < until:
            began, fixes = time.perf_counter(), []
            while (told := told + timedelta(seconds=1)) <= datetime.now(UTC):
                east += step
                at = {"type": "Point", "coordinates": [round(east, 6), round(north, 6)]}
                fixes.append({"unit_id": unit, "location": at, "at": told.isoformat()})
            told -= timedelta(seconds=1)
            if fixes:
                await self._send(unit, fixes)
            await asyncio.sleep(max(0.0, began + self._every - time.perf_counter()))

    async def _send(self, unit: str, fixes: list[dict[str, Any]]) -> None:
        headers = {"Authorization": f"Bearer {self._tokens[unit]}"}
        try:
            reply = await self._http.post("/v1/ambulance/positions", json={"positions": fixes}, headers=headers)
        except httpx.HTTPError as error:
            self.answers[type(error).__name__] += 1
            return
        self.answers[str(reply.status_code)] += 1
        if reply.status_code == httpx.codes.OK:
            self.sent += int(reply.json()["accepted"])


class Dispatchers:
    """Cycles of a dispatcher's work; milliseconds by step."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.failed: Counter[str] = Counter()

    async def run(self, seconds: float) -> None:
        """At their own pace, whatever the answers take."""
        began, cycles = time.perf_counter(), set()
        for number in range(int(seconds * CYCLES_A_SECOND)):
            await asyncio.sleep(max(0.0, began + number / CYCLES_A_SECOND - time.perf_counter()))
            cycles.add(asyncio.ensure_future(self._cycle()))
        await asyncio.gather(*cycles)

    async def _cycle(self) -> None:
        try:
            told = {"complaint": "sesak napas", "landmark": "Jl. Contoh 1", "location": self._board.point()}
            incident = await self._timed("open", "POST", "incidents", told)
            path = f"incidents/{incident['id']}"
            ranking = await self._timed("recommendation", "GET", f"{path}/recommendation")
            sent = await self._timed("dispatch", "POST", f"{path}/assignments", {"unit_id": ranking["recommended"]})
            await self._timed("release", "POST", f"assignments/{sent['id']}/release", {"reason": "salah alamat"})
            await self._timed("close", "POST", f"{path}/closure", {"outcome": "unfounded"})
        except httpx.HTTPStatusError as refused:
            self.failed[str(refused.response.status_code)] += 1
        except httpx.HTTPError as error:
            self.failed[type(error).__name__] += 1

    async def _timed(self, step: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        began = time.perf_counter()
        reply = await self._board.ask("dispatcher", method, path, body)
        self.waits[step].append((time.perf_counter() - began) * 1000)
        return reply


def percentile(waits: list[float], part: float) -> float:
    """The nearest rank."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


async def turn(running: Installation, tokens: dict[str, str], seconds: float, every: float | None) -> Dispatchers:
    """Dispatchers for so long, with devices that report so often, or none; what it was like is printed."""
    limits = httpx.Limits(max_connections=300, max_keepalive_connections=300)
    async with httpx.AsyncClient(base_url=running.suite.gateway_url, timeout=30.0, limits=limits) as http:
        asked = Dispatchers(Board(http, tokens))
        crews = {name: value for name, value in tokens.items() if name not in USERS}
        devices = Devices(http, crews, every or 1.0)
        work = [asked.run(seconds)]
        if every is not None:
            work.append(devices.run(time.perf_counter() + seconds))
        await asyncio.gather(*work)
    name = "quiet" if every is None else "with devices"
    for step, waits in asked.waits.items():
        p50, p95, p99 = (percentile(waits, part) for part in (0.5, 0.95, 0.99))
        figures = f"p50 {p50:6.1f}   p95 {p95:6.1f}   p99 {p99:6.1f} ms   ({len(waits)})"
        print(f"{name:13} {step:15} {figures}", flush=True)
    if asked.failed:
        print(f"{name:13} not done: {dict(asked.failed)}")
    if every is not None:
        print(f"{name:13} {devices.sent / seconds:.0f} positions a second accepted; answers {dict(devices.answers)}")
    return asked


def main() -> None:
    """Quiet, with devices, quiet again."""
    parser = argparse.ArgumentParser(prog="python -m bench.positions", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="with devices; half as long before and after")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two batches of a device")
    options = parser.parse_args()
    with running_suite() as running:
        tokens = {user: token(running.suite.issuer_url, user) for user in USERS}
        asyncio.run(_units(running, tokens))
        for number in range(1, UNITS + 1):
            tokens[f"A-{number:03d}"] = token(running.suite.issuer_url, f"crew-a-{number:03d}")
        half = options.seconds / 2
        asyncio.run(turn(running, tokens, 10.0, None))  # warmed up
        turns = [
            asyncio.run(turn(running, tokens, *each))
            for each in ((half, None), (options.seconds, options.every), (half, None))
        ]
    quiet = percentile(turns[0].waits["dispatch"] + turns[2].waits["dispatch"], 0.99)
    loud = percentile(turns[1].waits["dispatch"], 0.99)
    recommended = percentile(turns[0].waits["recommendation"] + turns[2].waits["recommendation"], 0.95)
    print(f"dispatch's p99 with {UNITS} devices / quiet: {loud / quiet:.2f}")
    print(f"recommendation, quiet: p95 {recommended:.1f} ms")
    missed = [f"dispatch's p99: {loud / quiet:.2f} times, goal {TIMES:.0f}"] if loud > TIMES * quiet else []
    if recommended > RECOMMENDATION_MS:
        missed.append(f"recommendation: p95 {recommended:.1f} ms, goal {RECOMMENDATION_MS:.0f}")
    missed += [f"not done: {dict(one.failed)}" for one in turns if one.failed]
    for miss in missed:
        print(f"MISSED: {miss}")
    sys.exit(1 if missed else 0)


async def _units(running: Installation, tokens: dict[str, str]) -> None:
    """The fleet, on duty; no incident but those of the dispatchers."""
    async with httpx.AsyncClient(base_url=running.suite.gateway_url, timeout=30.0) as http:
        await Board(http, tokens).fleet()


if __name__ == "__main__":
    main()
