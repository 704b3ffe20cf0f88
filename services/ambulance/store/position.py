"""Positions: the latest one on the unit's row, all of them in a table partitioned by day (UTC).

Telemetry, 1 Hz per unit: set-based statements, no event and no audit row; the history is its own record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, Table, Text, text

from chassis.work import Work
from contracts.geography import Point

from .columns import metadata, moment, point

DAYS_AHEAD, DAYS_KEPT = 14, 90
BELIEVED = timedelta(minutes=30)
"""An older fix says nothing of where a unit was."""

position = Table(
    "position",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("at", moment("at").type, primary_key=True),
    *point(required=True),
    moment("received_at", required=True),
    Column("outlier", Boolean, nullable=False, comment="believed once, contradicted by those that came after"),
    postgresql_partition_by="RANGE (at)",
)

_FIXES = """unnest(CAST(:units AS text[]), CAST(:times AS timestamptz[]),
                  CAST(:longitudes AS float8[]), CAST(:latitudes AS float8[]))"""
_ADD = text(
    f"""INSERT INTO position (unit_id, at, longitude, latitude, received_at, outlier)
    SELECT fix.*, CAST(:now AS timestamptz), false FROM {_FIXES} AS fix (unit_id, at, longitude, latitude)
    ON CONFLICT DO NOTHING"""
)
_LATEST = text(
    f"""UPDATE unit SET longitude = fix.longitude, latitude = fix.latitude, located_at = fix.at
    FROM (SELECT DISTINCT ON (unit_id) * FROM {_FIXES} AS f (unit_id, at, longitude, latitude)
          ORDER BY unit_id, at DESC) AS fix
    WHERE unit.id = fix.unit_id AND (unit.located_at IS NULL OR unit.located_at < fix.at)"""
)
_TRACK = text(
    """SELECT longitude, latitude FROM position
    WHERE unit_id = :unit AND NOT outlier AND at >= coalesce(
        (SELECT max(at) FROM position
         WHERE unit_id = :unit AND NOT outlier AND at >= :earliest AND at <= :since), :since)
    ORDER BY at"""
)
_MARK = text("UPDATE position SET outlier = true WHERE unit_id = :unit AND at = ANY(CAST(:times AS timestamptz[]))")
_OUTLIERS = text("SELECT count(*) FROM position WHERE unit_id = :unit AND outlier AND at >= :since")
_PARTITIONS = text("SELECT keep_position_partitions(:today, :ahead, :kept)")


@dataclass(frozen=True, slots=True)
class Fix:
    """A position that was taken."""

    unit_id: str
    at: datetime
    location: Point


def add(work: Work, fixes: Sequence[Fix]) -> None:
    """Store positions and move the latest ones forward. The caller has locked the units; the time guards too."""
    if not fixes:
        return
    values = {
        "units": [fix.unit_id for fix in fixes],
        "times": [fix.at for fix in fixes],
        "longitudes": [fix.location.longitude for fix in fixes],
        "latitudes": [fix.location.latitude for fix in fixes],
    }
    work.read(_ADD, {**values, "now": work.now})
    work.read(_LATEST, values)


def mark_outliers(work: Work, unit_id: str, times: Sequence[datetime], since: datetime) -> int:
    """Mark the fixes of these times as wrong; returns how many the unit had from `since` on."""
    work.read(_MARK, {"unit": unit_id, "times": list(times)})
    return int(work.read(_OUTLIERS, {"unit": unit_id, "since": since}).scalar_one())


def track(work: Work, unit_id: str, since: datetime) -> list[Point]:
    """Where a unit was from `since` on, in order, with the fix before it so that the first step counts too."""
    rows = work.read(_TRACK, {"unit": unit_id, "since": since, "earliest": since - BELIEVED})
    return [Point.model_construct(coordinates=(row.longitude, row.latitude)) for row in rows]


def keep_partitions(work: Work) -> None:
    """Make the partitions of the coming days and drop those that are past their time."""
    work.read(_PARTITIONS, {"today": work.now.date(), "ahead": DAYS_AHEAD, "kept": DAYS_KEPT})
