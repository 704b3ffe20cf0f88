"""One function per request or event: load, decide, save, emit."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import DeathNoticePage, DeathNoticeView, ListDeathNotices
from contracts.hearse import DeathCorrected, DeathRecorded

from .. import store
from ..domain.death_notice import DeathNotice
from . import tasks


def note_death(work: Work, death: DeathRecorded) -> None:
    """Keep one notice for each recorded death."""
    _hear(work, death)


def correct_death(work: Work, correction: DeathCorrected) -> None:
    """The notice is corrected or holds no more; it may come before the death itself."""
    _hear(work, correction)


def list_death_notices(work: Work, query: ListDeathNotices) -> DeathNoticePage:
    """Show notices, newest first."""
    rows, next_cursor = store.death_notice.pages(work, query)
    return DeathNoticePage(items=tuple(DeathNoticeView.model_validate(dict(row)) for row in rows), next=next_cursor)


def _hear(work: Work, told: DeathRecorded | DeathCorrected) -> None:
    take_turn(work, f"death {told.booking_id}")
    notice = store.death_notice.get(work, told.booking_id)
    if notice is None:
        notice = DeathNotice.of(work.new_id(), told, work.now)
        store.death_notice.add(work, notice)
    elif notice.hear(told, work.now):
        store.death_notice.save(work, notice)
    else:
        return
    work.flush()
    tasks.follow(work, notice)
    work.audit(notice.id, booking_id=str(told.booking_id), holds=notice.holds, revision=notice.revision)
