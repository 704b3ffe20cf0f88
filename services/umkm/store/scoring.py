"""Scoresheets by version, and what assessors gave. Neither is ever changed (triggers refuse it)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Column, Integer, RowMapping, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work

from ..domain.scoring import Assessment, Scoresheet, sheet
from .columns import metadata, moment


class Sheets:
    """The versions of one scoresheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._table = Table(
            name,
            metadata,
            Column("version", Integer, primary_key=True, autoincrement=False),
            Column("criteria", JSONB, nullable=False),
            Column("assessors_needed", Integer, nullable=False),
            Column("pass_percent", Integer, nullable=False),
            moment("set_at", required=True),
            Column("set_by", Text, nullable=False),
        )

    def newest(self, work: Work) -> Scoresheet:
        """The one that holds now."""
        table = self._table
        return _sheet(work.read(select(table).order_by(table.c.version.desc()).limit(1)).mappings().one())

    def get(self, work: Work, version: int) -> Scoresheet | None:
        """One version."""
        row = work.read(select(self._table).where(self._table.c.version == version)).mappings().first()
        return _sheet(row) if row else None

    def some(self, work: Work, versions: Collection[int]) -> dict[int, Scoresheet]:
        """Several versions."""
        rows = work.read(select(self._table).where(self._table.c.version.in_(versions))).mappings()
        return {row["version"]: _sheet(row) for row in rows}

    def add(self, work: Work, new: Scoresheet) -> None:
        """The next version."""
        values = {name: value for name, value in asdict(new).items() if name != "criteria"}
        criteria = [asdict(one) for one in new.criteria]
        work.insert(self._table, **values, criteria=criteria, set_by=work.actor.subject)


class Scores:
    """What assessors gave for one kind of thing; `key` is the column that names the thing."""

    def __init__(self, name: str, key: str) -> None:
        self._remark, self._key = f"{name}.remark", key
        self._table = Table(
            name,
            metadata,
            Column(key, Uuid, primary_key=True),
            Column("assessor", Text, primary_key=True),
            Column("scores", JSONB, nullable=False),
            Column("percent", Integer, nullable=False),
            Column("remark", Text, comment="encrypted"),
            moment("given_at", required=True),
        )

    def add(self, work: Work, of: UUID, new: Assessment) -> None:
        """One more assessment."""
        remark = encrypt(work, new.remark, self._remark, of)
        values = {**asdict(new), "remark": remark, "scores": dict(new.scores), self._key: of}
        work.insert(self._table, **values)

    def of(self, work: Work, ids: Collection[UUID]) -> dict[UUID, tuple[Assessment, ...]]:
        """By what was scored, in the order in which they were given."""
        table, found = self._table, dict[UUID, tuple[Assessment, ...]]()
        wanted = select(table).where(table.c[self._key].in_(ids)).order_by(table.c.given_at)
        for row in work.read(wanted).mappings():
            values = {name: value for name, value in row.items() if name != self._key}
            values["remark"] = decrypt(work, row["remark"], self._remark, row[self._key])
            found[row[self._key]] = (*found.get(row[self._key], ()), Assessment(**values))
        return found


def _sheet(row: RowMapping) -> Scoresheet:
    return sheet(row["version"], row["criteria"], row["assessors_needed"], row["pass_percent"], row["set_at"])
