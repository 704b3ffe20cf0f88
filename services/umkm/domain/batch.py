"""A batch of training, or a bazaar: announced → open ⇄ full → running → finished; postponed, cancelled.

It is the aggregate of its seats: whoever changes a seat holds the batch's lock, so that seats are counted and given by
one after the other. `taken` is always counted anew from the seats; no number can drift from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.problems import wrong_field
from contracts.umkm import BatchKind, BatchState, BatchWrongState, SizeClass

from .refusals import wrong_state

REGISTERING = (BatchState.OPEN, BatchState.FULL)
BEFORE_START = (BatchState.ANNOUNCED, *REGISTERING, BatchState.POSTPONED)


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting, or one day of a bazaar."""

    begins_at: datetime
    ends_at: datetime


@dataclass(slots=True)
class Batch:
    """`last_number` is the highest number of a seat in it."""

    id: UUID
    kind: BatchKind
    title: str
    description: str
    venue: str
    kelurahan_code: str
    classes: tuple[SizeClass, ...]
    quota: int
    opens_at: datetime
    closes_at: datetime
    priority_hours: int
    sessions: tuple[Session, ...]
    sessions_needed: int
    state: BatchState = BatchState.ANNOUNCED
    last_number: int = 0
    reason: str | None = None
    version: int = 1

    @property
    def begins_at(self) -> datetime:
        """When the first session does."""
        return self.sessions[0].begins_at

    @property
    def head_start_until(self) -> datetime | None:
        """Until when only people with social priority or a disability are given seats at once."""
        return self.opens_at + timedelta(hours=self.priority_hours) if self.priority_hours else None

    def in_head_start(self, now: datetime) -> bool:
        """Whether that is still so."""
        return self.head_start_until is not None and now < self.head_start_until

    def begun(self, now: datetime) -> bool:
        """Whether the first session has begun; dates of a postponed one mean nothing."""
        on_time = self.state in (BatchState.ANNOUNCED, *REGISTERING)
        return self.state in (BatchState.RUNNING, BatchState.FINISHED) or (on_time and now >= self.begins_at)

    def free(self, taken: int) -> int:
        """Never below zero: with a quota that was lowered, more may be taken than there are seats."""
        return max(0, self.quota - taken)

    def open(self, taken: int) -> None:
        """Seats can be asked for."""
        self._turn("open", BatchState.OPEN, BatchState.ANNOUNCED)
        self.count(taken)

    def count(self, taken: int) -> None:
        """Full or open again, by the seats that are taken now."""
        if self.state in REGISTERING:
            self.state = BatchState.OPEN if self.free(taken) else BatchState.FULL

    def next_number(self) -> int:
        """The number of one more seat."""
        self.last_number += 1
        return self.last_number

    def change_quota(self, quota: int) -> bool:
        """More or fewer seats; True if it is another number."""
        if quota == self.quota:
            return False
        self._turn("change_quota", self.state, *BEFORE_START)
        self.quota = quota
        return True

    def postpone(self, reason: str) -> None:
        """New dates will be told."""
        self._turn("postpone_batch", BatchState.POSTPONED, BatchState.ANNOUNCED, *REGISTERING)
        self.reason = reason

    def reschedule(self, sessions: tuple[Session, ...], closes_at: datetime | None, now: datetime, taken: int) -> None:
        """New dates of a postponed one."""
        self._turn("reschedule_batch", BatchState.ANNOUNCED, BatchState.POSTPONED)
        self.sessions, self.closes_at, self.reason = sessions, closes_at or sessions[0].begins_at, None
        self.require_possible(now)
        if now >= self.opens_at:
            self.state = BatchState.OPEN
            self.count(taken)

    def start(self) -> None:
        """The first session has begun."""
        self._turn("start", BatchState.RUNNING, *REGISTERING, BatchState.ANNOUNCED)

    def finish(self) -> None:
        """Results are in."""
        self._turn("finish_batch", BatchState.FINISHED, BatchState.RUNNING)

    def cancel(self, reason: str) -> None:
        """It does not take place."""
        self._turn("cancel_batch", BatchState.CANCELLED, *BEFORE_START, BatchState.RUNNING)
        self.reason = reason

    def require_possible(self, now: datetime) -> None:
        """Raise InvalidRequest for times that can't be."""
        if self.begins_at <= now:
            raise wrong_field("sessions.0.begins_at", "past", "the first session has begun", "send a later time")
        if not self.opens_at < self.closes_at <= self.begins_at:
            raise wrong_field(
                "closes_at",
                "order",
                "registration opens, then closes, then the first session begins",
                "send times in this order",
            )
        if self.sessions_needed > len(self.sessions):
            raise wrong_field(
                "sessions_needed", "too_many", "there are fewer sessions", "send at most the number of sessions"
            )

    def require_state(self, step: str, *allowed: BatchState) -> None:
        """Raise BatchWrongState in any other state."""
        if self.state not in allowed:
            raise wrong_state(BatchWrongState, step, self.state, allowed)

    def _turn(self, step: str, state: BatchState, *allowed: BatchState) -> None:
        self.require_state(step, *allowed)
        self.state = state
        self.version += 1
