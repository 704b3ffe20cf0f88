"""Simulated time follows the wall clock, also after it was slowed down."""

from __future__ import annotations

import asyncio

from kota.simulate.clock import Clock


def test_a_change_of_speed_never_moves_the_time() -> None:
    wall = [100.0]
    clock = Clock(600, lambda: wall[0])
    wall[0] += 2
    assert clock.now() == 1200
    clock.slow_down(0.5)
    assert (clock.now(), clock.speed) == (1200, 300)
    wall[0] += 1
    assert clock.now() == 1500
    clock.slow_down(1.0)
    wall[0] += 1
    assert clock.now() == 2100


async def test_waiting_for_a_moment_that_has_passed_ends_at_once() -> None:
    clock = Clock(1.0)
    async with asyncio.timeout(1):
        await clock.until(-5)
        await clock.sleep(0)
