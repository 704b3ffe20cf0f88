"""Which day it is for people: for seven hours of every day it is not the one that UTC has."""

from __future__ import annotations

from datetime import date, datetime

from contracts.times import WIB


def today() -> date:
    """In WIB."""
    return datetime.now(WIB).date()
