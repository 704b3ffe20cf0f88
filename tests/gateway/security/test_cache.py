"""Tokens that were verified already: bounded, forgotten at their end, and cheap."""

from __future__ import annotations

import time
from itertools import pairwise

from .conftest import Door
from .servers import Clock, IssuerServer

CHEAP_SECONDS = 20e-6


def run_to_end(coroutine: object) -> object:
    """The result of a coroutine that never waits. An AssertionError if it waits."""
    try:
        coroutine.send(None)  # type: ignore[attr-defined]
    except StopIteration as done:
        return done.value
    raise AssertionError("it waited")


async def test_a_known_token_waits_for_nothing_and_is_the_same_actor(door: Door, issuer: IssuerServer) -> None:
    token = issuer.staff_token()
    first = await door.actor(token)
    assert run_to_end(door.authenticator.actor(f"Bearer {token}")) is first


async def test_a_known_token_is_cheap(door: Door, issuer: IssuerServer) -> None:
    header = f"Bearer {issuer.staff_token()}"
    await door.authenticator.actor(header)
    marks = [time.perf_counter()]
    for _ in range(30):
        for _ in range(100):
            await door.authenticator.actor(header)
        marks.append(time.perf_counter())
    # The best of many short runs: other processes of the machine must not decide this.
    assert min(later - earlier for earlier, later in pairwise(marks)) / 100 < CHEAP_SECONDS


async def test_no_more_tokens_are_remembered_than_allowed(door: Door, issuer: IssuerServer) -> None:
    for number in range(120):
        await door.actor(issuer.staff_token(sub=f"demo-{number}"))
    assert len(door.authenticator._known) == 50


async def test_a_remembered_token_ends_with_the_token(door: Door, issuer: IssuerServer, clock: Clock) -> None:
    token = issuer.staff_token(exp=int(clock.now) + 100)
    await door.actor(token)
    clock.now += 161
    assert await door.reason(token) == "expired"


async def test_refusals_are_not_remembered(door: Door, issuer: IssuerServer, clock: Clock) -> None:
    token = issuer.staff_token(nbf=int(clock.now) + 100)
    assert await door.reason(token) == "claim-nbf"
    clock.now += 100
    assert (await door.actor(token)).subject == "demo-somebody"
    assert await door.reason(token + "x") in {"signature", "malformed"}


async def test_nothing_of_a_token_is_kept(door: Door, issuer: IssuerServer) -> None:
    token = issuer.staff_token()
    await door.actor(token)
    assert all(len(key) == 32 for key in door.authenticator._known)
    assert token.rpartition(".")[2] not in repr(list(door.authenticator._known.items()))
