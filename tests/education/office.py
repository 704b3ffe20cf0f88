"""An education office for tests: asks the real handlers on a real database, with files in a folder of its own."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from chassis.firing import fire_one
from chassis.jobs import kinds_of, lease, perform
from chassis.runtime import Runtime
from chassis.storage import Storage
from chassis.work import Cause, Work
from contracts import education as asked
from contracts.base import Event, Request
from contracts.context import SYSTEM, Actor
from contracts.hearse import DeathRecorded
from services.education import handlers

from .files import by_xlsxwriter, child, grid

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
ONE, TWO, THREE = "99000001", "99000002", "99000003"
SCOPES = frozenset({"education:read", "education:rosters", "education:pupils"})
OFFICER = Actor(subject="officer-1", scopes=SCOPES)
MANAGER = Actor(subject="manager-1", scopes=frozenset({"education:manage"}))
JOBS = kinds_of("education")


def operator(npsn: str) -> Actor:
    """Somebody of one school."""
    return Actor(subject=f"operator-{npsn}", scopes=SCOPES, rows={"npsn": (npsn,)})


def citizen(subject: str) -> Actor:
    """Somebody in the super app."""
    return Actor(subject=subject, client="super-app", rows={"citizen": (subject,)})


def _handlers() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in iter_modules(handlers.__path__):
        found |= vars(import_module(f"{handlers.__name__}.{module.name}"))
    return found


HANDLERS = _handlers()
TIMERS = {
    "roster-forget": HANDLERS["forget_due"],
    "roster-expire": HANDLERS["expire_due"],
    "numbers-due": HANDLERS["term_over"],
    "evaluation-forget": HANDLERS["forget_evaluation"],
    "bank-answers-sweep": HANDLERS["sweep_answers"],
}


class Office:
    """Asks as the operator of the first school unless told otherwise."""

    def __init__(self, runtime: Runtime, storage: Storage) -> None:
        self.runtime, self.storage, self.now, self.files = runtime, storage, NOON, 0
        runtime.now = lambda: self.now

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**span)
        return self.now

    def ask(self, request: Request, actor: Actor | None = None, purpose: str | None = "uji") -> Any:
        """The reply; raises what the handler refuses."""
        answer = HANDLERS[request.operation.partition(".")[2]]

        def task(work: Work) -> Any:
            reply = answer(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=actor or operator(ONE), action=request.operation, correlation_id="story-1", purpose=purpose)
        return self.runtime.run(task, cause, transactional=request.changes)

    def work(self) -> int:
        """Do every job that is due; returns how many."""
        count = 0
        while timer := lease(self.runtime, tuple(JOBS)):
            perform(self.runtime, JOBS[timer.kind], timer)
            count += 1
        return count

    def tell(self, event: Event, handler: str) -> None:
        """An event arrives."""

        def task(work: Work) -> None:
            HANDLERS[handler](work, event)
            work.commit()

        self.runtime.run(task, Cause(actor=SYSTEM, action="test", correlation_id="story-1"))

    def fire(self) -> int:
        """Fire every clock that has run out; returns how many."""
        fired = next(count for count in itertools.count() if not fire_one(self.runtime, TIMERS, tuple(JOBS)))
        assert self.rows("SELECT kind FROM timer WHERE attempts > 0") == [], "a clock's handler failed: see the log"
        return fired

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the database says."""
        with self.runtime.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def events(self) -> list[str]:
        """Types of the events in the outbox, without service and version, in order."""
        return [row.type.split(".")[1] for row in self.rows("SELECT type FROM outbox ORDER BY seq")]

    def schools(self) -> None:
        """Two SD and an SMP."""
        rows = tuple(
            {
                "npsn": npsn,
                "name": name,
                "level": level,
                "ownership": "private",
                "kecamatan_code": "36.71.01",
            }
            for npsn, name, level in (
                (ONE, "SD CONTOH SATU", "SD"),
                (TWO, "SD CONTOH DUA", "SD"),
                (THREE, "SMP CONTOH TIGA", "SMP"),
            )
        )
        self.ask(asked.ImportSchools.model_validate({"schools": rows}), OFFICER)

    def upload(self, content: bytes, npsn: str = ONE, actor: Actor | None = None, **more: Any) -> Any:
        """The file lies in storage and the service is told."""
        self.files += 1
        digest = hashlib.sha256(content).hexdigest()
        key = "rosters/" + hashlib.sha256(f"{self.files} {digest}".encode()).hexdigest()
        with self.storage.writing(key) as file:
            file.write(content)
        stored = {"key": key, "name": "daftar.xlsx", "size": len(content), "sha256": digest}
        told = {"npsn": npsn, "school_year": "2026/2027", "file": stored} | more
        return self.ask(asked.UploadRoster.model_validate(told), actor or operator(npsn))

    def preview(self, content: bytes, npsn: str = ONE, **more: Any) -> Any:
        """Uploaded and read."""
        roster = self.upload(content, npsn, **more)
        self.work()
        return self.roster(roster.id, npsn)

    def roster(self, roster_id: UUID, npsn: str = ONE) -> Any:
        """As it is now."""
        return self.ask(asked.GetRoster(roster_id=roster_id), operator(npsn))

    def apply(self, roster: Any, **more: Any) -> Any:
        """Applied, by its school's operator."""
        self.ask(asked.ApplyRoster(roster_id=roster.id, **more), operator(roster.npsn))
        self.work()
        return self.roster(roster.id, roster.npsn)

    def enrol(self, *numbers: int, npsn: str = ONE, **more: Any) -> Any:
        """These children's roster, applied."""
        content = by_xlsxwriter(grid([child(number) for number in numbers]))
        return self.apply(self.preview(content, npsn, **more), confirm_npsn=npsn)

    def lines(self, roster: Any, outcome: str | None = None) -> list[Any]:
        """The rows of a preview."""
        query = asked.ListRosterRows(roster_id=roster.id, outcome=outcome, limit=200)
        return list(self.ask(query, operator(roster.npsn)).items)

    def pupils(self, npsn: str = ONE, actor: Actor | None = None, **query: Any) -> list[Any]:
        """Who is enrolled."""
        return list(self.ask(asked.ListPupils(npsn=npsn, limit=200, **query), actor or operator(npsn)).items)


def died(office: Office, nik: str, **more: Any) -> DeathRecorded:
    """What the hearse service tells."""
    key = office.runtime.person_keys.person_key(nik)
    return DeathRecorded(booking_id=uuid4(), person_key=key, died_on=date(2026, 11, 20), **more)
