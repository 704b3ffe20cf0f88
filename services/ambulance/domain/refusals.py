"""Refusals that more than one aggregate makes, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.ambulance.problems import WrongState
from contracts.problems import wrong_field


def wrong_state(
    step: str, state: str, allowed: Iterable[str], why: str = "", why_id: str = "", **extra: Any
) -> WrongState:
    """The refusal of `step` in `state`; `why` adds the rule behind it, `why_id` the same in Indonesian."""
    detail = f"{step} is not possible in state {state}" + (f": {why}" if why else "")
    detail_id = f"{step} tidak mungkin pada status {state}" + (f": {why_id}" if why_id else "")
    return WrongState(detail, detail_id=detail_id, state=str(state), allowed=[str(step) for step in allowed], **extra)


def required_text(field: str, value: str | None, fix: str) -> str:
    """The text without surrounding blanks. Raises InvalidRequest if nothing is left."""
    text = (value or "").strip()
    if not text:
        raise wrong_field(field, "missing", f"{field} is missing", fix)
    return text
