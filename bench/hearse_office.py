"""The burial unit that is measured: seven hearses, officers always on duty, bookings, years of past trips."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase
from typing import Any

import orjson

from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.work import Cause, Work
from contracts import hearse as asked
from contracts.base import Request
from contracts.context import SYSTEM
from contracts.hearse.views import BookingView
from contracts.times import Weekday
from services.hearse.handlers import booking, deciding, fleet, planning

FLEET, OFFICERS = 7, 20
BASE = {"type": "Point", "coordinates": [106.6405, -6.1702]}
HOME = {"type": "Point", "coordinates": [106.632, -6.2]}
START = (datetime.now(UTC) + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
APART = timedelta(hours=3)
SEARCHES = 200
ALWAYS = [{"days": list(Weekday), "begins": "00:00", "ends": "00:00"}]

# Each vehicle and one officer drive three hours after three hours, back through the years.
_BOOKINGS = """
INSERT INTO booking (id, state, origin, created_at, requested_at, earliest_at, closed_at, police_hold,
  destination_kind, version)
SELECT gen_random_uuid(), 'completed', 'officer', at, at, at, at + interval '2 hours', false, 'home', 8
FROM (SELECT now() - (n / %(fleet)s) * interval '3 hours' - interval '1 day' AS at
  FROM generate_series(0, %(trips)s - 1) AS n) AS days
"""
_TRIPS = """
INSERT INTO trip (id, booking_id, vehicle_id, officer_ids, pickup_at, arrives_at, begins_at, ends_at, kilometres,
  out_of_city, state, created_at, planned_by, version)
SELECT gen_random_uuid(), id, 'JNZ-' || 1 + n %% %(fleet)s, ARRAY['PTG-' || 1 + n %% %(fleet)s],
  created_at, created_at + interval '1 hour', created_at, created_at + interval '150 minutes', 9.5, false, 'ended',
  created_at, 'bench', 6
FROM (SELECT id, created_at, row_number() OVER (ORDER BY created_at, id) - 1 AS n FROM booking
  WHERE state = 'completed') AS done
"""
_RESERVATIONS = """
INSERT INTO reservation (id, resource, begins_at, ends_at, away, trip_id)
SELECT gen_random_uuid(), who, begins_at, ends_at, false, trip.id
FROM trip, LATERAL (VALUES ('vehicle:' || vehicle_id), ('officer:' || officer_ids[1])) AS resources (who)
WHERE state = 'ended'
"""


def request_body() -> bytes:
    """A booking of a relative on the phone."""
    return orjson.dumps(
        {
            "reporter": {"name": "Siti Contoh", "phone": "081200001234", "relationship": "anak"},
            "deceased": {"name": "Almarhum " + "".join(random.choices(ascii_lowercase, k=12))},
            "pickup": {"location": BASE, "address": "Jl. Contoh 1"},
            "destination": {"kind": "home", "location": HOME, "kelurahan_code": "36.71.01.1001"},
            "earliest_at": START.isoformat(),
        }
    )


def confirmation(number: int) -> bytes:
    """A time of its own for the n-th booking."""
    row, column = divmod(number, FLEET)
    chosen = {
        "pickup_at": (START + row * APART).isoformat(),
        "vehicle_id": f"JNZ-{column + 1}",
        "officer_ids": [f"PTG-{column + 1}"],
    }
    return orjson.dumps(chosen)


class Office:
    """Asks the service's own handlers, in this process."""

    def __init__(self, database_url: str) -> None:
        self.runtime = Runtime(Settings(service="hearse", database_url=database_url))
        self._ask(asked.ImportFleet.model_validate(_fleet()), fleet.import_fleet)

    def approved(self, count: int) -> list[str]:
        """The ids of so many bookings that wait for a time."""
        request = asked.RequestBooking
        ids = []
        for _ in range(count):
            made = self._ask(request.model_validate_json(request_body()), booking.request_booking)
            assert isinstance(made, BookingView)
            self._ask(asked.ApproveBooking(booking_id=made.id), deciding.approve_booking)
            ids.append(str(made.id))
        return ids

    def past(self, trips: int) -> None:
        """Years of trips that are over."""
        with self.runtime.connect() as connection:
            for statement in (_BOOKINGS, _TRIPS, _RESERVATIONS):
                connection.execute(statement, {"fleet": FLEET, "trips": trips})
            connection.execute("ANALYZE")

    def search_milliseconds(self) -> list[float]:
        """How long a search for three free times takes, from reading to the reply; within a week full of trips."""
        (id,) = self.approved(1)
        took = []
        for number in range(SEARCHES):
            query = asked.FindSlots(booking_id=id, not_before=START + timedelta(hours=number))
            started = time.perf_counter()
            found = self._ask(query, planning.find_slots)
            took.append((time.perf_counter() - started) * 1000)
            assert found
        return took

    def _ask(self, request: Request, handler: Callable[[Work, Any], object]) -> object:
        def task(work: Work) -> object:
            reply = handler(work, request)
            if request.changes:
                work.commit()
            return reply

        cause = Cause(actor=SYSTEM, action=request.operation, correlation_id="bench")
        return self.runtime.run(task, cause, transactional=request.changes)


def _fleet() -> dict[str, object]:
    return {
        "vehicles": [{"id": f"JNZ-{n}", "plate": f"B {1000 + n} XYZ", "base": BASE} for n in range(1, FLEET + 1)],
        "officers": [
            {"id": f"PTG-{n}", "name": "Petugas", "drives": True, "shifts": ALWAYS} for n in range(1, OFFICERS + 1)
        ],
    }
