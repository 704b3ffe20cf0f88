"""Refusals that more than one rule makes, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.education.problems import RosterWrongState


def wrong_state(step: str, state: str, allowed: Iterable[str]) -> RosterWrongState:
    """The refusal of `step` in `state`; `allowed` are the states in which it is possible."""
    return RosterWrongState(
        f"{step} is not possible in state {state}",
        detail_id=f"{step} tidak mungkin pada status {state}",
        state=str(state),
        allowed=sorted(map(str, allowed)),
    )
