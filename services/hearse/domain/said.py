"""What people say, as it counts: a time that has just passed means "now", blanks are nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.problems import wrong_field

AS_SOON_AS_POSSIBLE = timedelta(minutes=30)
"""An earliest time that has passed for so long means "now": forms are filled in slowly."""


def soonest(earliest_at: datetime, now: datetime) -> datetime:
    """The earliest time as it counts. Raises InvalidRequest if it has long passed."""
    if earliest_at < now - AS_SOON_AS_POSSIBLE:
        raise wrong_field(
            "earliest_at", "in_the_past", "the time has passed", "send a time to come, or the present one for at once"
        )
    return max(earliest_at, now)


def text(told: str | None) -> str | None:
    """Without surrounding blanks; None if nothing is left."""
    return (told or "").strip() or None
