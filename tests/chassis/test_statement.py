"""The statement that carries a unit's writes."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from psycopg import RawCursor, connect

from chassis.runtime import Runtime
from chassis.statement import Write, Writes
from tests.support.items import item, prepare, rows

A, B = uuid.uuid4(), uuid.uuid4()


def insert(identifier: uuid.UUID, code: str) -> Write:
    return Write("insert", item, ("id",), {"id": identifier, "code": code, "amount": 1})


def test_many_writes_are_one_statement(runtime: Callable[[str], Runtime]) -> None:
    one = prepare(runtime("hearse"))
    writes = Writes()
    writes.add(insert(A, "a"))
    writes.add(insert(B, "b"))
    sql, parameters = writes.take("SELECT 1")
    with connect(one.url.replace("+psycopg", ""), autocommit=True) as connection:
        RawCursor(connection).execute(sql.encode(), parameters)
    assert sorted(rows(one, "item", "code")) == [("a",), ("b",)]
    assert sql.count(";") == 0 and not writes


def test_the_same_row_twice_is_refused() -> None:
    writes = Writes()
    writes.add(insert(A, "a"))
    again = Write("update", item, ("id",), {"id": A, "amount": 2})
    assert writes.touches(again)
    with pytest.raises(ValueError, match="item: the same row twice"):
        writes.add(again)


def test_a_taken_row_may_be_written_again() -> None:
    writes = Writes()
    writes.add(insert(A, "a"))
    writes.take("SELECT 1")
    assert not writes.touches(Write("delete", item, ("id",), {"id": A}))


def test_rows_without_a_key_never_collide() -> None:
    writes = Writes()
    for _ in range(2):
        writes.add(Write("insert", item, (), {"code": "a", "amount": 1}))
    assert writes


def test_values_travel_as_parameters_never_as_text() -> None:
    writes = Writes()
    writes.add(insert(A, "'); DROP TABLE item; --"))
    sql, parameters = writes.take("SELECT 1")
    assert "DROP" not in sql and "'); DROP TABLE item; --" in parameters


def test_the_text_depends_on_the_shape_alone() -> None:
    texts = set()
    for identifier in (A, B):
        writes = Writes()
        writes.add(insert(identifier, str(identifier)))
        texts.add(writes.take("SELECT 1")[0])
    assert len(texts) == 1
