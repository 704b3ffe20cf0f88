"""Months of a school year and of its terms, and how a yearly rate falls on them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

MONTHS = 12


def school_year_of(month: date) -> str:
    """July to June."""
    begins = month.year if month.month >= 7 else month.year - 1
    return f"{begins}/{begins + 1}"


def term_days(school_year: str, term: int) -> tuple[date, date]:
    """First and last day of a term."""
    if term == 1:
        return date(int(school_year[:4]), 7, 1), date(int(school_year[:4]), 12, 31)
    return date(int(school_year[5:]), 1, 1), date(int(school_year[5:]), 6, 30)


def last_day(month: date) -> date:
    """Of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def is_over(month: date, today: date) -> bool:
    """Whether it has passed."""
    return last_day(month) < today


def months(first: date, last: date) -> Iterator[date]:
    """From one to another, both included."""
    while first <= last:
        yield first
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)


def share(yearly: int, month: date) -> int:
    """What falls on a month of a yearly rate in whole rupiah: the twelve of a school year add up to it."""
    place = (month.month - 7) % MONTHS
    return yearly * (place + 1) // MONTHS - yearly * place // MONTHS
