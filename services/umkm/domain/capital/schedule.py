"""Instalments: monthly, in whole rupiah, their sum exactly what is owed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Instalment:
    """`number` counts from 1."""

    number: int
    due_on: date
    rupiah: int


def schedule(owed: int, months: int, disbursed_on: date) -> tuple[Instalment, ...]:
    """`owed` rupiah in so many instalments; none differs from another by more than a rupiah, the first are the larger.

    Due each month on the day on which it was paid out, or the last day of a shorter month; on the next working day if
    that is none. Later ones do not move with an earlier one.
    """
    each, over = divmod(owed, months)
    return tuple(
        Instalment(number, working_day(_after(disbursed_on, number)), each + (number <= over))
        for number in range(1, months + 1)
    )


def working_day(day: date) -> date:
    """This day, or the next one that is neither on a weekend nor a holiday."""
    while not _is_working_day(day):
        day += timedelta(days=1)
    return day


def _after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_working_day(day: date) -> bool:
    from lokal.holidays import is_working_day  # national holidays and joint leave

    try:
        return is_working_day(day)
    except ValueError:  # a year whose holidays are not decreed yet: weekends only
        return day.weekday() < 5
