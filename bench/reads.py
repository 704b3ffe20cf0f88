"""Reads through the gateway, of this checkout and of another: one incident, and a page of fifty.

`python -m bench.reads --against FOLDER`: FOLDER is another checkout of this repository (`git worktree add FOLDER
COMMIT`). Both read the same database, in turns.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.bodies import requests
from bench.load import Plan, run
from bench.ours import PATH, SERVICE, authorization, body, serving
from bench.servers import Servers, servers

INCIDENTS = 1000
KINDS = ("one incident", "page of 50")
SPREAD = """
UPDATE incident SET opened_at = opened_at - nth * interval '43 minutes'
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM incident) AS numbered WHERE numbered.id = incident.id
"""
"""As over a month: incidents told at the same time are looked at as possible duplicates of each other."""
Rates = dict[tuple[str, str], list[float]]


def main() -> None:
    """Interleaved rounds; medians, and ours as a multiple of the other's."""
    parser = argparse.ArgumentParser(prog="python -m bench.reads", description=__doc__)
    parser.add_argument("--against", type=Path, required=True, help="the other checkout")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    checkouts = {"this": None, "other": options.against.resolve()}
    rates: Rates = defaultdict(list)
    with servers((SERVICE,)) as private:
        for _ in range(options.rounds):
            for name, folder in checkouts.items():
                _round(private, name, folder, options.clients, options.seconds, rates)
    for kind in KINDS:
        ours, theirs = (statistics.median(rates[name, kind]) for name in checkouts)
        print(f"{kind:14} {ours:6.0f} req/s, the other {theirs:6.0f}: {ours / theirs:.2f} x")


def _round(servers: Servers, name: str, folder: Path | None, clients: int, seconds: float, rates: Rates) -> None:
    database = servers.databases[SERVICE]
    with serving(servers, database, folder) as target:
        _fill(database, target.url)
        for kind, paths in zip(KINDS, (_incidents(database), itertools.repeat(f"{PATH}?limit=50")), strict=True):
            plan = Plan(target.url, lambda _: ({}, b""), clients, 1.0, seconds, authorization(), 200, "GET")
            result = run(plan, paths)
            if result.errors:
                raise SystemExit(f"{name}, {kind}: {dict(result.errors)}")
            rates[name, kind].append(result.rate)
            print(f"{name:6} {kind:14} {result}", flush=True)


def _fill(database: str, url: str) -> None:
    missing = INCIDENTS - len(_ids(database))
    if missing <= 0:
        return
    plan = Plan(url, requests(body), 8, 0.0, missing / 100, authorization())
    while len(_ids(database)) < INCIDENTS:
        run(plan)
    with psycopg.connect(database.replace("+psycopg", "", 1)) as connection:
        connection.execute(SPREAD)
        connection.execute("ANALYZE")  # as after its first minutes: plans must not change while it is measured


def _ids(database: str) -> list[str]:
    with psycopg.connect(database.replace("+psycopg", "", 1)) as connection:
        return [row[0] for row in connection.execute("SELECT id::text FROM incident ORDER BY id LIMIT 5000")]


def _incidents(database: str) -> Iterator[str]:
    return itertools.cycle([f"{PATH}/{identifier}" for identifier in _ids(database)])


if __name__ == "__main__":
    main()
