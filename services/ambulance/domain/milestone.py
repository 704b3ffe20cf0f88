"""What was recorded of a milestone, and what was corrected later: nothing that was said is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from contracts.ambulance.values import Milestone
from contracts.geography import Point
from contracts.problems import wrong_field

from .clock import CLOCK_SKEW, refuse_future

ORDER = tuple(Milestone)


@dataclass(frozen=True, slots=True)
class Correction:
    """What holds since then, what held before, why and by whom (an opaque id)."""

    at: datetime
    location: Point | None = field(repr=False)
    previous_at: datetime
    previous_location: Point | None = field(repr=False)
    reason: str = field(repr=False)
    corrected_by: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """`at` is when it happened, as far as we know today; `recorded_at` when we first learned of it."""

    milestone: Milestone
    at: datetime
    recorded_at: datetime
    location: Point | None = field(default=None, repr=False)
    corrections: tuple[Correction, ...] = ()

    def corrected(self, at: datetime, location: Point | None, reason: str, by: str, now: datetime) -> MilestoneRecord:
        """The record as it holds after one more correction."""
        correction = Correction(at, location, self.at, self.location, reason, by, now)
        return replace(self, at=at, location=location, corrections=(*self.corrections, correction))


def fit(
    milestone: Milestone, at: datetime, now: datetime, dispatched_at: datetime, others: Iterable[MilestoneRecord]
) -> datetime:
    """`at`, or the nearest time that does not contradict dispatch, `now` and the other milestones, if that is within
    the clock skew (2 min). Raises InvalidRequest beyond it."""
    refuse_future("at", at, now)
    rank, others = ORDER.index(milestone), tuple(others)
    earlier = [one.at for one in others if ORDER.index(one.milestone) < rank]
    later = [one.at for one in others if ORDER.index(one.milestone) > rank]
    low, high = max([dispatched_at, *earlier]), min([now, *later])
    if at < dispatched_at - CLOCK_SKEW:
        raise wrong_field(
            "at", "before_dispatch", "the time lies before the dispatch", "send the time when it happened"
        )
    if at < low - CLOCK_SKEW or at > high + CLOCK_SKEW:
        raise wrong_field(
            "at",
            "out_of_order",
            f"{milestone} can't have happened then: other milestones contradict",
            "send the time when it happened",
        )
    return max(low, min(at, high))
