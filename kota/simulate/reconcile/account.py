"""The whole account of a run, taken once the relays and consumers have come to rest."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kota.simulate.http import Client
from kota.simulate.ledger import Ledger
from kota.suite import Suite

from .api import compare_api
from .database import Database
from .findings import (
    Finding,
    Published,
    compare_bookings,
    compare_events,
    compare_funerals,
    compare_stream,
    not_handled,
    not_published,
)
from .stream import count_ids

PACE_SECONDS = 0.5
CLOCK_MARGIN = timedelta(minutes=2)


@dataclass
class Account:
    """Counts and findings; `in_stream_again` counts repeated deliveries to the stream, which readers must expect."""

    findings: list[Finding] = field(default_factory=list)
    events_published: int = 0
    events_handled: int = 0
    in_stream: int = 0
    in_stream_again: int = 0
    rested_after: float = 0.0


async def take_account(
    client: Client, ledger: Ledger, suite: Suite | None, prefix: str, since: datetime, settle_seconds: float
) -> Account:
    """Compare everything. Without a suite (addresses given by hand) only the API is asked."""
    account = Account()
    if suite is not None:
        await asyncio.to_thread(_servers, account, suite, ledger, prefix, since, settle_seconds)
    account.findings += await compare_api(client, ledger, since - timedelta(seconds=5))
    return account


def _servers(
    account: Account, suite: Suite, ledger: Ledger, prefix: str, since: datetime, settle_seconds: float
) -> None:
    books = Books(suite, prefix)
    try:
        account.rested_after = wait_for(books.at_rest, settle_seconds)
        outboxes = books.outboxes()
        for service, rows in outboxes.items():
            account.events_published += sum(row.published for row in rows)
            account.findings += not_published(service, rows)
            if service == "ambulance":
                account.findings += compare_events(ledger, rows, outboxes.get("hearse", ()))
            if service == "hearse":
                account.findings += compare_funerals(ledger, rows)
                twice = books.database(service).overlaps()
                account.findings += [Finding("doubled", "database", f"{name} in two places") for name in twice]
        for consumer, wanted, applied in books.handled():
            account.events_handled += len(applied)
            account.findings += not_handled(consumer, wanted, applied)
        deaths = ledger.certain_deaths()
        account.findings += compare_bookings(deaths, books.database("hearse").bookings([*deaths]), "database")
        rows = [row for rows in books.outboxes().values() for row in rows if row.published]
    finally:
        books.close()
    seen = count_ids(suite.amqp_uri("kota"), since - CLOCK_MARGIN, {row.id for row in rows}, settle_seconds)
    missing, account.in_stream_again = compare_stream(rows, seen)
    account.in_stream = len(rows) - len(missing)
    account.findings += missing


class Books:
    """The databases of all services, looked at for one run."""

    def __init__(self, suite: Suite, prefix: str) -> None:
        self._databases = {service: Database(suite.database_url(service)) for service in suite.services}
        self._prefix = prefix

    def database(self, service: str) -> Database:
        """One service's database."""
        return self._databases[service]

    def outboxes(self) -> dict[str, list[Published]]:
        """The run's events by publishing service."""
        return {service: database.outbox(self._prefix) for service, database in self._databases.items()}

    def handled(self) -> list[tuple[str, list[Published], set[str]]]:
        """For each service: the run's events that it subscribes to, and the ids that it has applied."""
        rows = [row for rows in self.outboxes().values() for row in rows]
        result = []
        for service, database in self._databases.items():
            types = importlib.import_module(f"contracts.{service}").SUBSCRIBES
            wanted = [row for row in rows if row.type in types]
            result.append((service, wanted, database.applied(f"{service}.events", [row.id for row in wanted])))
        return result

    def at_rest(self) -> bool:
        """True when every event is published and applied by all who subscribe to its type."""
        published = all(row.published for rows in self.outboxes().values() for row in rows)
        return published and all(len(wanted) == len(applied) for _, wanted, applied in self.handled())

    def close(self) -> None:
        """Give all connections back."""
        for database in self._databases.values():
            database.close()


def wait_for(condition: Callable[[], bool], limit: float) -> float:
    """Seconds until the condition held, or `limit` if it never did: then the findings will say what is missing."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > limit:
            return limit
        time.sleep(PACE_SECONDS)
    return time.monotonic() - started
