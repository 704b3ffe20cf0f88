"""A busy night for the console: 200 units, 300 open incidents, 32 hospitals, through the public API."""

from __future__ import annotations

import asyncio
import random
import uuid
from typing import Any

import httpx

UNITS, INCIDENTS, COLOURED = 200, 300, 0.7
WEST, SOUTH, WIDE, HIGH = 106.55, -6.25, 0.2, 0.15
COMPLAINTS = ("sesak napas", "kecelakaan motor", "nyeri dada", "pingsan di pasar", "jatuh dari tangga", "melahirkan")
AT_ONCE = 8


class Board:
    """Asks as each role; `base` is the gateway's address."""

    def __init__(self, http: httpx.AsyncClient, tokens: dict[str, str], seed: int = 7) -> None:
        self._http, self._tokens, self._random = http, tokens, random.Random(seed)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def load(self) -> list[str]:
        """Everything; the incidents' ids."""
        await self.fleet()
        opened = await asyncio.gather(*(self.open() for _ in range(INCIDENTS)))
        return [str(one["id"]) for one in opened]

    async def fleet(self) -> None:
        """Units on duty, and hospitals."""
        units = [{"id": f"A-{number:03d}", "type": "bls", "base": self.point()} for number in range(1, UNITS + 1)]
        await self.ask("manager", "POST", "imports/units", {"units": units})
        hospitals = [
            {
                "id": f"RS-{n}",
                "name": f"RS Contoh {n}",
                "type": "hospital",
                "location": self.point(),
                "emergency_24h": True,
            }
            for n in range(1, 33)
        ]
        await self.ask("manager", "POST", "imports/facilities", {"facilities": hospitals})
        await asyncio.gather(
            *(self.ask("fleet", "PUT", f"units/{unit['id']}/status", {"state": "available"}) for unit in units)
        )

    async def open(self) -> Any:
        """One incident more."""
        told = {
            "complaint": self._random.choice(COMPLAINTS),
            "landmark": f"Jl. Contoh {self._random.randint(1, 200)}",
            "location": self.point(),
        }
        opened = await self.ask("dispatcher", "POST", "incidents", told)
        if self._random.random() < COLOURED:
            colour = {"triage": self._random.choice(("merah", "kuning", "hijau"))}
            await self.ask("dispatcher", "POST", f"incidents/{opened['id']}/triage", colour)
        return opened

    async def ask(self, user: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The reply. Raises httpx.HTTPError."""
        headers = {"Authorization": f"Bearer {self._tokens[user]}", "Idempotency-Key": str(uuid.uuid4())}
        async with self._turns:
            reply = await self._http.request(method, f"/v1/ambulance/{path}", json=body, headers=headers)
        return reply.raise_for_status().json()

    def point(self) -> dict[str, Any]:
        """Somewhere in the city."""
        east, north = self._random.random() * WIDE, self._random.random() * HIGH
        return {"type": "Point", "coordinates": [round(WEST + east, 5), round(SOUTH + north, 5)]}
