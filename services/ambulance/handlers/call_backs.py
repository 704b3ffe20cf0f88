"""A call that was cut off is rung back: a task at 15 s, 60 s and 3 min (configuration) after it was disposed.

A later task takes the place of the one before it; a person who resolves one (the caller was reached) ends them, and so
does a new call from the same number.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.values import AlertKind

from .. import store
from ..domain.alert import About
from . import alerts, find
from .timer_kinds import CALL_BACK


def plan(work: Work, contact_id: UUID, since: datetime, raised: int = 0) -> None:
    """Set the clock of the next call-back, if one is left."""
    after = store.configuration.get(work).call_back_after
    if raised < len(after):
        work.remind(CALL_BACK, contact_id, since + after[raised], raised=raised)


def call_back_due(work: Work, timer: Timer) -> None:
    """One more call-back task for the operators."""
    contact = find.contact(work, UUID(timer.subject), lock=True)
    since = contact.disposed_at or work.now
    alerts.clear(work, contact.id, AlertKind.CALL_BACK_DUE)
    if contact.phone and store.contact.called_since(work, contact.phone, since):
        return
    attempt = timer.payload["raised"] + 1
    store.contact.raise_call_back(work, contact.id, attempt)
    alerts.raise_alert(work, AlertKind.CALL_BACK_DUE, About(contact_id=contact.id), {"attempt": attempt})
    plan(work, contact.id, since, attempt)
