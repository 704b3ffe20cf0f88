"""Handling events against raw consume + insert: py-amqp, one INSERT and commit for each message, then ack."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import amqp
import psycopg

from bench.handlers_ours import handled
from bench.raw_broker import connection, declare, event, publish_pipelined
from bench.rounds import print_rounds
from bench.servers import servers

QUEUE = "bench.handlers"
PREFETCH = 50
LIMIT_SECONDS = 120.0


class Countdown:
    """Events still to be handled, shared by the consumers of one run."""

    def __init__(self, events: int) -> None:
        self._left, self._lock = events, threading.Lock()
        self._deadline = time.monotonic() + LIMIT_SECONDS

    @property
    def finished(self) -> bool:
        """True when all were handled, or the limit has passed."""
        return self._left <= 0 or time.monotonic() > self._deadline

    def one_done(self) -> None:
        """One more was handled."""
        with self._lock:
            self._left -= 1


def prepare(database_url: str, amqp_uri: str, events: int) -> None:
    """An empty table, and a quorum queue with `events` messages."""
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute("CREATE SCHEMA IF NOT EXISTS bench")
        database.execute("DROP TABLE IF EXISTS bench.handled")
        database.execute("CREATE TABLE bench.handled (message_id text PRIMARY KEY, body jsonb NOT NULL)")
    with connection(amqp_uri) as opened:
        channel = opened.channel()
        declare(channel, QUEUE)
        publish_pipelined(channel, [event(number) for number in range(events)], batch=1000)


def _consume(database_url: str, amqp_uri: str, remaining: Countdown) -> None:
    with psycopg.connect(database_url, autocommit=True) as database, connection(amqp_uri) as opened:
        channel = opened.channel()
        channel.basic_qos(0, PREFETCH, False)

        def handle(message: amqp.Message) -> None:
            database.execute(
                "INSERT INTO bench.handled (message_id, body) VALUES (%s, %s)",
                [message.application_headers["cloudEvents:id"], bytes(message.body).decode()], prepare=True,
            )  # fmt: skip
            channel.basic_ack(message.delivery_tag)
            remaining.one_done()

        channel.basic_consume(QUEUE, callback=handle)
        while not remaining.finished:
            # An empty queue is no error here: another consumer may hold the last messages.
            with suppress(TimeoutError):
                opened.drain_events(timeout=0.2)


def raw(database_url: str, amqp_uri: str, events: int, consumers: int) -> float:
    """Events handled a second by `consumers` threads, each with its own connections."""
    prepare(database_url, amqp_uri, events)
    remaining = Countdown(events)
    threads = [threading.Thread(target=_consume, args=(database_url, amqp_uri, remaining)) for _ in range(consumers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_SECONDS + 10)
    seconds = time.perf_counter() - started
    check_handled(database_url, events)
    return events / seconds


def check_handled(database_url: str, events: int) -> None:
    """Every event must have left its row."""
    with psycopg.connect(database_url) as database:
        row = database.execute("SELECT count(*) FROM bench.handled").fetchone()
    if row != (events,):
        raise SystemExit(f"{events} events were published but {row and row[0]} rows were written")


def main() -> None:
    """Interleaved rounds of every candidate; medians and ratios to raw."""
    parser = argparse.ArgumentParser(prog="python -m bench.handlers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=5_000)
    options = parser.parse_args()
    with servers() as private:
        candidates: dict[str, Callable[[], float]] = {
            f"raw, {consumers} consumer(s)": partial(
                raw, private.database_url, private.amqp_uri, options.events, consumers
            )
            for consumers in (1, 8)
        }
        for processes in (1, 2):
            candidates[f"ours, {processes} process(es)"] = partial(
                handled, private.database_url, private.amqp_uri, options.events, processes
            )
        print_rounds(candidates, options.rounds, "events/s")


if __name__ == "__main__":
    main()
