"""One unit of work: everything it changes becomes true at once, or nothing does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from chassis.runtime import Runtime
from chassis.work import UnauditedChange, Work
from contracts.hearse import BookingDrafted
from tests.support.items import CAUSE, count, item, part, prepare, rows

DUE = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A runtime whose database has the item table."""
    return prepare(runtime("umkm"))


def drafted() -> BookingDrafted:
    return BookingDrafted(booking_id=uuid.uuid4(), incident_id=uuid.uuid4(), patient_id=uuid.uuid4())


def test_state_event_audit_and_timer_commit_together(one: Runtime) -> None:
    identifier = uuid.uuid4()

    def task(work: Work) -> None:
        work.insert(item, id=identifier, code="A", amount=1)
        work.emit(identifier, 7, drafted())
        work.audit(identifier, state="new")
        work.remind("hold-ended", identifier, DUE, reason="x")
        assert count(one, "item") + count(one, "outbox") + count(one, "audit") + count(one, "timer") == 0
        work.commit()

    one.run(task, CAUSE)
    assert rows(one, "item", "id, code, amount") == [(identifier, "A", 1)]
    assert rows(one, "outbox", "type, subject, sequence, published_at, headers->>'ce-causationid'") == [
        ("hearse.booking-drafted.v1", str(identifier), 7, None, "why")
    ]
    assert rows(one, "audit", "actor, action, correlation_id, causation_id, purpose, detail") == [
        ("system", "test", "story", "why", "care", {"state": "new"})
    ]
    assert rows(one, "timer", "kind, due_at, payload, attempts") == [("hold-ended", DUE, {"reason": "x"}, 0)]


def test_a_unit_that_only_writes_is_one_round_trip(one: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = Work._send
    monkeypatch.setattr(Work, "_send", lambda self, tail: sent.append(tail) or send(self, tail))
    event.listen(one.engine, "before_cursor_execute", lambda *seen: sent.append(seen[2]))

    def task(work: Work) -> None:
        work.insert(item, id=uuid.uuid4(), code="A", amount=1)
        work.emit("A", 1, drafted())
        work.audit("A")
        work.commit()

    one.run(task, CAUSE)
    assert sent == ["SELECT pg_notify('outbox', '')"]


def test_a_failing_handler_leaves_nothing(one: Runtime) -> None:
    def task(work: Work) -> None:
        work.insert(item, id=uuid.uuid4(), code="A", amount=1)
        work.emit("A", 1, drafted())
        work.audit("A")
        work.remind("k", "A", DUE)
        work.flush()
        raise LookupError("the rule says no")

    with pytest.raises(LookupError):
        one.run(task, CAUSE)
    assert [count(one, name) for name in ("item", "outbox", "audit", "timer")] == [0, 0, 0, 0]
    one.run(lambda work: work.read(select(item)).all(), CAUSE)  # its connection is fit for the next


def test_a_change_without_an_audit_row_is_refused(one: Runtime) -> None:
    def task(work: Work) -> None:
        work.insert(item, id=uuid.uuid4(), code="A", amount=1)
        work.commit()

    with pytest.raises(UnauditedChange, match="test changed state"):
        one.run(task, CAUSE)
    assert count(one, "item") == 0


def test_events_of_one_unit_leave_in_the_order_they_were_emitted(one: Runtime) -> None:
    events = [drafted() for _ in range(4)]

    def task(work: Work) -> None:
        for number, each in enumerate(events):
            work.emit(each.booking_id, number, each)
            work.audit(number)
        work.commit()

    one.run(task, CAUSE)
    assert [row[0] for row in rows(one, "outbox ORDER BY seq", "sequence")] == [0, 1, 2, 3]
    assert [row[0] for row in rows(one, "audit ORDER BY id", "subject")] == ["0", "1", "2", "3"]


def test_a_unit_of_more_values_than_a_statement_takes(one: Runtime) -> None:
    """PostgreSQL takes 65,535 parameters: a bank's answer of ten thousand lines is one unit of work all the same."""
    events, counted = [drafted() for _ in range(12_000)], range(12_000)

    def task(work: Work) -> None:
        for number, each in zip(counted, events, strict=True):
            work.emit(each.booking_id, number, each)
        work.audit("all")
        work.commit()

    one.run(task, CAUSE)
    assert [row[0] for row in rows(one, "outbox ORDER BY seq", "sequence")] == [*counted]


def test_writes_happen_in_the_order_of_the_handler(one: Runtime) -> None:
    old, new = uuid.uuid4(), uuid.uuid4()
    _insert(one, old, "unit-1")

    def hand_over(work: Work) -> None:
        work.update(item, {"id": old}, code=None)  # releases the code that the next line takes
        work.insert(item, id=new, code="unit-1", amount=1)
        work.insert(part, id=new, item_id=new)
        work.audit(new)
        work.commit()

    one.run(hand_over, CAUSE)
    assert rows(one, "item WHERE code = 'unit-1'", "id") == [(new,)]


def test_the_same_row_written_twice_ends_as_the_last_write_says(one: Runtime) -> None:
    identifier = uuid.uuid4()

    def task(work: Work) -> None:
        work.insert(item, id=identifier, code="A", amount=1)
        work.update(item, {"id": identifier}, amount=2)
        work.update(item, {"id": identifier}, amount=3)
        work.audit(identifier)
        work.commit()

    one.run(task, CAUSE)
    assert rows(one, "item", "amount") == [(3,)]


def test_the_same_row_by_another_key_is_not_lost(one: Runtime) -> None:
    identifier = uuid.uuid4()

    def task(work: Work) -> None:
        work.insert(item, id=identifier, code="A", amount=1)
        work.update(item, {"code": "A"}, amount=2)
        work.update(item, {"id": str(identifier)}, amount=3)
        work.audit(identifier)
        work.commit()

    one.run(task, CAUSE)
    assert rows(one, "item", "amount") == [(3,)]


def test_a_read_sees_what_was_written_before(one: Runtime) -> None:
    def task(work: Work) -> int:
        work.insert(item, id=uuid.uuid4(), code="A", amount=5)
        return int(work.read(select(item.c.amount)).scalar_one())

    assert one.run(task, CAUSE) == 5
    assert count(one, "item") == 0  # it did not commit


def test_an_upsert_inserts_then_changes(one: Runtime) -> None:
    key = uuid.uuid4()
    for amount in (1, 2):

        def task(work: Work, amount: int = amount) -> None:
            work.upsert(item, {"id": key}, code="A", amount=amount)
            work.audit(key)
            work.commit()

        one.run(task, CAUSE)
        assert rows(one, "item", "amount") == [(amount,)]


def test_a_timer_is_moved_by_a_second_reminder_and_cancelled(one: Runtime) -> None:
    def remind(due_at: datetime) -> None:
        def task(work: Work) -> None:
            work.remind("hold-ended", "A", due_at)
            work.audit("A")
            work.commit()

        one.run(task, CAUSE)

    def forget(work: Work) -> None:
        work.forget("hold-ended", "A")
        work.audit("A")
        work.commit()

    remind(DUE)
    remind(DUE + timedelta(days=1))
    assert rows(one, "timer", "due_at") == [(DUE + timedelta(days=1),)]
    one.run(forget, CAUSE)
    assert count(one, "timer") == 0


def _insert(one: Runtime, identifier: uuid.UUID, code: str) -> None:
    def task(work: Work) -> None:
        work.insert(item, id=identifier, code=code, amount=1)
        work.audit(identifier)
        work.commit()

    one.run(task, CAUSE)
