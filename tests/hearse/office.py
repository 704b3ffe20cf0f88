"""A burial unit's office for tests: asks the real handlers on a real database, with a clock of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.firing import fire_one
from chassis.runtime import Runtime
from chassis.work import Cause, Work
from contracts import hearse as asked
from contracts.base import Event, Request
from contracts.context import SYSTEM, Actor
from contracts.geography import Point
from contracts.times import Weekday
from services.hearse import handlers, store

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)  # Monday, 12:00 WIB
BASE = Point(coordinates=(106.6405, -6.1702))
HOME = Point(coordinates=(106.632, -6.2))
FAR = Point(coordinates=(106.98, -6.6))
"""Bogor: beyond 30 km, out of the city."""
CEMETERY = {
    "id": "TPU-1",
    "name": "TPU Contoh",
    "location": {"type": "Point", "coordinates": (106.62, -6.13)},
    "kelurahan_code": "36.71.11.1004",
    "openings": [
        {"name": "siang", "begins": "07:00", "ends": "17:00"},
        {"name": "malam", "begins": "18:00", "ends": "20:00"},
    ],
    "notice_minutes": 120,
    "capacity_per_hour": 2,
}
ALWAYS = [{"days": list(Weekday), "begins": "00:00", "ends": "00:00"}]
NIGHT_AND_DAY = [{"name": "selalu", "begins": "00:00", "ends": "00:00"}]
OFFICER = Actor(subject="officer-1", scopes=frozenset({"hearse:schedule"}))
SUPERVISOR = Actor(subject="supervisor-1", scopes=frozenset({"hearse:schedule", "hearse:supervise"}))


def citizen(subject: str) -> Actor:
    """Somebody in the super app."""
    return Actor(subject=subject, client="super-app", rows={"citizen": (subject,)})


def _declared() -> Iterator[tuple[str, Any]]:
    for module in iter_modules(handlers.__path__):
        yield from vars(import_module(f"{handlers.__name__}.{module.name}")).items()


HANDLERS = dict(_declared())
TIMERS = {
    "trip-hold-ended": HANDLERS["hold_ended"],
    "trip-arrival-due": HANDLERS["arrival_due"],
    "trip-end-due": HANDLERS["end_due"],
    "booking-approval-due": HANDLERS["approval_due"],
    "booking-next-of-kin-due": HANDLERS["next_of_kin_due"],
    "booking-vehicle-check": HANDLERS["vehicle_check"],
    "booking-expiry": HANDLERS["expired"],
    "booking-retention": HANDLERS["retention_due"],
}


class Office:
    """Asks as an officer unless told otherwise."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime, self.now = runtime, NOON
        runtime.now = lambda: self.now
        store.configuration.CACHE.forget()

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**span)
        return self.now

    def ask(self, request: Request, actor: Actor = OFFICER) -> Any:
        """The reply; raises what the handler refuses."""
        answer = HANDLERS[request.operation.partition(".")[2]]

        def task(work: Work) -> Any:
            reply = answer(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=actor, action=request.operation, correlation_id="story-1")
        return self.runtime.run(task, cause, transactional=request.changes)

    def tell(self, event: Event, handler: str) -> None:
        """An event arrives."""

        def task(work: Work) -> None:
            HANDLERS[handler](work, event)
            work.commit()

        self.runtime.run(task, Cause(actor=SYSTEM, action="test", correlation_id="story-1"))

    def fire(self) -> int:
        """Fire every clock that has run out; returns how many."""
        fired = next(count for count in itertools.count() if not fire_one(self.runtime, TIMERS))
        assert self.rows("SELECT kind FROM timer WHERE attempts > 0") == [], "a clock's handler failed: see the log"
        return fired

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the database says."""
        with self.runtime.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def events(self) -> list[str]:
        """Types of the events in the outbox, without service and version, in order; alerts apart."""
        types = [row.type.split(".")[1] for row in self.rows("SELECT type FROM outbox ORDER BY seq")]
        return [one for one in types if not one.startswith("alert")]

    def alerts(self, state: str = "open") -> dict[str, dict[str, Any]]:
        """The alerts in a state: kind and detail."""
        return {one.kind: one.detail for one in self.ask(asked.ListAlerts(state=state)).items}

    def fleet(self, vehicles: int = 2, officers: int = 3, shifts: Any = ALWAYS, **cemetery: Any) -> None:
        """JNZ-1 …, PTG-1 … (the last one does not drive), one cemetery."""
        self.ask(
            asked.ImportFleet(
                vehicles=tuple(
                    {"id": f"JNZ-{number}", "plate": f"B {1000 + number} XYZ", "base": BASE}
                    for number in range(1, vehicles + 1)
                ),
                officers=tuple(
                    {"id": f"PTG-{number}", "name": "Petugas", "drives": number < officers, "shifts": shifts}
                    for number in range(1, officers + 1)
                ),
                burial_places=({**CEMETERY, **cemetery},),
            )
        )

    def book(self, name: str = "Almarhum Contoh", actor: Actor = OFFICER, **more: Any) -> Any:
        """A request for a trip within the city, as soon as possible."""
        given = {
            "reporter": {"name": "Siti Contoh", "phone": "081200001234", "relationship": "anak"},
            "deceased": {"name": name},
            "pickup": {"location": BASE, "address": "Jl. Contoh 1"},
            "destination": {"kind": "home", "location": HOME, "kelurahan_code": "36.71.01.1001"},
            "earliest_at": self.now,
        }
        return self.ask(asked.RequestBooking.model_validate({**given, **more}), actor)

    def approved(self, name: str = "Almarhum Contoh", **more: Any) -> UUID:
        """The id of a booking that may be planned."""
        id = self.book(name, **more).id
        self.ask(asked.ApproveBooking(booking_id=id))
        return id

    def confirm(self, booking_id: UUID, pickup_at: datetime | None = None, actor: Actor = OFFICER, **more: Any) -> Any:
        """Fix a time."""
        return self.ask(asked.ConfirmBooking(booking_id=booking_id, pickup_at=pickup_at, **more), actor)

    def slots(self, booking_id: UUID, **more: Any) -> Any:
        """The next free times."""
        return self.ask(asked.FindSlots(booking_id=booking_id, **more)).items

    def report(self, booking_id: UUID, milestone: str, actor: Actor = OFFICER, **more: Any) -> Any:
        """A milestone."""
        return self.ask(asked.RecordTripMilestone(booking_id=booking_id, milestone=milestone, **more), actor)

    def reserved(self) -> list[str]:
        """All that is taken, by name."""
        return [row.resource for row in self.rows("SELECT resource FROM reservation ORDER BY resource")]


__all__ = [
    "ALWAYS",
    "BASE",
    "CEMETERY",
    "FAR",
    "HOME",
    "NIGHT_AND_DAY",
    "NOON",
    "OFFICER",
    "SUPERVISOR",
    "Office",
    "citizen",
]
