"""A lean closed-loop HTTP load generator: N keep-alive clients, each sends as soon as it was answered.

uvloop and httptools (C) do the work, because the generator shares the machine with what it measures;
`Result.own_cpu` says how much of one core it took.
"""

from __future__ import annotations

import argparse
import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import httptools
import uvloop

REQUEST_SECONDS = 10.0
CREATED = 201
Request = Callable[[int], tuple[Mapping[str, str], bytes]]
"""Headers (for instance Idempotency-Key) and body of the n-th request."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, and for how long. `seconds` are measured; `warm_up` seconds before them are not."""

    url: str
    request: Request
    clients: int = 16
    warm_up: float = 2.0
    seconds: float = 8.0
    headers: Mapping[str, str] = field(default_factory=dict)
    expected: int = CREATED
    method: str = "POST"


@dataclass(slots=True)
class Result:
    """Latencies (ms) of the measured good answers; counts of everything else."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    created: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    own_cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """Milliseconds within which `percent` of the good answers came (nearest rank)."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else float("nan")

    def __str__(self) -> str:
        p50, p90, p99 = (self.percentile(percent) for percent in (50, 90, 99))
        errors = f", errors {dict(self.errors)}" if self.errors else ""
        figures = f"{self.rate:8.0f} req/s   p50 {p50:6.1f} ms   p90 {p90:6.1f} ms   p99 {p99:6.1f} ms"
        return f"{figures}   (generator {self.own_cpu:.0%} of a core{errors})"


class Connection(asyncio.Protocol):
    """One keep-alive HTTP/1.1 connection with at most one request under way."""

    def __init__(self) -> None:
        self.usable = False
        self._answer: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready for the first request."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's class is not a subclass of it
        self.usable = True
        self._parser = httptools.HttpResponseParser(self)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which calls on_message_complete."""
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """Called by httptools at the end of an answer."""
        self.usable = self._parser.should_keep_alive()
        if self._answer and not self._answer.done():
            self._answer.set_result(self._parser.get_status_code())

    def connection_lost(self, error: Exception | None) -> None:
        """A request under way fails with it."""
        self.usable = False
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("closed before the answer"))

    async def send(self, data: bytes) -> int:
        """The status of the answer to the request `data`."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        async with asyncio.timeout(REQUEST_SECONDS):
            return await self._answer

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()


def _prepared(plan: Plan, paths: Iterator[str] | None = None) -> Iterator[bytes]:
    parts = urlsplit(plan.url)
    fixed = {"Host": parts.netloc, "Content-Type": "application/json", **plan.headers}
    fields = "".join(f"{k}: {v}\r\n" for k, v in fixed.items())
    number = 0
    while True:
        headers, body = plan.request(number)
        own = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        path = next(paths) if paths else f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        yield f"{plan.method} {path} HTTP/1.1\r\n{fields}{own}Content-Length: {len(body)}\r\n\r\n".encode() + body
        number += 1


async def _client(plan: Plan, requests: Iterator[bytes], result: Result, begin: float) -> None:
    parts = urlsplit(plan.url)
    loop, end = asyncio.get_running_loop(), begin + plan.seconds
    while time.perf_counter() < end:
        try:
            _, connection = await loop.create_connection(Connection, parts.hostname or "", parts.port or 80)
        except OSError as error:
            result.errors[type(error).__name__] += 1
            await asyncio.sleep(0.05)
            continue
        while connection.usable and time.perf_counter() < end:
            await _one(plan, connection, next(requests), result, begin)
        connection.close()


async def _one(plan: Plan, connection: Connection, data: bytes, result: Result, begin: float) -> None:
    started = time.perf_counter()
    try:
        status = await connection.send(data)
    except (OSError, TimeoutError) as error:
        result.errors[type(error).__name__] += 1
        connection.usable = False
        return
    finished = time.perf_counter()
    if status != plan.expected:
        result.errors[f"status {status}"] += 1
        return
    result.created += 1
    if begin <= finished <= begin + plan.seconds:
        result.latencies.append((finished - started) * 1000)


async def _run(plan: Plan, paths: Iterator[str] | None) -> Result:
    result, requests = Result(plan.seconds), _prepared(plan, paths)
    cpu, wall = time.process_time(), time.perf_counter()
    begin = wall + plan.warm_up
    await asyncio.gather(*(_client(plan, requests, result, begin) for _ in range(plan.clients)))
    result.own_cpu = (time.process_time() - cpu) / (time.perf_counter() - wall)
    return result


def run(plan: Plan, paths: Iterator[str] | None = None) -> Result:
    """Carry out `plan`; errors are counted, by kind, never raised. `paths` in the place of the address's own."""
    return uvloop.run(_run(plan, paths))


def main() -> None:
    """Load one POST route with one body; every request has an Idempotency-Key of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=main.__doc__)
    parser.add_argument("url")
    parser.add_argument("--body", type=Path, required=True, help="file with the JSON body")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--warm-up", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--expected", type=int, default=CREATED, help="status of a good answer")
    given = parser.parse_args()
    body, prefix = given.body.read_bytes(), uuid.uuid4().hex
    headers = dict(header.split(": ", 1) for header in given.header)

    def request(number: int) -> tuple[Mapping[str, str], bytes]:
        return {"Idempotency-Key": f"{prefix}-{number}"}, body

    print(run(Plan(given.url, request, given.clients, given.warm_up, given.seconds, headers, given.expected)))


if __name__ == "__main__":
    main()
