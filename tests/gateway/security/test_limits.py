"""Fair shares, and the emergency intake's own."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from contracts.problems import TooManyRequests
from gateway.limits import INTAKE, Limiter

from .servers import Clock

GENERAL, EMERGENCY = "ambulance.list_units", "ambulance.open_incident"
CHEAP_SECONDS = 30e-6


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The library's time, standing at the beginning of a minute."""
    clock = Clock(60 * 30_000_000.0)
    monkeypatch.setattr("time.time", clock)
    return clock


def passes(limiter: Limiter, client: str, operation: str, times: int) -> int:
    """How many of so many requests are let through."""
    done = 0
    for _ in range(times):
        try:
            limiter.check(client, operation)
        except TooManyRequests:
            continue
        done += 1
    return done


def test_so_many_a_minute_and_each_client_for_itself(at: Clock) -> None:
    limiter = Limiter(10, 20)
    assert [passes(limiter, client, GENERAL, 15) for client in ("a", "b")] == [10, 10]


@pytest.mark.parametrize("operation", sorted(INTAKE))
def test_other_traffic_cannot_drain_emergency_intake(at: Clock, operation: str) -> None:
    limiter = Limiter(10, 20)
    assert passes(limiter, "a", GENERAL, 500) == 10
    assert passes(limiter, "a", operation, 30) == 20
    assert passes(limiter, "b", operation, 30) == 20


def test_intake_does_not_drain_the_rest(at: Clock) -> None:
    limiter = Limiter(10, 20)
    assert passes(limiter, "a", EMERGENCY, 30) == 20
    assert passes(limiter, "a", GENERAL, 15) == 10


@pytest.mark.parametrize("history", [[(0.0, 10)], [(59.0, 10)], [(30.0, 6), (65.0, 10)], [(0.0, 10), (61.0, 10)]])
def test_the_refusal_says_when_to_come_back_and_keeps_its_word(at: Clock, history: list[tuple[float, int]]) -> None:
    limiter, start = Limiter(10, 20), at.now
    for second, requests in history:
        at.now = start + second
        passes(limiter, "a", GENERAL, requests)
    with pytest.raises(TooManyRequests) as refused:
        limiter.check("a", GENERAL)
    wait = refused.value.data.retry_after
    assert wait is not None and 1 <= wait <= 61
    at.now += wait
    limiter.check("a", GENERAL)


def test_no_burst_of_twice_the_limit_at_the_turn_of_a_minute(at: Clock) -> None:
    limiter = Limiter(100, 0)
    at.now += 59.9
    assert passes(limiter, "a", GENERAL, 200) == 100
    at.now += 0.2
    assert passes(limiter, "a", GENERAL, 200) <= 2


def test_nought_is_no_limit() -> None:
    assert passes(Limiter(0, 0), "a", GENERAL, 5000) == 5000


def test_a_negative_limit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="general limit is -1"):
        Limiter(-1, 0)


def test_a_check_is_cheap() -> None:
    limiter = Limiter(10**9, 10**9)
    marks = [time.perf_counter()]
    for _ in range(30):
        for _ in range(100):
            limiter.check("a", GENERAL)
        marks.append(time.perf_counter())
    assert min(later - earlier for earlier, later in pairwise(marks)) / 100 < CHEAP_SECONDS
