"""A simulated day without its broker for a while: stopped by the supervisor, started again, and what was felt of it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from kota.errors import OperatorError
from kota.programs import ENGINES, rabbitmq_of
from kota.suite import Suite
from kota.supervisor import Supervisor
from kota.waiting import wait_until

from .http import Traffic
from .world import World

BEGINS = 10 * 3600.0
"""Ten in the morning, when the day is busy."""
BACK_SECONDS = 120.0
BROKER = f"{ENGINES}:rabbitmq"
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(s|m|h)", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass
class Felt:
    """Of an outage: simulated seconds since midnight, requests answered meanwhile, how many needed another try."""

    began: float = 0.0
    ended: float = 0.0
    requests: int = 0
    tried_again: int = 0


def span(text: str) -> float:
    """Seconds of `90s`, `30m` or `1h`. Raises OperatorError for anything else."""
    match = _SPAN.fullmatch(text.strip())
    if match is None or not float(match[1]):
        raise OperatorError(f"{text!r} is no span of time.", "Say 90s, 30m or 1h.")
    return float(match[1]) * _SECONDS[match[2]]


def check(suite: Suite | None) -> Suite:
    """Raise OperatorError when the broker is not ours to stop."""
    if suite is None or not suite.own_broker:
        raise OperatorError("This suite's broker is not ours to stop.", "Leave --broker-down-for out.")
    return suite


async def without_broker(world: World, suite: Suite, seconds: float) -> Felt:
    """Stop it at ten, start it so many simulated seconds later."""
    supervisor = Supervisor(suite.home)
    await world.clock.until(BEGINS)
    felt = Felt()
    await asyncio.to_thread(supervisor.stop, BROKER)
    felt.began, before = world.clock.now(), _count(world.client.traffic)
    await world.clock.sleep(seconds)
    felt.ended, after = world.clock.now(), _count(world.client.traffic)
    felt.requests, felt.tried_again = after[0] - before[0], after[1] - before[1]
    supervisor.start(BROKER)
    await asyncio.to_thread(wait_until, rabbitmq_of(suite).is_ready, "the broker to be back", limit=BACK_SECONDS)
    return felt


def _count(traffic: Traffic) -> tuple[int, int]:
    return sum(map(len, traffic.seconds.values())), sum(traffic.retries.values())
