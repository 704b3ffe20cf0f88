"""What all actors share: the API, the clock, the ledger, desks with a limited number of people, trips under way."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from .city import City
from .clock import Clock
from .http import Client, GaveUp
from .ledger import Ledger
from .profile import Emergency
from .spots import LonLat

CALL_DESKS, DISPATCH_DESKS = 24, 12
REPEATED_SHARE = 0.03
"""Share of the commands that are sent twice on purpose."""


class Unexpected(Exception):
    """The API refused what it should have taken: the story ends here and is reported."""


@dataclass(eq=False)
class Trip:
    """One assignment under way. `taken_away` is set when a dispatcher diverts the unit; `busy` guards both sides."""

    assignment_id: str
    incident_id: str
    unit_id: str
    travel_seconds: float
    goal: LonLat
    red: bool
    number: int
    dispatched_at: datetime
    divertible: bool = False
    taken_away: asyncio.Event = field(default_factory=asyncio.Event)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(eq=False)
class Story:
    """One emergency from the call to the close."""

    plan: Emergency
    correlation: str
    chance: random.Random
    called_at: float
    incident_id: str = ""
    patient_ids: tuple[str, ...] = ()
    dispatched: int = 0
    reached: bool = False
    lost_a_unit: bool = False
    death_reported: asyncio.Event = field(default_factory=asyncio.Event)

    def repeats(self) -> bool:
        """Whether the next command is sent twice on purpose."""
        return self.chance.random() < REPEATED_SHARE


@dataclass(eq=False)
class World:
    client: Client
    clock: Clock
    ledger: Ledger
    city: City
    run: int
    seed: int
    calls_done: int = 0
    call_desks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CALL_DESKS))
    dispatch_desks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DISPATCH_DESKS))
    trips: dict[str, tuple[Trip, Story]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def correlation(self, number: int) -> str:
        """The correlation id of a story: its first half is this run's alone."""
        return str(UUID(int=(self.run << 64) | number))

    @asynccontextmanager
    async def story(self, number: int) -> AsyncIterator[str]:
        """A story that may break off: an unanswered request makes it uncertain, an unexpected refusal is noted."""
        correlation = self.correlation(number)
        self.ledger.stories.add(correlation)
        try:
            yield correlation
        except GaveUp as error:
            self.ledger.uncertain.add(correlation)
            self.failures.append(f"no answer: {error}")
        except Unexpected as error:
            self.failures.append(str(error))
        finally:
            self.calls_done += 1
