"""Event lag: from the commit that caused an event to its handling, at a steady 50 events a second."""

from __future__ import annotations

import argparse
import statistics
import threading
import time
import uuid

import psycopg
from pydantic import SecretStr

from bench.handled_event import IncidentCreated
from bench.handlers_ours import prepare
from bench.processes import python, running
from bench.servers import servers
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.work import Cause, Work
from contracts.context import SYSTEM

LAGS = """
SELECT 1000 * extract(epoch FROM h.handled_at - o.created_at) FROM handled h JOIN outbox o ON o.subject = h.incident_id
"""
LIMIT_SECONDS = 60.0


def measure(database_url: str, amqp_uri: str, rate: float, seconds: float) -> list[float]:
    """The lag of every event in milliseconds."""
    prepare(database_url, amqp_uri, 0)
    url = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    runtime = Runtime(Settings(service="bench", database_url=SecretStr(url)))
    with running([python("bench.handled")], {"DATABASE_URL_BENCH": url, "AMQP_URI": amqp_uri, "LOG_LEVEL": "WARNING"}):
        _emit(runtime)
        _wait(database_url, 1)  # the service is up
        events = int(rate * seconds)
        pace, begin = threading.Event(), time.monotonic()
        for number in range(events):
            pace.wait(max(begin + number / rate - time.monotonic(), 0))
            _emit(runtime)
        _wait(database_url, events + 1)
    with psycopg.connect(database_url) as database:
        return sorted(float(row[0]) for row in database.execute(LAGS).fetchall())[:-1]


def _emit(runtime: Runtime) -> None:
    def emit(work: Work) -> None:
        incident_id = str(uuid.uuid4())
        work.emit(incident_id, 1, IncidentCreated(incident_id=incident_id, kind="medical", patients=1))
        work.audit(incident_id)
        work.commit()

    runtime.run(emit, Cause(actor=SYSTEM, action="bench", correlation_id=str(uuid.uuid4())))


def _wait(database_url: str, events: int) -> None:
    end, pace = time.monotonic() + LIMIT_SECONDS, threading.Event()
    with psycopg.connect(database_url, autocommit=True) as database:
        while time.monotonic() < end:
            row = database.execute("SELECT count(*) FROM handled").fetchone()
            if row and row[0] >= events:
                return
            pace.wait(0.05)
    raise SystemExit(f"not all of {events} events were handled in {LIMIT_SECONDS:g} s")


def main() -> None:
    """Run and print the percentiles."""
    parser = argparse.ArgumentParser(prog="python -m bench.lag", description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="events a second")
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    with servers() as private:
        lags = measure(private.database_url, private.amqp_uri, options.rate, options.seconds)
    cuts = statistics.quantiles(lags, n=100)
    print(
        f"{len(lags)} events at {options.rate:g}/s: p50 {cuts[49]:.1f} ms  p90 {cuts[89]:.1f} ms  p99 {cuts[98]:.1f} ms"
    )


if __name__ == "__main__":
    main()
