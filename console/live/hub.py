"""All groups of this process."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from ..session.session import Session
from .group import Group

__all__ = ["Group", "Hub"]
LOOK_SECONDS = 10.0


class Hub:
    """Finds the group of a session, and ends the feeds of groups that nobody listens to any more."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._groups: dict[Any, Group] = {}
        self._sweeper: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()

    def group(self, session: Session) -> Group:
        """Who may see the same as this person."""
        group = self._groups.setdefault(session.standing, Group(self._http))
        group.join(session)
        return group

    def start(self) -> None:
        """Begin to look for groups that have gone."""
        self._sweeper = asyncio.create_task(self._sweep(), name="end feeds without listeners")

    async def stop(self) -> None:
        """End all feeds; browsers' streams end, too, and come back to whoever serves then."""
        self.closing.set()
        if self._sweeper is not None:
            self._sweeper.cancel()
        await asyncio.gather(*(group.close() for group in self._groups.values()))

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for standing, group in list(self._groups.items()):
                if group.idle:
                    del self._groups[standing]
                    await group.close()
