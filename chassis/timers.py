"""Durable clocks: rows with a due time, taken by one process, fired once.

A timer is deleted in the transaction that its handler commits. A process that dies in between leaves the row as it
was; another takes it. A handler that fails is tried again later, ever more slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from .tables import timer as table
from .work import Work

_RETRY = """
UPDATE timer
SET attempts = attempts + 1, due_at = %s + least(interval '1 second' * power(2, attempts), interval '10 minutes')
WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock that has run out."""

    id: UUID
    kind: str
    subject: str
    due_at: datetime
    payload: dict[str, Any]
    correlation_id: str
    attempts: int


def take_due(work: Work, jobs: tuple[str, ...] = ()) -> Timer | None:
    """Lock the longest overdue timer that no other process has taken, or None. Kinds of jobs are not ours (jobs.py)."""
    statement = (
        select(table)
        .where(table.c.due_at <= work.now, table.c.kind.not_in(jobs))
        .order_by(table.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = work.read(statement).mappings().first()
    return Timer(**row) if row else None


def finish(work: Work, timer: Timer) -> None:
    """Remove a timer that was handled, unless its handler has set it anew."""
    work.read(table.delete().where(table.c.id == timer.id))


def postpone(cursor: Any, timer_id: UUID, now: datetime) -> None:
    """After a failure: one more attempt, after 1, 2, 4 … seconds, at most ten minutes."""
    cursor.execute(_RETRY, (now, timer_id))


def due_count(cursor: Any, now: datetime) -> int:
    """How many timers are past their time."""
    return int(cursor.execute("SELECT count(*) FROM timer WHERE due_at <= %s", (now,)).fetchone()[0])


def next_due(cursor: Any, now: datetime, at_most: timedelta, jobs: tuple[str, ...] = ()) -> float:
    """Seconds until the next timer is due that is no job, at most `at_most`."""
    due_at = cursor.execute("SELECT min(due_at) FROM timer WHERE kind <> ALL(%s)", (list(jobs),)).fetchone()[0]
    if due_at is None:
        return at_most.total_seconds()
    return min(max((due_at - now).total_seconds(), 0.0), at_most.total_seconds())
