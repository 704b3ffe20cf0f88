"""A crowd asks for the few seats of a training at once; then every seat is counted again: none given twice, none lost.

Some give theirs back, so that offers pass on; some take their offer; the quota is raised and lowered. At the end the
API, the database and the events must tell the same, and the list must be in its order.
"""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from kota.errors import OperatorError
from kota.importing.access import token_of
from kota.suite import Suite

from .reconcile.seats import by_database, by_events

BASE, USER = "/v1/umkm", "umkm-officer"
KELURAHAN = "36.71.01.1001"
SECONDS, AT_ONCE = 60.0, 32
TAKEN = ("offered", "accepted")


@dataclass
class Result:
    """What was done, and what does not fit; nothing of that is good."""

    seed: int
    owners: int
    seats: int
    given_back: int = 0
    seconds: float = 0.0
    states: dict[str, int] = field(default_factory=dict)
    in_events: int = 0
    findings: list[str] = field(default_factory=list)


class Crowd:
    """One run. `seed` decides who gives back; each run has owners of its own."""

    def __init__(self, gateway: str, issuer: str, seed: int, owners: int, seats: int) -> None:
        limits = httpx.Limits(max_connections=AT_ONCE)
        self._http = httpx.Client(base_url=gateway, timeout=30.0, trust_env=False, limits=limits)
        self._headers = {"Authorization": f"Bearer {token_of(issuer, USER)}", "X-Purpose": "simulasi"}
        self._random, self._quota = random.Random(seed), seats
        self._first = uuid.uuid4().int  # people of before are other people
        self.result = Result(seed, owners, seats)
        self.batch_id = ""
        self.seen: dict[str, str] = {}

    def run(self) -> Result:
        """All of it."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            businesses = list(pool.map(self._business, range(self.result.owners)))
            self.batch_id = self._announce()
            began = time.monotonic()
            seats = list(pool.map(self._request, businesses))
            self.result.seconds = time.monotonic() - began
            seated = [one["id"] for one in seats if one["state"] == "accepted"]
            if len(seated) != min(self._quota, self.result.owners):
                self.result.findings.append(f"{len(seated)} seats were given of {self._quota}")
            leaving = self._random.sample(seated, len(seated) // 3)
            list(pool.map(lambda id: self._post(f"seats/{id}/release"), leaving))
            self.result.given_back = len(leaving)
            offered = [id for id, one in self._now().items() if one["state"] == "offered"]
            list(pool.map(lambda id: self._post(f"seats/{id}/acceptance"), offered[::2]))
        for quota in (self._quota + 5, self._quota):
            self._post(f"batches/{self.batch_id}/quota", {"quota": quota})
        self._compare()
        return self.result

    def reconcile(self, suite: Suite) -> None:
        """What the API shows against the database, and against what the events alone tell."""
        told = {"database": by_database(suite.database_url("umkm"), self.batch_id)}
        told["events"] = by_events(suite.amqp_uri("kota"), self.batch_id, self.seen, SECONDS)
        for where, seats in told.items():
            if differs := len(seats.items() ^ self.seen.items()):
                self.result.findings.append(f"{differs} seats are not what the {where} tell")
        self.result.in_events = len(told["events"])

    def _compare(self) -> None:
        now = self._now()
        self.seen = {id: one["state"] for id, one in now.items()}
        self.result.states = dict(Counter(self.seen.values()))
        numbers = sorted(one["number"] for one in now.values())
        if numbers != list(range(1, self.result.owners + 1)):
            self.result.findings.append("a number was given twice, or not at all")
        taken = sum(state in TAKEN for state in self.seen.values())
        expected = min(self._quota + 5, self.result.owners - self.result.given_back)
        if taken != expected:
            self.result.findings.append(f"{taken} seats are taken, {expected} were to be")
        waiting = sorted((one for one in now.values() if one["state"] == "waiting"), key=lambda one: one["place"])
        order = sorted(waiting, key=lambda one: (-len(one["reasons"]), one["number"]))
        if waiting != order or [one["place"] for one in waiting] != list(range(1, len(waiting) + 1)):
            self.result.findings.append("the waiting list is not in its order")

    def _now(self) -> dict[str, Any]:
        found, cursor = dict[str, Any](), ""
        while cursor is not None:
            query = f"batch_id={self.batch_id}&limit=200{cursor and f'&cursor={cursor}'}"
            page = self._checked(self._http.get(f"{BASE}/seats?{query}", headers=self._headers))
            found |= {one["id"]: one for one in page["items"]}
            cursor = page["next"]
        return found

    def _business(self, number: int) -> str:
        owner = {"nik": self._nik(number), "name": f"Pemilik Simulasi {number}", "phone": "+6281234567890"}
        told = {
            "owner": {**owner, "kelurahan_code": KELURAHAN},
            "name": f"Usaha Simulasi {number}",
            "trade": "food",
            "kelurahan_code": KELURAHAN,
            "address": "Jl. Simulasi 1",
            "founded_on": "2020-03-02",
            "size": {"basis": "turnover", "rupiah": 120_000_000, "year": 2025},
        }
        id = self._post("businesses", told)["id"]
        self._post(f"businesses/{id}/verification")
        return str(id)

    def _announce(self) -> str:
        begins = datetime.now(UTC) + timedelta(days=20)
        told = {
            "title": "Pelatihan simulasi",
            "venue": "Gedung Simulasi",
            "kelurahan_code": KELURAHAN,
            "quota": self._quota,
            "opens_at": datetime.now(UTC).isoformat(),
            "priority_hours": 0,
            "sessions": [{"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=3)).isoformat()}],
        }
        return str(self._post("batches", told)["id"])

    def _request(self, business_id: str) -> Any:
        return self._post(f"batches/{self.batch_id}/seats", {"business_id": business_id})

    def _nik(self, number: int) -> str:
        """Of nobody: serials of 9000 and above are not given. Other people in each run, as far as chance goes."""
        place = (self._first + number) % (13 * 28 * 12 * 45 * 1_000)
        place, serial = divmod(place, 1_000)
        place, kecamatan = divmod(place, 13)
        place, day = divmod(place, 28)
        year, month = divmod(place, 12)
        return f"3671{kecamatan + 1:02d}{day + 41:02d}{month + 1:02d}{50 + year:02d}{9000 + serial:04d}"

    def _post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {**self._headers, "Idempotency-Key": str(uuid.uuid4())}
        return self._checked(self._http.post(f"{BASE}/{path}", json=body or {}, headers=headers))

    def _checked(self, reply: httpx.Response) -> Any:
        if not reply.is_success:
            raise OperatorError(f"{reply.request.url.path}: {reply.status_code} {reply.text[:200]}", "See the logs.")
        return reply.json()
