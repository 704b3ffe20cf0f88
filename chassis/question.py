"""A SELECT that is asked often: compiled once, sent as text with PostgreSQL's own placeholders, rows as dicts.

SQLAlchemy looks a statement up anew each time it is executed, and wraps each row: half of what a small read costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BindParameter, ColumnElement, Select, TextClause, Uuid, any_, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.types import TypeEngine

_DIALECT = PGDialect_psycopg()
_PLACE = re.compile(r"%\((\w+)\)s|%%")


class Question:
    """`statement` holds its parameters as `given`; a collection is one of an array (`is_one_of`)."""

    def __init__(self, statement: Select[Any] | TextClause) -> None:
        self._statement = statement

    @cached_property
    def compiled(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        """The text with $1, $2 …, the names that stand for them, and the values of those that were given with it."""
        made = self._statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        names: list[str] = []

        def place(found: re.Match[str]) -> str:
            if found[1] is None:
                return "%"
            if found[1] not in names:
                names.append(found[1])
            return f"${names.index(found[1]) + 1}"

        text = _PLACE.sub(place, made.string)
        return text, tuple(names), {name: value for name, value in made.params.items() if value is not None}


def given(name: str, kind: TypeEngine[Any] | None = None) -> BindParameter[Any]:
    """What is known only when the question is asked; of the type of the column beside it unless `kind` says more."""
    return bindparam(name, type_=kind, required=False)


def is_one_of(column: ColumnElement[Any], name: str, kind: TypeEngine[Any] | None = None) -> ColumnElement[bool]:
    """The column is among the values of the parameter `name`: `array_of` ids, or a list if another `kind` is given."""
    return column == any_(given(name, ARRAY(kind or Uuid())))


def array_of(ids: Iterable[UUID]) -> str:
    """Ids as PostgreSQL writes an array of them: the driver takes longer, element by element."""
    return "{" + ",".join(map(str, ids)) + "}"
