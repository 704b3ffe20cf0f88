"""Batches of training and bazaars: announced, opened, moved, cancelled."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ...identity import KelurahanCode
from ...paging import PageQuery
from ...times import Moment
from ..values import BatchKind, BatchState, SizeClass
from ..views import BatchPage, BatchView
from .businesses import SEEN
from .owners import Reason

MOST_SESSIONS, LONGEST_HOURS = 60, 24


class SessionGiven(Model):
    """One meeting, or one day of a bazaar."""

    begins_at: Moment = Field(examples=["2026-12-07T09:00:00+07:00"])
    ends_at: Moment = Field(examples=["2026-12-07T12:00:00+07:00"])


def _in_order(sessions: tuple[SessionGiven, ...]) -> tuple[SessionGiven, ...]:
    ends = None
    for one in sessions:
        hours = (one.ends_at - one.begins_at).total_seconds() / 3600
        if not 0 < hours <= LONGEST_HOURS or (ends is not None and one.begins_at < ends):
            raise PydanticCustomError(
                "session_order",
                "sessions must follow each other, each of at most 24 hours",
                {"fix": "sort them, and let each end after it begins"},
            )
        ends = one.ends_at
    return sessions


def _classes_once(classes: tuple[SizeClass, ...]) -> tuple[SizeClass, ...]:
    if len(set(classes)) < len(classes):
        raise PydanticCustomError("twice", "a class stands twice", {"fix": "send each once"})
    return classes


Sessions = Annotated[tuple[SessionGiven, ...], Field(min_length=1, max_length=MOST_SESSIONS), AfterValidator(_in_order)]
Quota = Annotated[StrictInt, Field(ge=1, le=2_000)]


class AnnounceBatch(Request, operation="umkm.announce_batch", scope="umkm:train", reply=BatchView):
    """A training or a bazaar. It opens by itself. `priority_hours` is the head start of people with social priority or
    a disability; `sessions_needed` (all, unless told) must be attended to pass."""

    kind: BatchKind = BatchKind.TRAINING
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""
    venue: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
    kelurahan_code: KelurahanCode
    classes: Annotated[tuple[SizeClass, ...], AfterValidator(_classes_once)] = Field(
        default=(SizeClass.MICRO, SizeClass.SMALL), min_length=1, max_length=3
    )
    quota: Quota
    opens_at: Moment
    closes_at: Moment | None = Field(default=None, description="When the first session begins, unless told.")
    priority_hours: StrictInt = Field(default=24, ge=0, le=336)
    sessions: Sessions
    sessions_needed: StrictInt | None = Field(default=None, ge=1, le=MOST_SESSIONS)


class ChangeQuota(Request, operation="umkm.change_quota", scope="umkm:train", reply=BatchView):
    """More seats are offered at once to those who wait; with fewer, nobody loses one, but none is given before so
    many are free again."""

    batch_id: UUID
    quota: Quota
    version: StrictInt | None = SEEN


class PostponeBatch(Request, operation="umkm.postpone_batch", scope="umkm:train", reply=BatchView):
    """Not on these dates; new ones will be told. Seats and the waiting list are kept."""

    batch_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class RescheduleBatch(Request, operation="umkm.reschedule_batch", scope="umkm:train", reply=BatchView):
    """New dates of a batch that was postponed: whoever has a seat is asked again, and keeps it until they answer or
    the time for it is over."""

    batch_id: UUID
    sessions: Sessions
    closes_at: Moment | None = Field(default=None, description="When the first session begins, unless told.")
    version: StrictInt | None = SEEN


class CancelBatch(Request, operation="umkm.cancel_batch", scope="umkm:train", reply=BatchView):
    """It does not take place."""

    batch_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class GetBatch(Query, operation="umkm.get_batch", scope="umkm:public", reply=BatchView):
    """For everybody."""

    batch_id: UUID


class ListBatches(PageQuery, operation="umkm.list_batches", scope="umkm:public", reply=BatchPage):
    """Those that come, in the order of their beginning; for everybody. With a state: all of that state."""

    kind: BatchKind | None = None
    state: BatchState | None = None


__all__ = [
    "AnnounceBatch",
    "CancelBatch",
    "ChangeQuota",
    "GetBatch",
    "ListBatches",
    "PostponeBatch",
    "RescheduleBatch",
    "SessionGiven",
]
