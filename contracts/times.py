"""Points in time as requests carry them: RFC 3339 text with an offset, within the years that a register can hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""PostgreSQL stores years that Python cannot read back: one such row would spoil every list that it stands in."""

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesian Time: no summer time, so a fixed offset. For people; inside everything is UTC."""

_DATE = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
_DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", re.ASCII)


def _text(value: Any) -> Any:
    """No numbers: whether they count seconds or milliseconds would be a guess."""
    if isinstance(value, datetime) or (isinstance(value, str) and _DATE_AND_TIME.match(value)):
        return value
    raise PydanticCustomError(
        "not_date_and_time",
        "must be a date and time as text",
        {"fix": "send RFC 3339 with an offset, such as 2026-01-31T08:00:00+07:00"},
    )


def _within_years(value: datetime) -> datetime:
    if EARLIEST <= value < LATEST:
        return value
    raise PydanticCustomError(
        "year_outside", "the year must lie between 2000 and 2099", {"fix": "check the date of the sending clock"}
    )


def _date_text(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _DATE.fullmatch(value)):
        return value
    raise PydanticCustomError(
        "not_date", "must be a date as text", {"fix": "send year, month and day, such as 2026-01-31"}
    )


Day = Annotated[date, BeforeValidator(_date_text)]
"""A date as it stands in papers; not a time, and not a number of days or seconds."""
Moment = Annotated[AwareDatetime, BeforeValidator(_text), AfterValidator(_within_years)]
"""A time with its offset; `Field(examples=…)` shows the form."""


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
