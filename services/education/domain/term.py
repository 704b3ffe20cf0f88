"""The two terms of a school year: ganjil, July to December, and genap, January to June."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SHORTEST = timedelta(days=30)


@dataclass(frozen=True)
class Term:
    """`number` is 1 or 2; `last_day` the last one of December or June."""

    school_year: str
    number: int
    last_day: date


def term_of(day: date) -> Term:
    """The term in which a day lies."""
    if day.month >= 7:
        return Term(f"{day.year}/{day.year + 1}", 1, date(day.year, 12, 31))
    return Term(f"{day.year - 1}/{day.year}", 2, date(day.year, 6, 30))


def numbers_due(day: date) -> date:
    """Until when the numbers of a child who is there from this day on are awaited: the end of the term, or of the next
    one if it is nearly over."""
    last = term_of(day).last_day
    return last if last - day >= SHORTEST else term_of(last + timedelta(days=1)).last_day
