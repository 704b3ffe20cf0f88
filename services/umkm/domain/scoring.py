"""Blind scoring: each assessor scores alone, by a version of the scoresheet; who decides has not scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.problems import wrong_field
from contracts.umkm import AlreadyAssessed, AssessmentsMissing, AssessorDecides


@dataclass(frozen=True, slots=True)
class Criterion:
    """`text` by language."""

    code: str
    text: Mapping[str, str]
    most_points: int
    weight: int


@dataclass(frozen=True, slots=True)
class Scoresheet:
    """One version; it never changes."""

    version: int
    criteria: tuple[Criterion, ...]
    assessors_needed: int
    pass_percent: int
    set_at: datetime

    def percent(self, scores: Mapping[str, int]) -> int:
        """Whole percent of what could be had, each criterion by its weight; rounded down."""
        # Exact in whole numbers: the common denominator is the product of all most_points.
        denominator = 1
        for one in self.criteria:
            denominator *= one.most_points
        points = sum(scores[one.code] * one.weight * denominator // one.most_points for one in self.criteria)
        return 100 * points // (denominator * sum(one.weight for one in self.criteria))

    def require_scores(self, scores: Sequence[tuple[str, int]]) -> None:
        """Raise InvalidRequest unless each criterion has points that it can have."""
        known = {one.code: one for one in self.criteria}
        for index, (code, points) in enumerate(scores):
            if code not in known:
                raise wrong_field(
                    f"scores.{index}.criterion", "unknown", "it is no criterion of this sheet", "look at the sheet"
                )
            if points > known[code].most_points:
                raise wrong_field(
                    f"scores.{index}.points", "too_many", "more than this criterion has", "look at the sheet"
                )
        if len(scores) < len(known):
            raise wrong_field("scores", "missing", "a criterion has no points", "send points for each of the sheet")


def sheet(
    version: int, criteria: Sequence[Mapping[str, Any]], needed: int, passes: int, set_at: datetime
) -> Scoresheet:
    """From data as it is stored."""
    return Scoresheet(version, tuple(Criterion(**one) for one in criteria), needed, passes, set_at)


@dataclass(frozen=True, slots=True)
class Assessment:
    """As it was given."""

    assessor: str
    scores: Mapping[str, int]
    percent: int
    remark: str | None = field(repr=False)
    given_at: datetime


class Scored:
    """What assessors score: a product, an application."""

    scoresheet: Scoresheet
    assessments: tuple[Assessment, ...]

    @property
    def complete(self) -> bool:
        """Whether all have scored."""
        return len(self.assessments) >= self.scoresheet.assessors_needed

    @property
    def percent(self) -> int | None:
        """Of all assessors, once all have scored; rounded down."""
        if not self.complete:
            return None
        return sum(one.percent for one in self.assessments) // len(self.assessments)

    def assessors(self) -> set[str]:
        """Who has scored."""
        return {one.assessor for one in self.assessments}

    def seen_by(self, who: str) -> tuple[Assessment, ...]:
        """What this person may see: all once all have scored, before only their own."""
        return tuple(one for one in self.assessments if self.complete or one.assessor == who)

    def require_may_assess(self, who: str) -> None:
        """Raise AlreadyAssessed for a second time, or when enough have scored."""
        if self.complete or who in self.assessors():
            raise AlreadyAssessed(given=len(self.assessments), needed=self.scoresheet.assessors_needed)

    def assess(self, who: str, scores: Sequence[tuple[str, int]], remark: str | None, now: datetime) -> Assessment:
        """One more. Raises AlreadyAssessed or InvalidRequest."""
        self.require_may_assess(who)
        self.scoresheet.require_scores(scores)
        given = Assessment(who, dict(scores), self.scoresheet.percent(dict(scores)), remark, now)
        self.assessments += (given,)
        return given

    def require_may_decide(self, who: str) -> None:
        """Raise AssessmentsMissing, or AssessorDecides for somebody who has scored."""
        if not self.complete:
            raise AssessmentsMissing(given=len(self.assessments), needed=self.scoresheet.assessors_needed)
        if who in self.assessors():
            raise AssessorDecides
