"""A call that was cut off is rung back: a task at 15 s, 60 s and 3 min after it was disposed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work

from .. import store
from . import find

KIND = "contact-call-back"
AFTER = (timedelta(seconds=15), timedelta(seconds=60), timedelta(minutes=3))


def plan(work: Work, contact_id: UUID, since: datetime, raised: int = 0) -> None:
    """Set the clock of the next call-back, if one is left."""
    if raised < len(AFTER):
        work.remind(KIND, contact_id, since + AFTER[raised], raised=raised)


def call_back_due(work: Work, timer: Timer) -> None:
    """One more call-back task for the operators."""
    contact = find.contact(work, UUID(timer.subject), lock=True)
    raised = timer.payload["raised"] + 1
    store.contact.raise_call_back(work, contact.id, raised)
    work.audit(contact.id, call_backs_due=raised)
    plan(work, contact.id, contact.disposed_at or work.now, raised)
