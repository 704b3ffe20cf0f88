"""The dispatch desk on a busy night: `python -m bench.console`; exit code 1 when a goal is missed.

200 units and 300 open incidents, in Chromium: first contentful paint, the page's weight without the map, and how long
an incident takes from the caller's request to the screen. Then 100 consoles are open, and the gateway answers a
dispatcher as before: by turns with and without them, while something happens in the city every second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from bench.console_board import Board
from kota.issuer.client import token
from tests.support.api import Api
from tests.support.browser.screen import WIDE, Screen, launch, screen
from tests.support.suite import Installation

CALL = {"complaint": "sesak", "location": {"type": "Point", "coordinates": [106.65, -6.18]}}
PAINT_MS, SCREEN_MS, KILOBYTES, TIMES = 1000.0, 1000.0, 300.0, 2.0
USERS = ("manager", "fleet", "dispatcher")
WATCH = """
window.seen = {};
const look = () => {
  const now = performance.timeOrigin + performance.now();
  for (const row of document.querySelectorAll('.row-incident')) seen[row.id] ??= now;
};
new MutationObserver(look).observe(document.getElementById('list-incidents'), { childList: true, subtree: true });
look();
"""
WEIGHT = """
[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(one => !/leaflet|map|peta|kabar/.test(one.name)).reduce((sum, one) => sum + one.encodedBodySize, 0)
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def main() -> None:
    """Load the board, measure, compare with the goals."""
    parser = argparse.ArgumentParser(prog="python -m bench.console", description=__doc__)
    parser.add_argument("--consoles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each turn")
    options = parser.parse_args()
    with running_suite() as running:
        tokens = {user: token(running.suite.issuer_url, user) for user in USERS}

        incidents = asyncio.run(_loaded(running, tokens))
        print(f"{len(incidents)} incidents are open", flush=True)
        missed = _browser(running)
        missed += _gateway(running, tokens, incidents, options)
    for miss in missed:
        print(f"MISSED: {miss}")
    sys.exit(1 if missed else 0)


@contextmanager
def running_suite() -> Iterator[Installation]:
    """The whole suite, of its own, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kota-bench-", ignore_cleanup_errors=True) as folder:
        made = Installation(Path(folder))
        try:
            made.up(KOTA_PORTS="free")
            yield made
        finally:
            made.kota("down")


async def _loaded(running: Installation, tokens: dict[str, str]) -> list[str]:
    async with httpx.AsyncClient(base_url=running.suite.gateway_url, timeout=30.0) as http:
        return await Board(http, tokens).load()


def _browser(running: Installation) -> list[str]:
    with sync_playwright() as playwright, running.api() as api:
        browser = launch(playwright)
        with screen(browser, running.suite, WIDE) as one:
            one.log_in("dispatcher", "/gawat-darurat")
            paints = sorted(_paint(one) for _ in range(10))
            weight = float(one.page.evaluate(WEIGHT)) / 1000
            one.wait_live()
            one.page.evaluate(WATCH)
            waits = sorted(_until_seen(one, api) for _ in range(40))
        browser.close()
    paint, wait = paints[-1], waits[int(len(waits) * 0.95)]
    print(f"first contentful paint   median {statistics.median(paints):5.0f} ms   worst of 10 {paint:5.0f} ms")
    print(f"page without the map     {weight:5.0f} kB, compressed")
    print(f"request to screen        median {statistics.median(waits):5.0f} ms   p95 {wait:5.0f} ms", flush=True)
    goals = (("paint", paint, PAINT_MS), ("request to screen", wait, SCREEN_MS), ("weight", weight, KILOBYTES))
    return [f"{what}: {value:.0f}, goal {goal:.0f}" for what, value, goal in goals if value > goal]


def _paint(one: Screen) -> float:
    one.go("/gawat-darurat")
    one.page.wait_for_selector(".row-incident")
    one.page.wait_for_function(PAINT + " !== null")
    return float(one.page.evaluate(PAINT))


def _until_seen(one: Screen, api: Api) -> float:
    """From just before the request is sent, so that the command itself is in it."""
    began = time.time() * 1000
    row = f"incident-{api.post('dispatcher', '/v1/ambulance/incidents', CALL)['id']}"
    one.page.wait_for_function("id => id in seen", arg=row, timeout=20_000)
    return float(one.page.evaluate("id => seen[id]", row)) - began


def _gateway(
    running: Installation, tokens: dict[str, str], incidents: Sequence[str], options: argparse.Namespace
) -> list[str]:
    cookie = _cookie(running)
    figures: dict[str, list[float]] = {"quiet": [], "consoles": []}
    for number in range(1, options.rounds + 1):
        for name, found in figures.items():
            with _consoles(running, cookie, options.consoles if name == "consoles" else 0) as told:
                waits = asyncio.run(_asked(running, tokens, incidents, options.seconds))
            # Only now has the process of the consoles said what it did.
            p50, p99 = (waits[int(len(waits) * part)] for part in (0.5, 0.99))
            found.append(p99)
            print(f"round {number}  {name:9} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   {told or ''}", flush=True)
    quiet, loaded = (statistics.median(figures[name]) for name in ("quiet", "consoles"))
    print(f"gateway's p99 with {options.consoles} consoles / quiet: {loaded / quiet:.2f}")
    return [f"p99: {loaded / quiet:.2f} times, goal {TIMES:.0f}"] if loaded > TIMES * quiet else []


async def _asked(
    running: Installation, tokens: dict[str, str], incidents: Sequence[str], seconds: float
) -> list[float]:
    """A dispatcher who looks at an incident ten times a second, whatever the answers take; something happens once a
    second meanwhile. Milliseconds, in order."""
    waits: list[float] = []
    async with httpx.AsyncClient(base_url=running.suite.gateway_url, timeout=30.0) as http:
        board, tasks = Board(http, tokens), set()

        async def look(number: int) -> None:
            began = time.perf_counter()
            await board.ask("dispatcher", "GET", f"incidents/{incidents[number % len(incidents)]}")
            waits.append((time.perf_counter() - began) * 1000)

        began = time.perf_counter()
        for tick in range(int(seconds * 10)):
            await asyncio.sleep(max(0.0, began + tick / 10 - time.perf_counter()))
            deeds: list[Awaitable[Any]] = [look(tick)]
            if tick % 10 == 5:
                told = {"triage": ("merah", "kuning", "hijau")[tick // 10 % 3]}
                deeds.append(board.ask("dispatcher", "POST", f"incidents/{incidents[tick % 50]}/triage", told))
            tasks |= {asyncio.ensure_future(deed) for deed in deeds}
        await asyncio.gather(*tasks)
    return sorted(waits)


def _cookie(running: Installation) -> str:
    """Of a dispatcher who has logged in."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with screen(browser, running.suite) as one:
            one.log_in("dispatcher", "/gawat-darurat")
            kept = one.context.cookies(running.suite.console_url)
        browser.close()
    return "; ".join(f"{one['name']}={one['value']}" for one in kept)


@contextmanager
def _consoles(running: Installation, cookie: str, count: int) -> Iterator[dict[str, Any]]:
    told: dict[str, Any] = {}
    if not count:
        yield told
        return
    command = [sys.executable, "-m", "bench.console_screens", running.suite.console_url, cookie, str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin and process.stdout
    try:
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the consoles did not open")
        yield told
        process.stdin.close()
        told |= json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    main()
