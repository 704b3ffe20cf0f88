"""The configuration: one row per group. The migration puts the rows in, so that there is always one to lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Integer, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB

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
    statement = locked(select(configuration).order_by(configuration.c.name), lock)
    rows = work.read(statement).mappings().all()
    groups: dict[str, Any] = {row["name"]: GROUPS[row["name"]].model_validate(row["setting"]) for row in rows}
    return Configuration(**groups, versions={row["name"]: row["version"] for row in rows})


class ConfigurationCache:
    """For what must not pay for a look each time: the configuration as of at most CHECK_EVERY ago."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read it anew at the next look."""
        self._known: Configuration | None = None
        self._checked_at: datetime | None = None

    def at_hand(self, work: Work) -> Configuration:
        """What is known, looked at again when it is too old."""
        fresh = self._checked_at is not None and abs(work.now - self._checked_at) < CHECK_EVERY
        if self._known is None or not fresh:
            self._known, self._checked_at = get(work), work.now
        return self._known


CACHE = ConfigurationCache()


def current(work: Work) -> Configuration:
    """As of a moment ago."""
    return CACHE.at_hand(work)


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
