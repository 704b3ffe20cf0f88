"""How much of the city was covered, looked at every quarter of an hour."""

from __future__ import annotations

from sqlalchemy import Column, Double, Integer, Table

from chassis.work import Work

from .columns import metadata, moment

coverage_sample = Table(
    "coverage_sample",
    metadata,
    Column("at", moment("at").type, primary_key=True),
    Column("coverage", Double, nullable=False, comment="share of the demand reached in the red target, 0 to 1"),
    Column("idle", Integer, nullable=False, comment="units with life support that are free"),
    Column("committed", Integer, nullable=False),
)


def add(work: Work, coverage: float, idle: int, committed: int) -> None:
    """As of now."""
    work.upsert(coverage_sample, {"at": work.now}, coverage=coverage, idle=idle, committed=committed)
