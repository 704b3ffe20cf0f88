"""The market and trainings: searches over a hundred thousand products, 500 owners who want 20 seats.

`python -m bench.umkm`: gateway once, service twice. Searches as shoppers type them (words, two words, beginnings,
typing errors, filters, second pages), one after the other through the gateway, and interleaved with them the bare SQL
statements of the same searches. Then the crowd, all at once over 32 connections, until the last is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import statistics
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

import uvloop

from bench.load import Connection
from bench.processes import free_port, python, running, wait_until_settled
from bench.servers import Servers, servers
from bench.umkm_office import KINDS, THINGS, Office
from chassis.migrate import upgrade
from kota.errors import OperatorError
from kota.issuer.client import token
from kota.waiting import wait_until

SERVICE, MARKET = "umkm", "/v1/umkm/market"
GOAL_MS, GOAL_RATIO, GOAL_SECONDS = 100.0, 2.0, 5.0
SEATS, OWNERS, CONNECTIONS = 20, 500, 32


def main() -> None:
    """Run the searches, then the crowd, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.umkm", description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with servers((SERVICE,)) as private:
        upgrade(SERVICE, private.databases[SERVICE])
        office = Office(private.databases[SERVICE])
        owners = office.owners(OWNERS)
        office.stock(options.listings)
        with _suite(private) as (url, issuer):
            _searches(office, url, options)
            _crowds(office, url, _token(issuer), owners, options.rounds)


def queries() -> list[dict[str, Any]]:
    """As shoppers type: two hundred and some."""
    found: list[dict[str, Any]] = [{}, {"halal": "true"}, {"kecamatan_code": "36.71.05"}, {"limit": "20"}]
    for place, thing in enumerate(THINGS):
        kind = KINDS[place % len(KINDS)]
        found += [
            {"q": thing},
            {"q": f"{thing} {kind}"},
            {"q": thing[:3]},
            {"q": thing[:-2] + thing[-1] if len(thing) > 4 else thing},
            {"q": thing, "kecamatan_code": f"36.71.{place % 13 + 1:02d}"},
            {"q": f"{kind} {thing}", "halal": "true"},
        ]
    return found


def _searches(office: Office, url: str, options: argparse.Namespace) -> None:
    asked = queries()
    through, bare = list[float](), list[float]()
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
    for number in range(options.rounds + 1):
        one, other = [_get(connection, query) for query in asked], office.bare(asked)
        if number:  # the first round warms both up
            through += one
            bare += other
    connection.close()
    late = [sorted(each)[int(len(each) * 0.95)] for each in (through, bare)]
    middle = [statistics.median(each) for each in (through, bare)]
    print(f"{len(asked)} searches over {options.listings:,} products, {options.rounds} rounds")
    print(f"through the gateway: median {middle[0]:.1f} ms, p95 {late[0]:.1f} ms (goal: {GOAL_MS:.0f} ms)")
    print(f"the bare SQL:        median {middle[1]:.1f} ms, p95 {late[1]:.1f} ms")
    print(f"p95 through the gateway / bare: {late[0] / late[1]:.2f} (goal: {GOAL_RATIO:.0f})", flush=True)


def _get(connection: http.client.HTTPConnection, query: dict[str, Any]) -> float:
    started = time.perf_counter()
    connection.request("GET", f"{MARKET}?{urlencode(query)}" if query else MARKET)
    reply = connection.getresponse()
    body = reply.read()
    took = (time.perf_counter() - started) * 1000
    if reply.status != 200:
        raise SystemExit(f"{query}: {reply.status} {body[:300]!r}")
    return took


def _crowds(office: Office, url: str, access: str, owners: list[str], rounds: int) -> None:
    took = []
    for number in range(1, rounds + 1):
        batch = office.announce(SEATS)
        started = time.perf_counter()
        statuses = uvloop.run(_crowd(url, access, batch, owners))
        took.append(time.perf_counter() - started)
        states = Counter(row[0] for row in _rows(office, batch))
        print(f"crowd {number}: {took[-1]:.2f} s, {dict(statuses)}, {dict(states)}", flush=True)
        if states != {"accepted": SEATS, "waiting": OWNERS - SEATS}:
            raise SystemExit("that is not what was to come of it")
    print(f"{OWNERS} requests for {SEATS} seats: median {statistics.median(took):.2f} s (goal: {GOAL_SECONDS:.0f} s)")


async def _crowd(url: str, access: str, batch: str, owners: list[str]) -> Counter[int]:
    parts, waiting, statuses = urlsplit(url), list(owners), Counter[int]()

    async def client() -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, parts.hostname or "", parts.port or 80)
        while waiting:
            body = json.dumps({"business_id": waiting.pop()}).encode()
            head = (
                f"POST /v1/umkm/batches/{batch}/seats HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                f"Authorization: Bearer {access}\r\nContent-Type: application/json\r\n"
                f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            statuses[await connection.send(head.encode() + body)] += 1
        connection.close()

    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return statuses


def _rows(office: Office, batch: str) -> list[Any]:
    with office.runtime.connect() as connection:
        return connection.execute("SELECT state FROM seat WHERE batch_id = %s", (batch,)).fetchall()


@contextmanager
def _suite(private: Servers) -> Iterator[tuple[str, str]]:
    ports = {name: free_port() for name in ("issuer", "gateway")}
    issuer, url = (f"http://127.0.0.1:{ports[name]}" for name in ("issuer", "gateway"))
    worker = {
        "DATABASE_URL_UMKM": private.databases[SERVICE],
        "AMQP_URI": private.brokers[SERVICE],
        "LOG_LEVEL": "WARNING",
    }
    door = {
        "AMQP_URI": private.brokers["gateway"],
        "GATEWAY_PORT": str(ports["gateway"]),
        "OIDC_ISSUER": issuer,
        "OIDC_JWKS_URL": f"{issuer}/jwks.json",
        "LOG_LEVEL": "WARNING",
        "REQUESTS_PER_MINUTE": "0",
        "PUBLIC_PER_MINUTE": "0",
    }
    with ExitStack() as stack:
        children = stack.enter_context(
            running([python("kota.issuer")], {"ISSUER_PORT": str(ports["issuer"]), "ISSUER_URL": issuer})
        )
        for _ in range(2):
            children += stack.enter_context(running([python("chassis.run", SERVICE)], worker))
        children += stack.enter_context(running([python("gateway")], door))
        _token(issuer)
        wait_until_settled(children)
        yield url, issuer


def _token(issuer: str) -> str:
    found: list[str] = []

    def asked() -> bool:
        with suppress(OperatorError):
            found.append(token(issuer, "umkm-officer"))
        return bool(found)

    wait_until(asked, "the issuer", limit=30, interval=0.2)
    return found[0]


if __name__ == "__main__":
    main()
