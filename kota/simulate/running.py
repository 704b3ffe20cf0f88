"""One run from log-in to account. `run_day` is what the command line and the journey tests call."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from kota.errors import OperatorError
from kota.importing.access import addresses, token_of
from kota.suite import Suite, running_suite

from .callers import live
from .city import City, crew_of, go_on_duty, look
from .clock import Clock
from .hearses import funerals
from .hospitals import divert
from .http import Client, GaveUp, new_http
from .ledger import Ledger
from .options import Options
from .outage import Felt, check, without_broker
from .positions import report_all
from .profile import Day, plan_day
from .reconcile.account import take_account
from .report import Report, clock_time, make_report
from .world import World

STAFF = ("auditor", "dispatcher", "call-taker", "super-app", "fleet", "hearse-officer")
PROGRESS_SECONDS = 0.2
COMFORTABLE_REQUESTS = 16
"""With more requests than these unanswered the simulated clock slows down: a queue that only grows measures nothing."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def run_day(options: Options, progress: Progress = lambda what, done, total: None) -> Report:
    """Simulate a day against the running suite. Raises OperatorError if there is none or it has no master data."""
    gateway_url, issuer_url = addresses(options.gateway, options.issuer)
    own = options.databases and options.gateway is None
    suite = running_suite() if own else None
    if options.broker_down_seconds:
        check(suite)
    return asyncio.run(_run(options, gateway_url, issuer_url, suite, progress))


async def _run(options: Options, gateway_url: str, issuer_url: str, suite: Suite | None, progress: Progress) -> Report:
    tokens = {user: await asyncio.to_thread(token_of, issuer_url, user) for user in STAFF}
    async with new_http(gateway_url) as http:
        client = Client(http, tokens.__getitem__, options.patience)
        city = await _prepare(client, issuer_url, tokens)
        around = [hospital.location for hospital in city.hospitals]
        day = plan_day(options.seed, options.incidents, options.nuisance_per_incident, around)
        world = _world(options, client, city)
        started, since = time.monotonic(), world.clock.wall()
        async with _shown(world, day, progress):
            felt = await _live(world, day, suite, options)
        seconds = time.monotonic() - started
        progress("taking account", 0, 1)
        prefix = world.correlation(0)[:18]
        account = await take_account(client, world.ledger, suite, prefix, since, options.settle_seconds)
        return make_report(options.seed, seconds, world.ledger, client.traffic, world.failures, account, felt)


async def _prepare(client: Client, issuer_url: str, tokens: dict[str, str]) -> City:
    try:
        city = await look(client)
        for unit in city.units:
            tokens[crew_of(unit)] = await asyncio.to_thread(token_of, issuer_url, crew_of(unit))
        await go_on_duty(client, city)
    except GaveUp as error:
        raise OperatorError(f"The API does not answer: {error}.", "See `kota status` and the logs.") from error
    return city


def _world(options: Options, client: Client, city: City) -> World:
    # Half of every correlation id is this run's alone, whatever the seed: two runs of one day must not be mixed up.
    run = secrets.randbits(64)
    clock = Clock(options.speed)
    client.clock = clock.now
    return World(client, clock, Ledger(), city, run, options.seed)


async def _live(world: World, day: Day, suite: Suite | None, options: Options) -> Felt | None:
    down = options.broker_down_seconds
    outage = asyncio.create_task(without_broker(world, check(suite), down)) if down else None
    hospitals = [asyncio.create_task(divert(world, one)) for one in day.diversions]
    positions = asyncio.create_task(report_all(world))
    hearses = asyncio.create_task(funerals(world, day.funerals))
    try:
        await live(world, day)
        await asyncio.gather(*hospitals, hearses)
        return await outage if outage else None
    finally:
        await _cancel(positions, hearses, *hospitals, *([outage] if outage else []))


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _shown(world: World, day: Day, progress: Progress) -> AsyncIterator[None]:
    total = len(day.calls) + len(day.emergencies) + len(day.funerals)

    async def tell() -> None:
        while True:
            progress(clock_time(world.clock.now()), world.calls_done, total)
            world.clock.slow_down(min(1.0, COMFORTABLE_REQUESTS / max(1, world.client.traffic.in_flight)))
            await asyncio.sleep(PROGRESS_SECONDS)

    task = asyncio.create_task(tell())
    try:
        yield
    finally:
        await _cancel(task)


def with_random_seed(options: Options) -> Options:
    """The same options with a seed drawn by chance; the report names it, so that the day can be repeated."""
    return replace(options, seed=secrets.randbelow(1_000_000))
