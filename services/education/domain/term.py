"""The two terms of a school year: ganjil, July to December, and genap, January to June."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
