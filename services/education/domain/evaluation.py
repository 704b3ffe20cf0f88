"""Rules looked at for every pupil of the city or of a school: running → done → granting → granted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.education import Advice, Change, EvaluationState, Programme

from .waiver import wrong_state


@dataclass(slots=True)
class Evaluation:
    """`trial`: rules that do not hold, in the form of RulesGiven; nobody is granted anything by them. `in_doubt`: how
    many hold a waiver of the term (`waivers` do) and are not eligible by these rules and what is known now. `to_grant`:
    eligible without a waiver, when all were looked at."""

    id: UUID
    programme: Programme
    school_year: str
    term: int
    npsn: str | None
    trial: dict[str, Any] | None
    rules_version: int | None
    judged_on: date
    started_at: datetime
    started_by: str
    state: EvaluationState = EvaluationState.RUNNING
    pupils: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    rupiah: int = 0
    rupiah_now: int = 0
    leave_out: list[UUID] = field(default_factory=list)
    granted: int = 0
    left_out: int = 0
    granted_by: str | None = None
    note: str | None = None
    waivers: int = 0
    in_doubt: int = 0
    to_grant: int = 0
    version: int = 1

    def finish(self) -> None:
        """All pupils were looked at."""
        self._turn("finish", EvaluationState.DONE, EvaluationState.RUNNING)

    def grant(self, by: str, note: str, leave_out: list[UUID]) -> None:
        """A person grants to all who are eligible, but for some."""
        if self.trial is not None:
            raise wrong_state("grant_evaluated", "trial", [EvaluationState.DONE])
        self._turn("grant_evaluated", EvaluationState.GRANTING, EvaluationState.DONE)
        self.granted_by, self.note, self.leave_out = by, note, leave_out

    def granted_all(self) -> None:
        """Every school had its turn."""
        self._turn("grant_evaluated", EvaluationState.GRANTED, EvaluationState.GRANTING)

    def fail(self) -> None:
        """Tried too often."""
        self._turn("fail", EvaluationState.FAILED, EvaluationState.RUNNING, EvaluationState.GRANTING)

    def _turn(self, step: str, state: EvaluationState, *allowed: EvaluationState) -> None:
        if self.state not in allowed:
            raise wrong_state(step, self.state, allowed)
        self.state = state
        self.version += 1


def change(now: Advice, then: Advice) -> Change:
    """What other rules (`then`) would do to whom the present ones say `now`."""
    if (now is Advice.ELIGIBLE) is (then is Advice.ELIGIBLE):
        return Change.SAME
    return Change.GAINS if then is Advice.ELIGIBLE else Change.LOSES
