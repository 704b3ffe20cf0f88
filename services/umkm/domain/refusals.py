"""Refusals that more than one rule makes, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from contracts.problems import Conflict

Refusal = TypeVar("Refusal", bound=Conflict)


def wrong_state(kind: type[Refusal], step: str, state: str, allowed: Iterable[str]) -> Refusal:
    """The refusal of `step` in `state`; `allowed` are the states in which it is possible."""
    return kind(
        f"{step} is not possible in state {state}",
        detail_id=f"{step} tidak mungkin pada status {state}",
        state=str(state),
        allowed=sorted(map(str, allowed)),
    )
