"""A waiver of a pupil for a programme and a term: active → ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.education import Programme, WaiverEnd, WaiverState, WaiverWrongState
from contracts.problems import wrong_field


def wrong_state(step: str, state: str, allowed: Iterable[str]) -> WaiverWrongState:
    """The refusal of `step` in `state`; `allowed` are the states in which it is possible."""
    return WaiverWrongState(
        f"{step} is not possible in state {state}",
        detail_id=f"{step} tidak mungkin pada status {state}",
        state=str(state),
        allowed=sorted(map(str, allowed)),
    )


@dataclass(slots=True)
class Waiver:
    """`ends_on` is the term's last day, or an earlier one with the reason."""

    id: UUID
    pupil_id: UUID
    programme: Programme
    school_year: str
    term: int
    decision_id: UUID
    starts_on: date
    ends_on: date
    state: WaiverState = WaiverState.ACTIVE
    end_reason: WaiverEnd | None = None
    version: int = 1

    def end(self, last_day: date, reason: WaiverEnd) -> None:
        """Before its term is over."""
        if self.state is not WaiverState.ACTIVE:
            raise wrong_state("end_waiver", self.state, [WaiverState.ACTIVE])
        if not self.starts_on <= last_day <= self.ends_on:
            raise wrong_field("ends_on", "outside", "the day is not within the waiver", "send a day of its term")
        self.state, self.ends_on, self.end_reason = WaiverState.ENDED, last_day, reason
        self.version += 1
