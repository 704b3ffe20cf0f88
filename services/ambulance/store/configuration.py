"""The configuration: one row per group. The migration puts the rows in, so that there is always one to lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Integer, Select, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.remembered import Remembered
from chassis.work import Work

from ..domain.configuration import GROUPS, Configuration
from .columns import locked, metadata, moment

CHECK_EVERY = timedelta(seconds=5)

configuration = Table(
    "configuration",
    metadata,
    Column("name", Text, primary_key=True),
    Column("setting", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    moment("changed_at", required=True),
    Column("changed_by", Text, nullable=False),
)


def get(work: Work, *, lock: bool = False) -> Configuration:
    """As it is now; locked if it is going to be changed."""
    return _load(work, locked(select(configuration).order_by(configuration.c.name), lock))


def save(work: Work, changed: Configuration, name: str) -> None:
    """Store the group that was changed."""
    work.update(
        configuration,
        {"name": name},
        setting=getattr(changed, name).model_dump(mode="json"),
        version=changed.versions[name],
        changed_at=work.now,
        changed_by=work.actor.subject,
    )


CACHE = Remembered(get, CHECK_EVERY)
"""For what must not pay for a look each time: the configuration as of at most CHECK_EVERY ago."""


def _load(work: Work, statement: Select[Any]) -> Configuration:
    rows = work.read(statement).mappings().all()
    groups = {row["name"]: GROUPS[row["name"]].model_validate(row["setting"]) for row in rows}
    return Configuration(**groups, versions={row["name"]: row["version"] for row in rows})  # type: ignore[arg-type]
