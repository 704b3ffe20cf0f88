"""Caller standing: how the calls from one number turned out.

Only a prank scores, and a prank has a reason; silent calls, cut-off ones and places where nobody was found never do.
What a prank counts is halved every 90 days. A high score asks for a call-back and lets equals go first; it never
refuses a call, and a call that has waited too long goes before its equals whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

HALF_LIFE = timedelta(days=90)
CALL_BACK_SCORE = 1.5
"""Two pranks within five weeks, or three of three months ago: one slip of a child's thumb counts against no family."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`score` as of now; `pranks` and `real` are counts of contacts, over all time that is kept."""

    score: float = 0.0
    pranks: int = 0
    real: int = 0

    @property
    def call_back_asked(self) -> bool:
        """True if somebody should ring back, while the unit rolls."""
        return self.score >= CALL_BACK_SCORE


UNKNOWN = Standing()
"""Nobody has called from there before."""
