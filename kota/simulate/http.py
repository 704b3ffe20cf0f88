"""The API client of all actors: each request is retried through faults with one Idempotency-Key, and timed."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

TRIED_AGAIN = frozenset({429, 500, 502, 503, 504})
STILL_RUNNING = "/problems/still-running"
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
REQUEST_SECONDS = 12.0
CONNECTIONS = 64


@dataclass(frozen=True)
class Reply:
    """A final answer: a success, or a refusal that no retry would change."""

    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def data(self) -> dict[str, Any]:
        """The JSON object of the body; empty if it holds none."""
        try:
            read = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {}
        return read if isinstance(read, dict) else {}

    @property
    def problem(self) -> str:
        """The slug of a refusal."""
        return str(self.data.get("type", "")).rpartition("/")[2]


class GaveUp(Exception):
    """No final answer within the patience: it is unknown whether the request was carried out."""


@dataclass
class Traffic:
    """What went over the wire: seconds by operation, refusals, retries by cause, repeated requests."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refusals: Counter[str] = field(default_factory=Counter)
    retries: Counter[str] = field(default_factory=Counter)
    waited: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """How long each story has waited for answers, by correlation id, in the time of the client's clock."""

    in_flight: int = 0
    repeated: int = 0
    repeated_differently: list[str] = field(default_factory=list)
    gave_up: int = 0


class Client:
    """`token_of` gives a user's access token; `patience` is in seconds; `clock` measures how long stories wait."""

    def __init__(self, http: httpx.AsyncClient, token_of: Callable[[str], str], patience: float) -> None:
        self._http, self._token_of, self._patience = http, token_of, patience
        self.traffic = Traffic()
        self.clock: Callable[[], float] = time.monotonic

    async def call(
        self,
        operation: str,
        method: str,
        path: str,
        user: str,
        *,
        correlation: str | None = None,
        json: dict[str, Any] | None = None,
        repeat: bool = False,
    ) -> Reply:
        """Ask until there is a final answer. `repeat` sends the request twice on purpose: the answers must agree.

        Raises GaveUp.
        """
        headers = {"Authorization": f"Bearer {self._token_of(user)}", "Accept-Language": "en"}
        if correlation:
            headers["X-Correlation-Id"] = correlation
        if method != "GET":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        body = orjson.dumps(json) if json is not None else None
        started = self.clock()
        try:
            self.traffic.in_flight += 1
            reply = await self._final(operation, method, path, headers, body)
            if repeat and reply.ok:
                await self._repeat(operation, method, path, headers, body, reply)
        finally:
            self.traffic.in_flight -= 1
            self.traffic.waited[correlation or ""] += self.clock() - started
        if not reply.ok:
            self.traffic.refusals[f"{operation} {reply.status} {reply.problem}"] += 1
        return reply

    async def get(self, operation: str, path: str, user: str, *, correlation: str | None = None, **query: Any) -> Reply:
        """A read."""
        wanted = {name: value for name, value in query.items() if value is not None}
        return await self.call(operation, "GET", str(httpx.URL(path, params=wanted)), user, correlation=correlation)

    async def _repeat(self, operation: str, method: str, path: str, headers: Any, body: Any, first: Reply) -> None:
        self.traffic.repeated += 1
        second = await self._final(operation, method, path, headers, body)
        if (second.status, second.data) != (first.status, first.data):
            self.traffic.repeated_differently.append(f"{operation}: {first.status}, then {second.status}")

    async def _final(
        self, operation: str, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> Reply:
        end, pause = time.monotonic() + self._patience, FIRST_PAUSE
        while True:
            reply, cause = await self._once(operation, method, path, headers, body)
            if reply is not None:
                return reply
            self.traffic.retries[cause] += 1
            if time.monotonic() + pause > end:
                self.traffic.gave_up += 1
                raise GaveUp(f"{operation}: {cause}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _once(
        self, operation: str, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[Reply | None, str]:
        started = time.perf_counter()
        try:
            answer = await self._http.request(method, path, headers=headers, content=body)
        except httpx.TransportError as error:
            return None, type(error).__name__
        reply = Reply(answer.status_code, answer.content)
        if reply.status in TRIED_AGAIN or STILL_RUNNING in str(reply.data.get("type", "")):
            return None, f"{reply.status} {reply.problem}".strip()
        self.traffic.seconds[operation].append(time.perf_counter() - started)
        return reply, ""


def new_http(gateway_url: str) -> httpx.AsyncClient:
    """The connections of a run; proxies of the environment are not for the loopback."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    timeout = httpx.Timeout(REQUEST_SECONDS, connect=3.0, pool=60.0)
    return httpx.AsyncClient(base_url=gateway_url, limits=limits, timeout=timeout, trust_env=False)
