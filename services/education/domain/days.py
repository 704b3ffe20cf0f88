"""Days on which something begins or ends: near enough to today to be meant."""

from __future__ import annotations

from datetime import date, timedelta

from contracts.problems import wrong_field

BACK, AHEAD = timedelta(days=400), timedelta(days=92)


def require_past(field: str, day: date, today: date) -> None:
    """Raise InvalidRequest for a last day that is still to come: from then on the child would be at no school."""
    if day > today:
        raise wrong_field(field, "to_come", "the day is still to come", "send it on that day or later")
    require_near(field, day, today)


def require_near(field: str, day: date, today: date) -> None:
    """Raise InvalidRequest for a day that can't be meant."""
    if not today - BACK <= day <= today + AHEAD:
        raise wrong_field(field, "far", "the day is more than a year ago, or months ahead", "compare the date")
