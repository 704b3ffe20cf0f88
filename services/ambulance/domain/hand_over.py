"""Handing a case over to another jurisdiction: 119 is routed by where a phone is registered, so some calls are not
ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from contracts.ambulance.values import Outcome
from contracts.problems import wrong_field

from .clock import refuse_future


@dataclass(frozen=True, slots=True)
class HandOver:
    """To which agency or jurisdiction, and when. Not in the repr: people write names into such fields."""

    to: str = field(repr=False)
    at: datetime


def hand_over(outcome: Outcome, to: str | None, at: datetime | None, now: datetime, known: bool) -> HandOver | None:
    """What was told of it; `known`: the facility or the patients' own records say who took over.

    Raises InvalidRequest when `handed_over` leaves open who took over, or another outcome names somebody.
    """
    receiver = (to or "").strip()
    if outcome is not Outcome.HANDED_OVER:
        if receiver or at is not None:
            wrong = "handed_over_to" if receiver else "handed_over_at"
            raise wrong_field(wrong, "unexpected", f"{outcome} hands nothing over", "leave it out")
        return None
    if not receiver:
        if known:
            return None
        raise wrong_field("handed_over_to", "missing", "who took over is missing", "name the agency or jurisdiction")
    if at is not None:
        refuse_future("handed_over_at", at, now)
    return HandOver(receiver, at or now)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who took the case over there, under which number of theirs, and when. People write names into such fields."""

    by: str = field(repr=False)
    at: datetime
    reference: str | None = field(default=None, repr=False)
