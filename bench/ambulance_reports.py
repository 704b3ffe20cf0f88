"""Reports of the ambulance service over a million past incidents, by the service's own code.

`python -m bench.ambulance_reports`: every report by everything that it can be by, each `--rounds` times. Beside each
the least that it could cost in the same run: one scan that counts the same rows.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter
from typing import Any

from sqlalchemy import text

from bench.servers import servers
from chassis.migrate import upgrade
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.work import Cause, Work
from contracts import ambulance as asked
from contracts.ambulance.report_values import ContactsBy, CoverageBy, ReportBy
from contracts.ambulance.values import IncidentClass
from contracts.context import Actor
from services.ambulance.handlers import reports

GOAL_SECONDS = 2.0
PERIOD: Any = {"begins_on": date(2020, 1, 1), "ends_on": date(2026, 12, 31)}
TRIPS = """
INSERT INTO response (assignment_id, incident_id, opened_at, incident_class, triage, kecamatan, hour, base, first,
                      call_to_dispatch, turnout, travel, response, scene, transport, hand_over, total)
SELECT gen_random_uuid(), gen_random_uuid(), at, (ARRAY['emergency','regular'])[1 + (random() < 0.6)::int],
       (ARRAY['merah','kuning','hijau','hitam',NULL])[1 + floor(random() * 5)::int],
       367101 + floor(random() * 13)::int,
       extract(hour FROM at AT TIME ZONE 'Asia/Jakarta')::smallint,
       498968828 + floor(random() * 20)::int * 30000, random() < 0.95,
       floor(-60 * ln(1 - random())), floor(-90 * ln(1 - random())), floor(-600 * ln(1 - random())),
       floor(-800 * ln(1 - random())), floor(-900 * ln(1 - random())), floor(-900 * ln(1 - random())),
       floor(-1200 * ln(1 - random())), floor(-4000 * ln(1 - random()))
  FROM (SELECT timestamptz '2020-01-01' + nth * interval '3.5 minutes' AS at
          FROM generate_series(1, :number) AS nth) AS t
"""
CONTACTS = """
INSERT INTO contact (id, channel, received_at, phone, phone_key, complaint, outside_city, state, disposition,
                     call_backs_due, version)
SELECT gen_random_uuid(), (ARRAY['call','app','relay'])[1 + floor(random() * 3)::int],
       timestamptz '2020-01-01' + nth * interval '3.5 minutes', repeat('p', 60), md5(nth::text), repeat('c', 200),
       false, 'disposed', (ARRAY['prank','silent','cut_off','incident','information'])[1 + floor(random() * 5)::int], 0,
       2
  FROM generate_series(1, :number) AS nth
"""
SAMPLES = """
INSERT INTO coverage_sample (at, coverage, idle, committed)
SELECT timestamptz '2020-01-01' + nth * interval '15 minutes', random(), 20, 5 FROM generate_series(1, 245000) AS nth
"""


def main() -> None:
    """Fill, ask, tell; exits with 1 if any report misses its goal."""
    parser = argparse.ArgumentParser(prog="python -m bench.ambulance_reports", description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with servers(("ambulance",)) as private:
        url = private.databases["ambulance"]
        upgrade("ambulance", url)
        runtime = Runtime(Settings(service="ambulance", database_url=url))
        _fill(runtime, options.incidents)
        slowest = max(_measured(runtime, *one, rounds=options.rounds) for one in _every_report())
    print(f"slowest {slowest:.2f} s, goal {GOAL_SECONDS} s")
    if slowest > GOAL_SECONDS:
        raise SystemExit("MISSED a report takes longer than its goal")


def _every_report() -> Iterator[tuple[str, str, Callable[[Work, Any], Any], Any]]:
    for by in (None, *ReportBy):
        yield f"times by {by}", "response", reports.get_response_times, asked.GetResponseTimes(**PERIOD, by=by)
    one = asked.GetResponseTimes(**PERIOD, by=ReportBy.HOUR, incident_class=IncidentClass.EMERGENCY)
    yield "emergencies by hour", "response", reports.get_response_times, one
    for counted in ContactsBy:
        query = asked.GetContactCounts(**PERIOD, by=counted)
        yield f"contacts by {counted}", "contact", reports.get_contact_counts, query
    for averaged in CoverageBy:
        covered = asked.GetCoverage(**PERIOD, by=averaged)
        yield f"coverage by {averaged}", "coverage_sample", reports.get_coverage, covered


def _measured(
    runtime: Runtime, name: str, table: str, handler: Callable[[Work, Any], Any], query: Any, *, rounds: int
) -> float:
    cause = Cause(actor=Actor(subject="manager-1"), action=query.operation, correlation_id="bench")
    took, scans = [], []
    for _ in range(rounds):
        begun = perf_counter()
        rows = runtime.run(lambda work: handler(work, query).rows, cause, transactional=False)
        took.append(perf_counter() - begun)
        begun = perf_counter()
        with runtime.engine.connect() as connection:
            connection.execute(text(f"SELECT count(*) FROM {table}"))
        scans.append(perf_counter() - begun)
    ours, scan = statistics.median(took), statistics.median(scans)
    print(
        f"{name:22} {len(rows):5} rows  {ours:6.2f} s  {ours / scan:6.1f} x one count  (slowest {max(took):.2f} s)",
        flush=True,
    )
    return ours


def _fill(runtime: Runtime, number: int) -> None:
    with runtime.connect() as connection:
        connection.execute("SET statement_timeout = 0")
        for statement in (TRIPS, CONTACTS, SAMPLES):
            connection.execute(statement.replace(":number", str(number)))
        connection.execute("VACUUM ANALYZE")
    print(f"{number} incidents with as many contacts", flush=True)


if __name__ == "__main__":
    main()
