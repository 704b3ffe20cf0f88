"""People who may see the same: one feed, and lists that are asked for once for all of them."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import httpx

from ..session.session import Session
from .upstream import LOST, OPENED, Heard, listen

T = TypeVar("T")
LINGER_SECONDS = 30.0
FRESH_SECONDS = 5.0
REMEMBERED = 2000
STREAM = "stream"
"""Where events come from as a rule; `services` while the broker is away."""


async def _ask(kept: _Shared, now: int, ask: Callable[[], Awaitable[T]]) -> T:
    """`now`: the count of changes before asking. What changes meanwhile is asked for again."""
    try:
        value = await ask()
        kept.value, kept.seen, kept.at = value, now, time.monotonic()
        return value
    finally:
        kept.asking = None


def within(changed: str, topic: str) -> bool:
    """True if the one is the other or a part of it: `ambulance` and `ambulance.unit`."""
    return f"{changed}.".startswith(f"{topic}.") or f"{topic}.".startswith(f"{changed}.")


@dataclass(frozen=True)
class Change:
    """`topic`: `ambulance.incident` for an event called ambulance.incident-opened.v1, or a whole service."""

    number: int
    topic: str
    about: frozenset[str]


@dataclass
class _Shared:
    """What was asked for last, and when and at which count of changes."""

    value: Any = None
    at: float = 0.0
    seen: int = -1
    asking: asyncio.Task[Any] | None = None
    asked_at: int = -1


class Group:
    """`mark` names the state that a page was written at: another one says that something has changed since."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._session: Session | None = None
        self._task: asyncio.Task[None] | None = None
        self._changes: dict[str, int] = {}
        self._shared: dict[Any, _Shared] = {}
        self._wake = asyncio.Event()
        self._left_at = time.monotonic()
        self._heard_at = 0.0
        self.listeners = 0
        self.epoch = 0
        self._name = secrets.token_hex(4)
        self._anything = 0
        self._news: deque[Change] = deque(maxlen=REMEMBERED)
        self._resumable = False
        self.source = STREAM

    def join(self, session: Session) -> None:
        """Somebody who may see what all of the group may; the token that is good longest opens the feed."""
        if self._session is None or session.expires_at > self._session.expires_at:
            self._session = session
        self._left_at = time.monotonic()

    @property
    def fresh(self) -> bool:
        """True while the gateway tells us everything."""
        return time.monotonic() - self._heard_at < FRESH_SECONDS

    @property
    def idle(self) -> bool:
        """True when nobody has listened for a while."""
        return self.listeners == 0 and time.monotonic() - self._left_at > LINGER_SECONDS

    def count(self, topics: tuple[str, ...]) -> int:
        """Grows with every change of one of these."""
        return self.epoch + sum(count for name, count in self._changes.items() if any(within(name, t) for t in topics))

    @property
    def mark(self) -> str:
        """Changes with everything that we hear; another process of ours has other marks."""
        return f"{self._name}-{self.epoch}-{self._anything}"

    @property
    def number(self) -> int:
        """Of the newest change."""
        return self._anything

    def since(self, number: int) -> list[Change] | None:
        """What has changed after that one; None if too much to remember."""
        if number == self._anything:
            return []
        if not self._news or self._news[0].number > number + 1:
            return None
        return [change for change in self._news if change.number > number]

    def begin_listening(self) -> None:
        """A browser has opened its stream."""
        self.listeners += 1
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="listen to the gateway's feed")

    def end_listening(self) -> None:
        """It has gone."""
        self.listeners -= 1
        self._left_at = time.monotonic()

    async def wait(self, seconds: float) -> None:
        """Until something has changed, at most so long."""
        wake = self._wake
        try:
            async with asyncio.timeout(seconds):
                await wake.wait()
        except TimeoutError:
            pass

    async def shared(self, key: Any, topics: tuple[str, ...], ask: Callable[[], Awaitable[T]], most: float) -> T:
        """What `ask` answers, asked once for all who want it now; anew after a change, and after `most` seconds.

        Without a feed nobody would tell of changes: then everybody asks for themselves.
        """
        if not self.fresh:
            return await ask()
        kept = self._shared.setdefault(key, _Shared())
        while True:
            now = self.count(topics)
            if kept.seen == now and time.monotonic() - kept.at <= most:
                return cast(T, kept.value)
            if kept.asking is None:
                # A task of its own: that one browser goes away must not take the answer from the others.
                kept.asking, kept.asked_at = asyncio.create_task(_ask(kept, now, ask), name="ask for all"), now
            task, asked_at = kept.asking, kept.asked_at
            await asyncio.wait([task])
            if asked_at == now:  # else something has changed since it was asked for: once more
                return cast(T, await task)

    def touch(self, topic: str, about: frozenset[str] = frozenset()) -> None:
        """It has changed. A person who has changed something touches the whole service: they will read their own write
        before the feed tells of it."""
        self._changes[topic] = self._changes.get(topic, 0) + 1
        self._anything += 1
        self._news.append(Change(self._anything, topic, about))
        self._tell()

    async def close(self) -> None:
        """Stop listening to the gateway."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
            self._resumable = False
        self._heard_at = 0.0

    async def _run(self) -> None:
        async for heard in listen(self._http, lambda: self._session.access if self._session else ""):
            self._hear(heard)

    def _hear(self, heard: Heard) -> None:
        if heard is LOST:
            self._heard_at = 0.0
            self._tell()
            return
        again = not self.fresh
        self._heard_at = time.monotonic()
        if heard is OPENED:
            self.source = STREAM  # as long as nothing else is told
        if heard.kind == "resync" or (heard is OPENED and not self._resumable):
            self.epoch += 1
            self._tell()
        elif heard.source:
            self.source = heard.source
            self._tell()
        elif "." in heard.kind:
            self._resumable = self._resumable or bool(heard.id)
            service, _, rest = heard.kind.partition(".")
            self.touch(f"{service}.{rest.partition('-')[0]}", heard.about)
        elif again:
            self._tell()

    def _tell(self) -> None:
        wake, self._wake = self._wake, asyncio.Event()
        wake.set()
