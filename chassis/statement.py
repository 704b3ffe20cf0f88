"""Several writes as one SQL statement.

Each round trip to the database costs a request more than the work it does there. A unit of work therefore sends its
inserts, updates and deletes as one statement with data-modifying common table expressions (PostgreSQL manual, 7.8.4):

    WITH w0 AS (INSERT …), w1 AS (UPDATE …) SELECT …

All parts see the same snapshot, so no row may be written twice in one statement; `Writes` refuses that. The parts run
last one first (PostgreSQL 18 and before; the manual promises no order, a test watches over it), so they stand in the
text in reverse: events keep their order, and a unique value that one write releases the next may take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

_DIALECT = PGDialect_psycopg()
MOST = 500
"""Writes of one statement: PostgreSQL takes 65,535 parameters, and a statement ten times as long is no faster."""
Values = dict[str, Any]
Shape = tuple[str, Table, tuple[str, ...], tuple[str, ...]]
UUID_LENGTH = 36


class Write:
    """One insert, update, upsert or delete. `keys` are the columns that say which row; `shape` is what the SQL text
    depends on; `row` is which row it touches, None for rows whose key the database makes."""

    __slots__ = ("keys", "row", "shape", "table", "values", "verb")

    def __init__(self, verb: str, table: Table, keys: tuple[str, ...], values: Values) -> None:
        self.verb, self.table, self.keys, self.values = verb, table, keys, values
        self.shape: Shape = (verb, table, keys, tuple(values))
        self.row = (table.name, tuple(_plain(values[key]) for key in keys)) if keys else None


def _plain(value: Any) -> Any:
    """A part of a key, the same for a UUID and its text."""
    if isinstance(value, UUID):
        return value.int
    if isinstance(value, str) and len(value) == UUID_LENGTH:
        try:
            return UUID(value).int
        except ValueError:
            return value
    return str(value)


class Writes:
    """The writes of a unit of work that wait to be sent, in order."""

    def __init__(self) -> None:
        self._writes: list[Write] = []
        self._rows: set[Any] = set()
        self._keys: dict[str, set[tuple[str, ...]]] = {}

    def __bool__(self) -> bool:
        return bool(self._writes)

    @property
    def full(self) -> bool:
        """Whether one statement should take no more."""
        return len(self._writes) >= MOST

    def touches(self, write: Write) -> bool:
        """True if a waiting write touches that row already, or might: then flush first."""
        if write.row is not None and write.row in self._rows:
            return True
        # Named by other columns it may be the same row all the same, and one of the changes would be lost silently.
        return write.verb != "insert" and bool(self._keys.get(write.table.name, set()) - {write.keys})

    def offer(self, write: Write) -> bool:
        """Queue a write if it may go with those that wait; False: flush first."""
        if self.full or self.touches(write):
            return False
        self._writes.append(write)
        self._note(write)
        return True

    def add(self, write: Write, *, first: bool = False) -> None:
        """Queue a write, or put it before all others. Raises ValueError when its row is already written here."""
        if self.touches(write):
            raise ValueError(f"{write.table.name}: the same row twice in one statement")
        self._writes.insert(0 if first else len(self._writes), write)
        self._note(write)

    def _note(self, write: Write) -> None:
        self._keys.setdefault(write.table.name, set()).add(write.keys)
        if write.row is not None:
            self._rows.add(write.row)

    def take(self, tail: str) -> tuple[str, list[Any]]:
        """The statement and its parameters ($1, $2 …); `tail` is the SELECT at its end. The list is then empty."""
        writes, self._writes = self._writes, []
        self._rows.clear()
        self._keys.clear()
        sql = _statement(tuple([write.shape for write in writes]), tail)
        return sql, _parameters(writes)


def _parameters(writes: Iterable[Write]) -> list[Any]:
    parameters: list[Any] = []
    for write in writes:
        start, values = len(parameters), write.values
        parameters += values.values()
        for place, name, convert in _conversions(write.table, write.shape[3]):
            if values[name] is not None:
                parameters[start + place] = convert(values[name])
    return parameters


@lru_cache(maxsize=4096)
def _statement(shapes: tuple[Shape, ...], tail: str) -> str:
    # PostgreSQL's own placeholders: the driver would parse the text anew each time to find its own.
    parts, number = [], 1
    for index, shape in enumerate(shapes):
        parts.append(f"w{index} AS ({_sql(number, *shape)})")
        number += len(shape[3])
    return f"WITH {', '.join(reversed(parts))} {tail}"


def _sql(number: int, verb: str, table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    place = {name: f"${position}::{column_type(table, name)}" for position, name in enumerate(columns, start=number)}
    where = " AND ".join(f'"{key}" = {place[key]}' for key in keys)
    if verb == "delete":
        return f'DELETE FROM "{table.name}" WHERE {where}'
    if verb == "update":
        changes = ", ".join(f'"{name}" = {place[name]}' for name in columns if name not in keys)
        return f'UPDATE "{table.name}" SET {changes} WHERE {where}'
    names = ", ".join(f'"{name}"' for name in columns)
    insert = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join(place[name] for name in columns)})'
    if verb == "insert":
        return insert
    replace = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in columns if name not in keys)
    target = ", ".join(f'"{key}"' for key in keys)
    return f"{insert} ON CONFLICT ({target}) DO {'UPDATE SET ' + replace if replace else 'NOTHING'}"


@lru_cache(maxsize=4096)
def column_type(table: Table, column: str) -> str:
    """A column's type as PostgreSQL calls it."""
    return table.c[column].type.compile(dialect=_DIALECT)


@lru_cache(maxsize=256)
def primary_key(table: Table) -> tuple[str, ...]:
    """The names of its columns."""
    return tuple(column.name for column in table.primary_key)


@lru_cache(maxsize=4096)
def _conversions(table: Table, columns: tuple[str, ...]) -> tuple[tuple[int, str, Callable[[Any], Any]], ...]:
    """Which of a row's values go through their column's type on their way to the driver: place, name, function."""
    found = ((place, name, _converter(table, name)) for place, name in enumerate(columns))
    return tuple((place, name, convert) for place, name, convert in found if convert is not None)


def _converter(table: Table, column: str) -> Callable[[Any], Any] | None:
    if column not in table.c:
        return None
    convert: Callable[[Any], Any] | None = table.c[column].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return convert
