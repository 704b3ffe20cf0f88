"""Rows by the ten thousand: what a unit of work does with them at once, in its transaction."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Table

_ROWS_OF_A_BLOCK = 500


class Bulk:
    """For Work alone, which knows its connection and what waits to be written."""

    _changed: bool

    @abstractmethod
    def flush(self) -> None:
        """Send what waits."""

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _cursor(self) -> Any: ...

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Plain tuples, in less time than `read` takes for some ten thousand. Parameters are %s."""
        self._begin()
        self.flush()
        return self._cursor().execute(sql, parameters).fetchall()

    def copy(self, table: Table, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        """Many new rows at once (COPY); only for tables in which nobody else's rows can be met.

        Values of arrays and JSON come as PostgreSQL's own text: that is many times as fast.
        """
        with self._copying(table, columns) as copy:
            for row in rows:
                copy.write_row(row)

    def copy_text(self, table: Table, columns: tuple[str, ...], rows: Iterable[str]) -> None:
        """The same with rows in PostgreSQL's own text format: tabs between, a line feed at the end. The caller has seen
        to it that no value holds what would need escaping."""
        waiting = iter(rows)
        with self._copying(table, columns) as copy:
            while block := "".join(islice(waiting, _ROWS_OF_A_BLOCK)):
                copy.write(block)

    @contextmanager
    def _copying(self, table: Table, columns: tuple[str, ...]) -> Iterator[Any]:
        self._changed = True
        self._begin()
        self.flush()
        names = ", ".join(f'"{name}"' for name in columns)
        with self._cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            yield copy
