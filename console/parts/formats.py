"""Times in WIB, money in rupiah, durations: as people read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

WIB = ZoneInfo("Asia/Jakarta")


def parse(moment: str | datetime) -> datetime:
    """RFC 3339 text of the API."""
    return moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)


def clock(moment: str | datetime | None, language: str) -> str:
    """13.05 (id), 13:05 (en): within a day."""
    if moment is None:
        return "–"
    return format_time(parse(moment), "HH.mm" if language == "id" else "HH:mm", tzinfo=WIB, locale=language)


def moment(value: str | datetime | None, language: str) -> str:
    """30 Nov 2026 13.05 WIB."""
    if value is None:
        return "–"
    pattern = "d MMM y HH.mm 'WIB'" if language == "id" else "d MMM y HH:mm 'WIB'"
    return format_datetime(parse(value), pattern, tzinfo=WIB, locale=language)


def day(value: str | date | None, language: str) -> str:
    """30 November 2026."""
    if value is None:
        return "–"
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(known, "d MMMM y", locale=language)


def month(value: str | date | None, language: str) -> str:
    """November 2026."""
    if value is None:
        return "–"
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return format_date(known, "MMMM y", locale=language)


def rupiah(value: int | None, _language: str) -> str:
    """Rp1.500.000, in both languages."""
    return "–" if value is None else f"Rp{format_decimal(value, locale='id')}"


def minutes(seconds: int | float | None, language: str) -> str:
    """4 mnt (id), 4 min (en); whole minutes, at least 1."""
    if seconds is None:
        return "–"
    return f"{max(1, round(seconds / 60))} {'mnt' if language == 'id' else 'min'}"
