"""One unit of work: what a request, an event or a timer changes, committed together or not at all.

State rows, outbox rows, the audit row, timers and the inbox row travel in one SQL statement at the end. A unit that
reads first begins a transaction; one that only writes is a single round trip.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import RawCursor
from psycopg import errors as driver_errors
from psycopg.rows import dict_row
from sqlalchemy import Connection, CursorResult, Engine, Executable, PoolProxiedConnection, Table

from contracts.base import Event
from contracts.context import Actor

from . import failpoints, tables
from .bulk import Bulk
from .cause import Cause
from .inbox import AlreadyApplied, Claim
from .outgoing import outbox_row
from .privacy import FieldCipher, Letters, PersonKeys
from .question import Question
from .statement import Values, Write, Writes, primary_key
from .telemetry.metrics import emitted
from .waking import QUIET, WakeUp


class UnauditedChange(RuntimeError):
    """A handler changed something and did not say what: a programming error, so nothing is committed."""


class Work(Bulk):
    """Reads and writes of one handler. `now` is its only clock, `new_id` its only source of ids.

    `in_doubt` turns true when the deciding statement is sent: if the connection breaks after that, only the inbox
    can tell whether it was applied. A unit that is not `transactional` may only read, each query for itself.
    """

    def __init__(
        self,
        engine: Engine,
        pooled: PoolProxiedConnection,
        *,
        cause: Cause,
        now: datetime,
        new_id: Callable[[], UUID],
        claim: Claim | None = None,
        cipher: FieldCipher,
        person_keys: PersonKeys,
        letters: Letters,
        wake: WakeUp,
        transactional: bool = True,
    ) -> None:
        self.cause, self.now, self.new_id = cause, now, new_id
        self.cipher, self.person_keys, self._letters = cipher, person_keys, letters
        self._engine, self._pooled, self._claim = engine, pooled, claim
        self._driver: Any = pooled.driver_connection
        self._sqlalchemy: Connection | None = None
        self._wake, self._writes = wake, Writes()
        self._transactional = transactional
        self._begun = self._changed = self._audited = self._emitted = False
        self._afterwards: list[Callable[[], None]] = []
        self._lastly: dict[object, Callable[[Work], None]] = {}
        self.in_doubt = False

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.cause.actor

    def read(self, statement: Executable, parameters: Values | None = None) -> CursorResult[Any]:
        """Run a query inside the transaction; it sees what this unit wrote before."""
        if self._transactional:
            self._begin()
            self.flush()
        if self._sqlalchemy is None:  # a unit that only writes does without
            self._sqlalchemy = Connection(self._engine, self._pooled)
        return self._sqlalchemy.execute(statement, parameters or {})

    def ask(self, question: Question, **values: Any) -> list[dict[str, Any]]:
        """The rows of a question that was built beforehand; inside the transaction, as `read`."""
        if self._transactional:
            self._begin()
            self.flush()
        text, names, known = question.compiled
        given = known | values
        cursor = RawCursor(self._driver, row_factory=dict_row)
        return cursor.execute(text, [given[name] for name in names], prepare=True, binary=True).fetchall()

    def insert(self, table: Table, **values: Any) -> None:
        """A new row."""
        self._write(Write("insert", table, tuple([key for key in primary_key(table) if key in values]), values))

    def update(self, table: Table, key: Values, **values: Any) -> None:
        """Change the row with this key. The caller has read it FOR UPDATE, so it exists."""
        self._write(Write("update", table, tuple(key), {**key, **values}))

    def upsert(self, table: Table, key: Values, **values: Any) -> None:
        """Insert the row, or change it if the key is there."""
        self._write(Write("upsert", table, tuple(key), {**key, **values}))

    def delete(self, table: Table, key: Values) -> None:
        """Remove the row with this key, if it is there."""
        self._write(Write("delete", table, tuple(key), key))

    def emit(self, subject: object, sequence: int, *events: Event) -> None:
        """Publish events once this unit is committed. `sequence` is the version of the subject after the change.

        What is in an event's field `sealed` goes to the one service that it is for, and to nobody else.
        """
        for event in events:
            id, about = self.new_id(), str(subject)
            row = outbox_row(event, about, sequence, id=id, cause=self.cause, now=self.now, letters=self._letters)
            self.insert(tables.outbox, **row)
            self._emitted = True
            self.afterwards(emitted(event.type).inc)

    def lastly(self, key: object, task: Callable[[Work], None]) -> None:
        """Do this when all else is written, still in the transaction, once for each `key`: for what is reckoned from
        the rows themselves."""
        self._lastly[key] = task

    def afterwards(self, count: Callable[[], None]) -> None:
        """Do this once all is committed, and not otherwise: for metrics, which nobody can take back."""
        self._afterwards.append(count)

    def audit(self, subject: object, **detail: Any) -> None:
        """Say what was changed. `detail` holds states, codes and ids, never personal data."""
        self._audited = True
        values = {"at": self.now, "subject": str(subject), "detail": detail, **self.cause.values()}
        self._write(Write("insert", tables.audit, (), values))

    def remind(self, kind: str, subject: object, due_at: datetime, **payload: Any) -> None:
        """Set a durable timer; one of the same kind and subject is moved."""
        key = {"kind": kind, "subject": str(subject)}
        self.upsert(
            tables.timer,
            key,
            id=self.new_id(),
            due_at=due_at,
            payload=payload,
            correlation_id=self.cause.correlation_id,
            attempts=0,
        )

    def forget(self, kind: str, subject: object) -> None:
        """Cancel a timer, if it is still set."""
        self.delete(tables.timer, {"kind": kind, "subject": str(subject)})

    def supersedes(self, event_type: str, subject: str, sequence: int) -> bool:
        """For snapshot events: True (and remembered) if this is newer than what was applied before."""
        statement = (
            "INSERT INTO snapshot (type, subject, sequence) VALUES (%s, %s, %s) ON CONFLICT (type, subject) "
            "DO UPDATE SET sequence = EXCLUDED.sequence WHERE snapshot.sequence < EXCLUDED.sequence RETURNING 1"
        )
        self._begin()
        return self._cursor().execute(statement, (event_type, subject, sequence)).fetchone() is not None

    def in_story_of(self, correlation_id: str, action: str, causation_id: str) -> None:
        """Continue the story that a timer belongs to, known only once it was taken."""
        self.cause = replace(self.cause, correlation_id=correlation_id, action=action, causation_id=causation_id)

    def flush(self) -> None:
        """Send the waiting writes now, still uncommitted; constraint violations show here."""
        if self._writes:
            self._begin()
            self._send(QUIET)

    def commit(self, reply: bytes | None = None) -> None:
        """Make everything true at once. Raises AlreadyApplied if the same message was applied meanwhile."""
        if (self._changed or self._emitted) and not self._audited:
            raise UnauditedChange(f"{self.cause.action} changed state without an audit row")
        self._do_last()
        if self._claim:
            row = self._claim.row(self.now, reply, self.cipher)
            # Before all others: whoever comes second must meet this row, not a unique column of the handler's.
            self._writes.add(Write("insert", tables.inbox, (), row), first=True)
        if not self._begun:
            failpoints.reach(failpoints.BEFORE_COMMIT)  # the one statement below commits by itself
        if self._writes:
            self._send_last()
        if self._begun:
            failpoints.reach(failpoints.BEFORE_COMMIT)
            self.in_doubt = True
            self._driver.execute("COMMIT")
            self._begun = False
        self._wake.ring(self._emitted)
        for count in self._afterwards:
            count()
        self._afterwards.clear()
        failpoints.reach(failpoints.AFTER_COMMIT)

    def rollback(self) -> None:
        """Forget everything; locks are released."""
        self._writes = Writes()
        self._lastly.clear()
        if self._begun:
            self._begun = False
            self._driver.execute("ROLLBACK")

    @property
    def open(self) -> bool:
        """True while its transaction is."""
        return self._begun

    def abandon(self) -> None:
        """Its connection is broken: there is nothing to roll back."""
        self._begun = False

    def check_claim(self) -> None:
        """Raise AlreadyApplied or StillRunning if this message or key is not ours to apply."""
        self._begin()

    def _write(self, write: Write) -> None:
        self._changed = True
        if not self._writes.offer(write):
            self.flush()
            self._writes.add(write)

    def _begin(self) -> None:
        if self._begun:
            return
        self._driver.execute("BEGIN")
        self._begun = True
        if self._claim:
            self._claim.check(self._cursor())

    def _do_last(self) -> None:
        while self._lastly:
            self._lastly.popitem()[1](self)

    def _send_last(self) -> None:
        self.in_doubt = not self._begun
        try:
            self._send(self._wake.tail(self._emitted))
        except driver_errors.UniqueViolation as error:
            if self._claim and error.diag.constraint_name == "pk_inbox":
                self.rollback()
                raise AlreadyApplied.look_up(self._cursor(), self._claim) from None
            raise

    def _send(self, tail: str) -> None:
        sql, parameters = self._writes.take(tail)
        RawCursor(self._driver).execute(sql, parameters, prepare=True)

    def _cursor(self) -> Any:
        return self._driver.cursor()
