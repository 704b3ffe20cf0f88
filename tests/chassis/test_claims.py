"""A request that comes again, by a client's retry or from twenty hands at once, is applied once."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import select

from chassis.answering import answer
from chassis.inbox import prune
from chassis.runtime import Runtime
from chassis.work import Work
from contracts.problems import Conflict
from tests.support.items import AddItem, ItemView, add_item, count, headers, item, prepare, rows
from tests.support.waiting import until


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A runtime whose database has the item table."""
    return prepare(runtime("hearse"))


def ask(one: Runtime, handler: Any, code: str = "A", note: str = "", **context: Any) -> dict[str, Any]:
    """What the service answers to AddItem."""
    body = orjson.dumps({"args": [], "kwargs": {"request": {"code": code, "note": note}}})
    reply: dict[str, Any] = orjson.loads(answer(one, AddItem, handler, headers(**context), body))
    return reply


def slug(reply: dict[str, Any]) -> str:
    return reply["error"]["slug"] if reply["error"] else "ok"


def reading_first(work: Work, request: AddItem) -> ItemView:
    """As most handlers do: look, decide, write."""
    if work.read(select(item.c.id).where(item.c.code == request.code)).first():
        raise Conflict("there is one already")
    return add_item(work, request)


@pytest.mark.parametrize("handler", [add_item, reading_first])
def test_twenty_at_once_with_one_key_have_one_effect(one: Runtime, handler: Any) -> None:
    gate = threading.Barrier(20)

    def send(_: int) -> dict[str, Any]:
        gate.wait(10)
        return ask(one, handler, idempotency_key="k")

    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(send, range(20)))
    outcomes = Counter(map(slug, replies))
    assert set(outcomes) <= {"ok", "still-running"} and outcomes["ok"] >= 1, outcomes
    assert len({reply["result"]["id"] for reply in replies if reply["result"]}) == 1
    assert (count(one, "item"), count(one, "audit"), count(one, "inbox")) == (1, 1, 1)
    assert slug(ask(one, handler, idempotency_key="k")) == "ok"


@pytest.mark.parametrize("handler", [add_item, reading_first])
def test_a_retry_gets_the_first_reply_and_not_what_the_new_state_says(one: Runtime, handler: Any) -> None:
    first = ask(one, handler, idempotency_key="k", note="hello")
    assert slug(first) == "ok"
    assert ask(one, handler, idempotency_key="k", note="hello") == first


def test_a_refused_request_may_be_tried_again(one: Runtime) -> None:
    def refuse(work: Work, request: AddItem) -> ItemView:
        raise Conflict("not now")

    assert slug(ask(one, refuse, idempotency_key="k")) == "conflict"
    assert slug(ask(one, add_item, idempotency_key="k")) == "ok"


@pytest.mark.parametrize("handler", [add_item, reading_first])
def test_the_same_key_with_another_body_is_a_clients_fault(one: Runtime, handler: Any) -> None:
    ask(one, handler, code="A", idempotency_key="k")
    assert slug(ask(one, handler, code="B", idempotency_key="k")) == "idempotency-key-reused"
    assert count(one, "item") == 1


def test_a_key_belongs_to_one_client_person_and_resource(one: Runtime) -> None:
    actor = {"subject": "s-2", "client": "c-1", "scopes": ["sample:write"]}
    other_client = {**actor, "subject": "s-1", "client": "c-2"}
    circumstances: list[dict[str, Any]] = [{}, {"actor": actor}, {"actor": other_client}, {"resource": "POST /other"}]
    for number, each in enumerate(circumstances):
        assert slug(ask(one, add_item, code=str(number), idempotency_key="k", **each)) == "ok"
    assert count(one, "item") == len(circumstances)


def test_the_same_key_is_still_running_while_the_first_has_not_ended(one: Runtime) -> None:
    with psycopg.connect(one.url.replace("+psycopg", "")) as blocker, ThreadPoolExecutor(1) as pool:
        blocker.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE")
        first = pool.submit(ask, one, reading_first, idempotency_key="k")
        waiting = "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        until(lambda: count(one, waiting) == 1, "the first request to wait")
        second = ask(one, reading_first, idempotency_key="k")
        blocker.rollback()
        assert slug(first.result(10)) == "ok"
    assert slug(second) == "still-running" and second["error"]["retry_after"] == 1


