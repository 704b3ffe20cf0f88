"""Refusals that more than one rule makes, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.hearse.problems import BookingWrongState


def wrong_state(step: str, state: str, allowed: Iterable[str]) -> BookingWrongState:
    """The refusal of `step` in `state`; `allowed` are the states in which it is possible."""
    return BookingWrongState(
        f"{step} is not possible in state {state}",
        detail_id=f"{step} tidak mungkin pada status {state}",
        state=str(state),
        allowed=sorted(map(str, allowed)),
    )
