"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import DeathNoticePage, DeathNoticeView, ListDeathNotices
from contracts.hearse import DeathRecorded

from . import store
from .domain import DeathNotice


def note_death(work: Work, death: DeathRecorded) -> None:
    """Keep one notice for each recorded death."""
    if store.is_known(work, death.booking_id):
        return
    notice = DeathNotice.of(work.new_id(), death, work.now)
    store.add(work, notice)
    work.audit(notice.id, booking_id=str(death.booking_id))


def list_death_notices(work: Work, query: ListDeathNotices) -> DeathNoticePage:
    """Show notices, newest first."""
    rows, next_cursor = store.pages(work, query)
    return DeathNoticePage(items=tuple(DeathNoticeView.model_validate(dict(row)) for row in rows), next=next_cursor)
