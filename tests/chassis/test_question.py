"""Questions built beforehand: the same rows as SQLAlchemy's own way gives, and the same pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, Text, select

from chassis.paging import PagedQuestion, page
from chassis.question import Question, array_of, given, is_one_of
from chassis.runtime import Runtime
from chassis.work import Work
from contracts.paging import PageQuery
from contracts.problems import InvalidRequest
from tests.support.items import CAUSE, item, prepare


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A runtime whose database holds seven items, two of each amount."""
    filled = prepare(runtime("umkm"))

    def fill(work: Work) -> None:
        for number in range(7):
            work.insert(item, id=uuid.UUID(int=number + 1), code=f"{number}%", amount=number // 2)
        work.audit("items")
        work.commit()

    filled.run(fill, CAUSE)
    return filled


def asked(one: Runtime, statement: Select[Any], **values: Any) -> list[dict[str, Any]]:
    """The rows, the same twice: the second time the statement is prepared."""
    question = Question(statement)
    first: list[dict[str, Any]] = one.run(lambda work: work.ask(question, **values), CAUSE, transactional=False)
    assert one.run(lambda work: work.ask(question, **values), CAUSE, transactional=False) == first
    return first


def test_values_given_and_values_built_in(one: Runtime) -> None:
    statement = select(item.c.code).where(
        item.c.amount >= given("least"), item.c.amount.in_([0, 1, 2]), item.c.code != "4%", item.c.code.like("%%%")
    )
    for least, codes in ((0, {"0%", "1%", "2%", "3%", "5%"}), (2, {"5%"})):
        assert {row["code"] for row in asked(one, statement, least=least)} == codes


def test_one_value_in_two_places(one: Runtime) -> None:
    same = select(item.c.amount).where((item.c.amount == given("amount")) | (item.c.amount - 1 == given("amount")))
    assert sorted(row["amount"] for row in asked(one, same, amount=1)) == [1, 1, 2, 2]


def test_a_value_that_is_not_told_is_a_fault(one: Runtime) -> None:
    with pytest.raises(KeyError, match="least"):
        asked(one, select(item).where(item.c.amount >= given("least")))


def test_collections(one: Runtime) -> None:
    ids = [uuid.UUID(int=number) for number in (2, 3, 99)]
    by_id = select(item.c.id).where(is_one_of(item.c.id, "ids"))
    assert {row["id"] for row in asked(one, by_id, ids=array_of(ids))} == set(ids[:2])
    assert asked(one, by_id, ids=array_of([])) == []
    odd = ["6%", 'a"b,{}\\', ""]
    by_code = select(item.c.code).where(is_one_of(item.c.code, "codes", Text()))
    assert asked(one, by_code, codes=odd) == [{"code": "6%"}]
    assert asked(one, by_code, codes=[]) == []


def test_inside_a_transaction_it_sees_what_was_written_before(one: Runtime) -> None:
    def task(work: Work) -> None:
        work.insert(item, id=uuid.UUID(int=50), code="new", amount=9)
        assert [row["code"] for row in work.ask(Question(select(item).where(item.c.amount == 9)))] == ["new"]
        work.audit("items")

    one.run(task, CAUSE)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_are_the_same_as_of_a_statement(one: Runtime, limit: int, newest_first: bool) -> None:
    order = (item.c.amount, item.c.id)
    paged = PagedQuestion(select(item), *order, newest_first=newest_first)

    def walk(work: Work) -> list[int]:
        cursor, sizes = None, []
        while True:
            query = PageQuery(limit=limit, cursor=cursor)
            rows, cursor = paged.ask(work, query)
            others, other = page(work, select(item), query, *order, newest_first=newest_first)
            assert rows == [dict(row) for row in others]
            assert cursor == other
            sizes.append(len(rows))
            if cursor is None:
                return sizes

    assert sum(one.run(walk, CAUSE, transactional=False)) == 7


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WzEsMV0"])
def test_a_cursor_of_another_list_is_refused(one: Runtime, cursor: str) -> None:
    paged = PagedQuestion(select(item), item.c.amount, item.c.id)
    with pytest.raises(InvalidRequest):
        one.run(lambda work: paged.ask(work, PageQuery(cursor=cursor)), CAUSE, transactional=False)
