"""A seat in a batch, or a place on its waiting list.

waiting → offered → accepted → passed / failed / attended / no_show; given back, expired, unserved, batch cancelled.
Who asks while a seat is free has it at once; who waits is asked again when there is one, and has until `expires_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.umkm import PriorityReason, SeatState, SeatWrongState, SizeClass

from .refusals import wrong_state

TAKEN = (
    SeatState.OFFERED,
    SeatState.ACCEPTED,
    SeatState.ATTENDED,
    SeatState.PASSED,
    SeatState.FAILED,
    SeatState.NO_SHOW,
)
LIVE = (SeatState.WAITING, *TAKEN)
"""Of these an owner has at most one in a batch."""
CAME = (SeatState.ATTENDED, SeatState.PASSED, SeatState.FAILED)
SOCIAL = frozenset({PriorityReason.HOUSEHOLD, PriorityReason.DISABILITY})
ANSWER, ANSWER_AGAIN = timedelta(hours=24), timedelta(hours=72)
BEFORE_START, SHORTEST = timedelta(hours=12), timedelta(hours=1)


def answer_until(now: datetime, begins_at: datetime, longest: timedelta = ANSWER) -> datetime:
    """Until when an offer is kept: `longest`, but not into the last 12 hours; then for an hour each, so that seats
    still find somebody; never beyond the beginning."""
    return min(now + longest, max(begins_at - BEFORE_START, now + SHORTEST), begins_at)


def is_social(reasons: tuple[PriorityReason, ...]) -> bool:
    """Whether the head start is for them."""
    return not SOCIAL.isdisjoint(reasons)


@dataclass(slots=True)
class Seat:
    """`number` is the order in which they were asked for, and the one on the attendance list; class and kecamatan are
    those of the business when it asked, for the year's figures."""

    id: UUID
    batch_id: UUID
    business_id: UUID
    owner_id: UUID
    number: int
    asked_at: datetime
    reasons: tuple[PriorityReason, ...]
    size_class: SizeClass
    kecamatan_code: str
    state: SeatState = SeatState.WAITING
    expires_at: datetime | None = None
    version: int = 1

    @property
    def points(self) -> int:
        """Who has more reasons is further ahead on the list; then whoever asked first."""
        return len(self.reasons)

    def offer(self, until: datetime) -> None:
        """Kept for them."""
        self._turn("offer", SeatState.OFFERED, SeatState.WAITING, SeatState.ACCEPTED, SeatState.OFFERED)
        self.expires_at = until

    def weigh(self, reasons: tuple[PriorityReason, ...]) -> None:
        """Other reasons, so perhaps another place on the list."""
        self.reasons = reasons
        self.version += 1

    def keep(self) -> None:
        """An offer without an end: the batch has no dates."""
        if self.state is SeatState.OFFERED:
            self._turn("keep", SeatState.OFFERED, SeatState.OFFERED)
            self.expires_at = None

    def accept(self, now: datetime) -> bool:
        """Taken; False if it was before."""
        if self.state is SeatState.ACCEPTED:
            return False
        if self.state is SeatState.OFFERED and self.expires_at is not None and now >= self.expires_at:
            raise wrong_state(SeatWrongState, "accept_seat", SeatState.EXPIRED, [SeatState.OFFERED])
        self._turn("accept_seat", SeatState.ACCEPTED, SeatState.OFFERED)
        self.expires_at = None
        return True

    def give_up(self) -> bool:
        """Theirs no more; False if it was not before."""
        if self.state in (SeatState.CANCELLED, SeatState.DECLINED):
            return False
        declined = self.state is SeatState.OFFERED
        self.release("give_up_seat", SeatState.DECLINED if declined else SeatState.CANCELLED)
        return True

    def release(self, step: str, state: SeatState) -> None:
        """Theirs no more, or they wait no more."""
        self._turn(step, state, SeatState.WAITING, SeatState.OFFERED, SeatState.ACCEPTED)
        self.expires_at = None

    def result(self, state: SeatState) -> None:
        """What came of it."""
        self._turn("finish_batch", state, SeatState.ACCEPTED)

    def correct(self, state: SeatState) -> bool:
        """A result was wrong; True if it is another one."""
        if state is self.state:
            return False
        self._turn("correct_result", state, SeatState.PASSED, SeatState.FAILED)
        return True

    def _turn(self, step: str, state: SeatState, *allowed: SeatState) -> None:
        if self.state not in allowed:
            raise wrong_state(SeatWrongState, step, self.state, allowed)
        self.state = state
        self.version += 1
