"""What is reckoned from the rows themselves when all else is written, still in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from chassis.runtime import Runtime
from chassis.work import Work
from contracts.context import Actor
from tests.support.items import CAUSE, count, item, prepare


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A runtime whose database has the item table."""
    return prepare(runtime("umkm"))


def test_what_is_reckoned_last_sees_all_that_was_written_and_is_done_once(one: Runtime) -> None:
    seen: list[int] = []

    def reckon(work: Work) -> None:
        seen.append(len(list(work.read(select(item.c.id)))))

    def task(work: Work) -> None:
        work.lastly("items", reckon)
        for code in "AB":
            work.insert(item, id=uuid.uuid4(), code=code, amount=1)
            work.lastly("items", reckon)
        work.audit("items", state="new")
        work.commit()

    one.run(task, CAUSE)
    assert seen == [2] and count(one, "item") == 2


def test_what_is_reckoned_last_fails_all_and_is_forgotten_with_a_rollback(one: Runtime) -> None:
    def fail(work: Work) -> None:
        raise ValueError("no")

    def task(work: Work) -> None:
        work.insert(item, id=uuid.uuid4(), code="A", amount=1)
        work.audit("items", state="new")
        work.lastly("items", fail)
        if work.actor.subject == "rolls back":
            work.rollback()
        work.commit()

    with pytest.raises(ValueError, match="no"):
        one.run(task, CAUSE)
    assert count(one, "item") == 0
    one.run(task, replace(CAUSE, actor=Actor(subject="rolls back")))
    assert count(one, "item") == 0