def test_the_stored_reply_is_not_readable(one: Runtime) -> None:
    ask(one, add_item, idempotency_key="secret-key", note="Siti Zulaikha 3671011508959001")
    ((message_id, stored),) = rows(one, "inbox", "message_id, reply")
    assert b"Siti" not in stored and b"3671" not in stored and "secret-key" not in message_id


def test_a_callers_right_is_checked_before_the_reply_is_repeated(one: Runtime) -> None:
    ask(one, add_item, idempotency_key="k")
    powerless = {"subject": "s-1", "client": "c-1", "scopes": []}
    assert slug(ask(one, add_item, idempotency_key="k", actor=powerless)) == "forbidden"


def test_without_a_key_every_request_counts(one: Runtime) -> None:
    """Also two that are alike: each has its own id."""
    replies = [ask(one, add_item, code=code) for code in ("A", "B")]
    assert [slug(reply) for reply in replies] == ["ok", "ok"] and count(one, "item") == 2
    assert slug(ask(one, free, note="again")) == slug(ask(one, free, note="again")) == "ok"
    assert count(one, "item") == 4


def free(work: Work, request: AddItem) -> ItemView:
    """Adds an item each time, whatever is asked: nothing but the claim can tell a repetition."""
    return add_item(work, request.model_copy(update={"code": str(work.new_id())}))


def reading_free(work: Work, request: AddItem) -> ItemView:
    """The same after a look at the data."""
    work.read(select(item.c.id).limit(1)).first()
    return free(work, request)


@pytest.mark.parametrize("handler", [free, reading_free])
def test_a_request_without_a_key_that_the_broker_repeats_answers_what_the_first_answered(
    one: Runtime, handler: Any
) -> None:
    first = ask(one, handler, request_id="r-1", note="hello")
    assert slug(first) == "ok" and ask(one, handler, request_id="r-1", note="hello") == first
    assert count(one, "item") == 1


@pytest.mark.parametrize("handler", [free, reading_free])
def test_repeated_while_the_first_still_runs_it_waits_and_gets_the_same_answer(one: Runtime, handler: Any) -> None:
    """The connection of the first was lost, not its process: nobody could ask again, so nobody is told to."""
    gate = threading.Barrier(12)

    def send(_: int) -> dict[str, Any]:
        gate.wait(10)
        return ask(one, handler, request_id="r-1")

    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(send, range(12)))
    assert [slug(reply) for reply in replies] == ["ok"] * 12
    assert len({reply["result"]["id"] for reply in replies}) == 1 and count(one, "item") == 1


def test_a_request_id_used_for_another_request_or_by_another_person_is_another_request(one: Runtime) -> None:
    other = {"subject": "s-2", "client": "c-1", "scopes": ["sample:write"]}
    asked: list[dict[str, Any]] = [{}, {"note": "other"}, {"actor": other}]
    assert [slug(ask(one, free, request_id="r-1", **each)) for each in asked] == ["ok"] * 3
    assert count(one, "item") == 3


def test_deliveries_are_forgotten_after_a_day_and_keys_after_a_month(one: Runtime) -> None:
    ask(one, free)
    ask(one, free, idempotency_key="k")
    for days, left in ((0, 2), (2, 1), (29, 1), (31, 0)):
        with psycopg.connect(one.url.replace("+psycopg", "")) as connection:
            prune(connection.cursor(), one.now() + timedelta(days=days))
        assert count(one, "inbox") == left, days


def test_the_scope_of_a_claim_cannot_be_forged_by_a_separator(one: Runtime) -> None:
    actor = {"subject": "s", "client": "c", "scopes": ["sample:write"]}
    keys = {"k": ("a", "b\x1fk2"), "j": ("a\x1fb", "k2")}
    for code, (resource, key) in keys.items():
        assert slug(ask(one, add_item, code=code, actor=actor, resource=resource, idempotency_key=key)) == "ok"
    assert count(one, "item") == 2 and uuid.UUID(str(rows(one, "item", "id")[0][0]))


def test_a_retry_is_recognised_even_when_the_rules_refuse_it_without_a_look_at_the_data(one: Runtime) -> None:
    def refuse(work: Work, request: AddItem) -> ItemView:
        raise Conflict("too late for this today")

    first = ask(one, add_item, idempotency_key="k")
    assert ask(one, refuse, idempotency_key="k") == first
