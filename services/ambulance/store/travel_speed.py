"""The speeds learned last, one row for each hour and direction for which there were trips enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Double, Integer, Table, Text, select, text

from chassis.remembered import Remembered
from chassis.work import Work

from ..domain.speeds import Direction, LearnedSpeed, OwnSpeeds
from .columns import metadata, moment

EVERY_WAY = "all"
CHECK_EVERY = timedelta(seconds=60)

travel_speed = Table(
    "travel_speed",
    metadata,
    Column("hour", Integer, primary_key=True, autoincrement=False, comment="WIB"),
    Column("direction", Text, primary_key=True, comment="north, east, south, west, or all"),
    Column("kilometres_per_hour", Double, nullable=False),
    Column("trips", Integer, nullable=False),
    moment("learned_at", required=True),
)


@dataclass(frozen=True, slots=True)
class Learned:
    """What holds now, and since when; None while nothing was learned."""

    speeds: OwnSpeeds
    learned_at: datetime | None


def replace(work: Work, cells: Sequence[LearnedSpeed]) -> None:
    """Forget what was learned before, and store this."""
    work.read(text("DELETE FROM travel_speed"))
    for cell in cells:
        work.insert(
            travel_speed,
            hour=cell.hour,
            direction=cell.direction or EVERY_WAY,
            kilometres_per_hour=cell.kilometres_per_hour,
            trips=cell.trips,
            learned_at=work.now,
        )


def get(work: Work) -> Learned:
    """As stored."""
    rows = list(work.read(select(travel_speed)))
    cells = [LearnedSpeed(row.hour, _direction(row.direction), row.kilometres_per_hour, row.trips) for row in rows]
    return Learned(OwnSpeeds.of(cells), max((row.learned_at for row in rows), default=None))


CACHE = Remembered(get, CHECK_EVERY)
"""For what must not pay for a look each time: speeds change once a day."""


def _direction(stored: str) -> Direction | None:
    return None if stored == EVERY_WAY else Direction(stored)
