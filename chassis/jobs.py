"""Long work in a process of its own: a timer whose handler takes minutes or much memory, with a limit on both.

A timer of a job's kind is leased, not taken: its due time is moved on again and again by the process that works on it,
and it is deleted in the transaction of the last change. A process that dies lets the lease run out, and the work begins
anew, here or elsewhere; after too many times `gave_up` says so. So a job is done at least once and applied once.

    JOBS = {"roster-parse": JobKind(parsing.parse, parsing.gave_up, megabytes=200)}     # services/<name>/jobs.py
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from sqlalchemy import select, text

from contracts.context import SYSTEM

from .runtime import Runtime
from .tables import timer as table
from .timers import Timer
from .work import Cause, Work

LEASE = timedelta(seconds=10)
TRIES = 3
STATEMENT_SECONDS = 300
Result = TypeVar("Result")

_LEASE = text("UPDATE timer SET due_at = :until, attempts = attempts + 1 WHERE id = :id")
_RENEW = "UPDATE timer SET due_at = greatest(due_at, %s) WHERE id = %s AND attempts = %s"
_FINISH = text("DELETE FROM timer WHERE id = :id AND attempts = :attempts")
_MINE = text("SELECT 1 FROM timer WHERE id = :id AND attempts = :attempts FOR KEY SHARE")
"""Nobody else takes the lease while this transaction runs; the renewal of our own may."""
_PATIENCE = text(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'")


class LeaseLost(RuntimeError):
    """Another process works on it by now: what this one did is not committed."""


@dataclass(frozen=True)
class JobKind:
    """Its handlers. `megabytes` is how much memory the work may take beyond what the process starts with."""

    work: Callable[[Job], None]
    gave_up: Callable[[Work, Timer], None]
    megabytes: int


class Job:
    """One try at one piece of work, as its handler sees it."""

    def __init__(self, runtime: Runtime, timer: Timer) -> None:
        self.runtime, self.timer = runtime, timer

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.timer.subject

    def run(self, task: Callable[[Work], Result]) -> Result:
        """A unit of work on the way, such as progress; it is committed. Its statements may take minutes. Raises
        LeaseLost when another one has taken over: a process that was asleep must not write beside it."""

        def patient(work: Work) -> Result:
            work.read(_PATIENCE)
            if work.read(_MINE, {"id": self.timer.id, "attempts": self.timer.attempts}).first() is None:
                raise LeaseLost(self.timer.kind)
            result = task(work)
            work.commit()
            return result

        return self.runtime.run(patient, self.cause)

    def finish(self, task: Callable[[Work], Result]) -> Result:
        """The last unit of work: with it the job is done. Raises LeaseLost when another one has taken over."""

        def last(work: Work) -> Result:
            result = task(work)
            done = work.read(_FINISH, {"id": self.timer.id, "attempts": self.timer.attempts}).rowcount
            if not done:
                raise LeaseLost(self.timer.kind)
            return result

        return self.run(last)

    def renew(self) -> bool:
        """Keep the lease; False if it is lost."""
        with self.runtime.connect() as connection:
            until = self.runtime.now() + LEASE
            return connection.execute(_RENEW, (until, self.timer.id, self.timer.attempts)).rowcount == 1

    @property
    def cause(self) -> Cause:
        """Who acts, in which story."""
        timer = self.timer
        return Cause(
            actor=SYSTEM,
            action=f"job {timer.kind}",
            correlation_id=timer.correlation_id,
            causation_id=str(timer.id),
        )


def kinds_of(service: str) -> dict[str, JobKind]:
    """The jobs that a service declares in services/<name>/jobs.py; none if it has no such file."""
    module = f"services.{service}.jobs"
    if find_spec(module.rpartition(".")[0]) is None or find_spec(module) is None:
        return {}
    found: dict[str, JobKind] = import_module(module).JOBS
    return found


def lease(runtime: Runtime, kinds: tuple[str, ...]) -> Timer | None:
    """The longest overdue job that nobody works on, now ours for a while; None if there is none."""

    def take(work: Work) -> Timer | None:
        statement = (
            select(table)
            .where(table.c.kind.in_(kinds), table.c.due_at <= work.now)
            .order_by(table.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = work.read(statement).mappings().first()
        if row is None:
            work.rollback()
            return None
        work.read(_LEASE, {"id": row["id"], "until": work.now + LEASE})
        work.commit()
        return Timer(**{**row, "attempts": row["attempts"] + 1})

    return runtime.run(take, Cause(actor=SYSTEM, action="job", correlation_id=str(runtime.new_id())))


def perform(runtime: Runtime, kind: JobKind, timer: Timer) -> None:
    """One try in this process. Raises what the handler raises."""
    job = Job(runtime, timer)
    if timer.attempts > TRIES:
        job.finish(lambda work: kind.gave_up(work, timer))
        return
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(job, over), daemon=True)
    keeper.start()
    try:
        kind.work(job)
    finally:
        over.set()


def _keep(job: Job, over: threading.Event) -> None:
    while not over.wait(LEASE.total_seconds() / 4):
        try:
            job.renew()
        except Exception:  # the next try may reach the database; the lease lasts for four
            continue


def give_back(runtime: Runtime, timer: Timer) -> None:
    """A try failed: the next one may begin soon, ever later."""
    pause = timedelta(seconds=2**timer.attempts)
    with runtime.connect() as connection:
        connection.execute(
            "UPDATE timer SET due_at = %s WHERE id = %s AND attempts = %s",
            (runtime.now() + pause, timer.id, timer.attempts),
        )


def still_there(runtime: Runtime, timer_id: Any) -> Timer | None:
    """The timer of a leased job."""
    with runtime.engine.connect() as connection:
        row = connection.execute(select(table).where(table.c.id == timer_id)).mappings().first()
    return Timer(**row) if row else None
