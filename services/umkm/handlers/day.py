"""Which day it is for people."""

from __future__ import annotations

from datetime import date, datetime

from chassis.work import Work
from contracts.times import WIB


def today(work: Work) -> date:
    """In WIB."""
    return work.now.astimezone(WIB).date()


def day_of(moment: datetime) -> date:
    """In WIB."""
    return moment.astimezone(WIB).date()
