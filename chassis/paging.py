"""Pages by key: the cursor holds the sort key of the last row shown, so pages stay right while rows are added."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, DateTime, Integer, Select, Uuid, tuple_

from contracts.paging import PageQuery
from contracts.problems import wrong_field

from .question import Question, given
from .work import Work

LIMIT = given("limit", Integer())


class PagedQuestion:
    """A list that is asked for often, built once: `statement` in the order of `order`, which are unique together."""

    def __init__(self, statement: Select[Any], *order: ColumnElement[Any], newest_first: bool = False) -> None:
        key = tuple_(*order)
        after = tuple_(*(given(f"after_{column.name}", column.type) for column in order))
        ordered = statement.order_by(*_directed(order, newest_first)).limit(LIMIT)
        self._order, self._first = order, Question(ordered)
        self._next = Question(ordered.where(key < after if newest_first else key > after))

    def ask(self, work: Work, query: PageQuery, **values: Any) -> tuple[list[dict[str, Any]], str | None]:
        """The rows of one page and the cursor of the next.

        Raises InvalidRequest for a cursor that is not one of ours.
        """
        question, values = self._first, {**values, "limit": query.limit + 1}
        if query.cursor:
            after = zip(self._order, _after(query.cursor, self._order), strict=True)
            question, values = self._next, {**values, **{f"after_{column.name}": value for column, value in after}}
        return _cut(work.ask(question, **values), query, self._order)


def page(
    work: Work, statement: Select[Any], query: PageQuery, *order: ColumnElement[Any], newest_first: bool = False
) -> tuple[list[Any], str | None]:
    """The rows of one page in the order of `order` (unique together) and the cursor of the next page.

    Raises InvalidRequest for a cursor that is not one of ours.
    """
    key = tuple_(*order)
    if query.cursor:
        after = tuple_(*_after(query.cursor, order))
        statement = statement.where(key < after if newest_first else key > after)
    ordered = statement.order_by(*_directed(order, newest_first))
    return _cut(list(work.read(ordered.limit(query.limit + 1)).mappings()), query, order)


def _directed(order: tuple[ColumnElement[Any], ...], newest_first: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if newest_first else column for column in order]


def _cut(rows: list[Any], query: PageQuery, order: tuple[ColumnElement[Any], ...]) -> tuple[list[Any], str | None]:
    if len(rows) <= query.limit:
        return rows, None
    rows = rows[: query.limit]
    return rows, _encode([rows[-1][column.name] for column in order])


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _after(cursor: str, order: tuple[ColumnElement[Any], ...]) -> list[Any]:
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_parser(column)(value) for column, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error):
        raise wrong_field(
            "cursor", "cursor", "not a cursor of this list", "send the `next` of the page before"
        ) from None


def _parser(column: ColumnElement[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, DateTime):
        return _moment
    if isinstance(column.type, Integer):
        return _whole
    return UUID if isinstance(column.type, Uuid) else _text


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment.astimezone(UTC)


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > 2**31 - 1:
        raise ValueError("no whole number of a column")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text that PostgreSQL can hold")
    return value
