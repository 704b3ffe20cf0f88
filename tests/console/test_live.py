"""A feed shared by many: asked once for all, told of every change, closed when nobody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from console.live.browser import _said
from console.live.group import Group
from console.live.upstream import LOST, OPENED, Heard
from console.session.session import Session


class Feed(Group):
    """Hears what a test says."""

    def hear(self, *heard: Heard) -> None:
        for one in heard:
            self._hear(one)


@pytest.fixture
async def group() -> AsyncIterator[Feed]:
    async with httpx.AsyncClient() as http:
        made = Feed(http)
        made.hear(OPENED)
        yield made


def event(kind: str, number: int, *about: str) -> Heard:
    return Heard(f"{kind}.v1", f"{number}-x", frozenset(about))


async def test_many_ask_at_once_and_one_request_is_made(group: Feed) -> None:
    asked = 0

    async def ask() -> int:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return asked

    assert await asyncio.gather(*(group.shared("x", ("a",), ask, 60) for _ in range(50))) == [1] * 50
    group.hear(event("a.thing-done", 1))
    assert await group.shared("x", ("a",), ask, 60) == 2
    group.hear(event("b.thing-done", 2))
    assert await group.shared("x", ("a",), ask, 60) == 2  # no business of this list
    assert await group.shared("x", ("a",), ask, -1) == 3  # too old


async def test_what_changes_while_it_is_asked_for_is_asked_for_again(group: Feed) -> None:
    answers, go = iter(("old", "new")), asyncio.Event()

    async def ask() -> str:
        answer = next(answers)
        await go.wait()
        return answer

    first = asyncio.create_task(group.shared("x", ("a",), ask, 60))
    await asyncio.sleep(0)
    group.hear(event("a.thing-done", 1))
    second = asyncio.create_task(group.shared("x", ("a",), ask, 60))
    await asyncio.sleep(0)
    go.set()
    assert (await first, await second) == ("old", "new")


async def test_who_goes_away_takes_the_answer_from_nobody_and_a_failure_is_everybodys_once(group: Feed) -> None:
    go, asked = asyncio.Event(), 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        await go.wait()
        if asked == 1:
            raise RuntimeError("no answer")
        return "answer"

    gone, *others = (asyncio.create_task(group.shared("x", ("a",), ask, 60)) for _ in range(3))
    await asyncio.sleep(0)
    gone.cancel()
    go.set()
    results = await asyncio.gather(*others, return_exceptions=True)
    assert [str(one) for one in results] == ["no answer"] * 2 and asked == 1
    assert await group.shared("x", ("a",), ask, 60) == "answer"


async def test_without_a_feed_nobody_is_given_anothers_list(group: Feed) -> None:
    answers = iter(range(9))

    async def ask() -> int:
        return next(answers)

    group.hear(LOST)
    assert not group.fresh
    assert [await group.shared("x", ("a",), ask, 60) for _ in range(3)] == [0, 1, 2]


async def test_marks_tell_whether_something_has_changed_since_a_page_was_written(group: Feed) -> None:
    mark, number = group.mark, group.number
    assert group.since(number) == []
    group.hear(event("ambulance.unit-dispatched", 1, "incident-1", "AMB-01"), event("hearse.booking-drafted", 2))
    assert group.mark != mark
    assert _said(group.since(number) or []) == {"topics": ["ambulance.unit", "hearse.booking"], "about": None}
    first = [change for change in group.since(number) or [] if change.about]
    assert _said(first) == {"topics": ["ambulance.unit"], "about": ["AMB-01", "incident-1"]}
    before = group.mark
    group.hear(Heard("resync"))
    assert group.mark != before
    for number_ in range(3000):
        group.hear(event("a.b", number_))
    assert group.since(number) is None  # too much to remember: begin anew


async def test_a_feed_that_comes_back_where_it_broke_off_is_no_reason_to_begin_anew(group: Feed) -> None:
    group.hear(event("a.b", 1))
    epoch = group.epoch
    group.hear(LOST, OPENED)
    assert group.epoch == epoch and group.fresh


async def test_a_group_is_idle_only_when_nobody_has_come_for_a_while(
    group: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr("console.live.group.time.monotonic", lambda: now + 60)
    assert group.idle
    group.join(Session("1", "s", "n", "t", "", time.time() + 60, time.time()))
    assert not group.idle
