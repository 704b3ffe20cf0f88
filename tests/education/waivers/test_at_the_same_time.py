"""Several people at once: one child has one waiver, a month has one school, nothing is owed or paid twice.

Whoever comes second is told so by a problem with a name; the database's own errors never come through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest

from chassis.work import Cause, Work
from contracts import education as asked
from contracts.base import Request
from contracts.problems import Problem
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import HANDLERS, MANAGER, OFFICER, ONE, TWO, operator
from tests.support.waiting import until

from .desk import TREASURER, YEAR, Desk

TERM = {"programme": "bop", "school_year": YEAR, "term": 1}
AUGUST = {"programme": "bop", "first_month": "2026-08-01", "last_month": "2026-08-01"}
MONTH = 166_667
CLERKS = 8
BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def together(*calls: Callable[[], Any]) -> list[Any]:
    """All of them in the same moment: what each got, or the slug of its refusal, without the service's name."""
    begin = Barrier(len(calls))

    def call(one: Callable[[], Any]) -> Any:
        begin.wait(10)
        try:
            return one()
        except Problem as refused:
            return refused.slug.removeprefix("education-")

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


@contextmanager
def unfinished(desk: Desk, request: Request) -> Iterator[None]:
    """Done by the officer, and committed when the block ends."""
    begun, end = Event(), Event()

    def task(work: Work) -> None:
        HANDLERS[request.operation.partition(".")[2]](work, request)
        work.flush()
        begun.set()
        assert end.wait(30)
        work.commit()

    with ThreadPoolExecutor(1) as pool:
        cause = Cause(actor=OFFICER, action=request.operation, correlation_id="story-1")
        done = pool.submit(desk.office.runtime.run, task, cause)
        assert begun.wait(30) or done.result(1)
        try:
            yield
        finally:
            end.set()
            done.result(30)


def ready(desk: Desk, *numbers: int) -> list[UUID]:
    """At school one, living in the city."""
    pupils = desk.enrol(*numbers)
    desk.attest()
    return pupils


def refusals(got: Sequence[Any]) -> list[str]:
    return [one for one in got if isinstance(one, str)]


def waivers(desk: Desk) -> dict[UUID, int]:
    return {row.pupil_id: row.n for row in desk.office.rows("SELECT pupil_id, count(*) AS n FROM waiver GROUP BY 1")}


def live_months(desk: Desk) -> list[tuple[str, int]]:
    rows = desk.office.rows("SELECT npsn, count(*) AS n FROM confirmed_month WHERE voided_at IS NULL GROUP BY 1")
    return sorted((row.npsn, row.n) for row in rows)


def test_a_child_is_applied_for_once_and_granted_once(desk: Desk) -> None:
    (pupil,) = ready(desk, 1)
    got = together(*[lambda: desk.apply(pupil)] * CLERKS)
    assert refusals(got) == ["already-applied"] * (CLERKS - 1)
    (application,) = (one for one in got if not isinstance(one, str))
    got = together(*[lambda: desk.decide(application.id)] * CLERKS)
    assert len(refusals(got)) == CLERKS - 1
    assert set(refusals(got)) == {"waiver-wrong-state"}
    assert waivers(desk) == {pupil: 1}
    assert desk.office.events().count("waiver-granted") == 1


def test_an_act_for_many_beside_people_who_decide_on_the_same_children(desk: Desk) -> None:
    many = 48
    pupils = ready(desk, *range(1, many + 1))
    waiting = [desk.apply(pupil).id for pupil in pupils[::2]]
    evaluation = desk.ask(asked.StartEvaluation, **TERM)
    desk.office.work()
    desk.ask(asked.GrantEvaluated, evaluation_id=evaluation.id, count=many, note="rapat")
    done: list[Any] = []

    def one_by_one(step: Callable[[UUID], Any], ids: list[UUID]) -> None:
        for id in ids:
            done.extend(together(partial(step, id)))

    deciders = [partial(one_by_one, desk.decide, waiting[first::3]) for first in range(3)]
    together(desk.office.work, partial(one_by_one, desk.apply, pupils[1::2]), *deciders)
    assert set(refusals(done)) <= {"already-applied", "waiver-wrong-state"}
    assert waivers(desk) == dict.fromkeys(pupils, 1)
    act = desk.ask(asked.GetEvaluation, evaluation_id=evaluation.id)
    by_people = desk.office.rows("SELECT count(*) FROM decision WHERE act_id IS NULL")[0].count
    assert (act.state, act.granted) == ("granted", many - by_people), "in its first try"


def test_two_schools_confirm_the_month_of_a_child_that_moves_between_them(desk: Desk) -> None:
    desk.grant(*ready(desk, 1, 2, 3))
    office = desk.office
    office.apply(
        office.preview(by_xlsxwriter(grid([child(1), child(2)])), TWO, effective_on="2026-08-10"), confirm_npsn=TWO
    )
    moves = [one.id for one in desk.ask(asked.ListTransfers, operator(TWO), npsn=TWO).items]

    def claim(npsn: str) -> Any:
        claimed = desk.ask(asked.SubmitClaim, operator(npsn), npsn=npsn, **AUGUST)
        return desk.ask(asked.ApproveClaim, OFFICER, claim_id=claimed.id)

    got = together(
        lambda: desk.confirm("2026-08-01"),
        lambda: desk.confirm("2026-08-01", TWO),
        lambda: desk.ask(asked.ConfirmTransfers, operator(TWO), transfer_ids=moves),
        lambda: desk.confirm("2026-08-01", TWO),
        lambda: claim(ONE),
        lambda: claim(TWO),
    )
    assert set(refusals(got)) <= {"confirmed-elsewhere", "nothing-to-claim"}
    for npsn in (ONE, TWO):
        desk.confirm("2026-08-01", npsn)
    assert live_months(desk) == [(ONE, 1), (TWO, 2)]
    for npsn in (ONE, TWO):
        together(lambda npsn=npsn: claim(npsn))
    assert (desk.balance(ONE), desk.balance(TWO)) == (MONTH, 2 * MONTH)


def test_a_month_is_claimed_and_approved_once(desk: Desk) -> None:
    desk.grant(*ready(desk, 1, 2))
    desk.confirm("2026-08-01")
    got = together(*[partial(desk.ask, asked.SubmitClaim, operator(ONE), npsn=ONE, **AUGUST)] * CLERKS)
    assert refusals(got) == ["nothing-to-claim"] * (CLERKS - 1)
    (claim,) = (one for one in got if not isinstance(one, str))
    got = together(*[partial(desk.ask, asked.ApproveClaim, OFFICER, claim_id=claim.id)] * CLERKS)
    assert refusals(got) == ["waiver-wrong-state"] * (CLERKS - 1)
    assert desk.balance() == 2 * MONTH
    assert desk.office.events().count("claim-approved") == 1


@pytest.mark.parametrize("first", ["approve", "correct"])
def test_a_month_is_corrected_while_its_claim_is_approved(desk: Desk, first: str) -> None:
    """Whichever begins, the other waits for its end: each settles what the other cannot see yet."""
    pupil, _ = ready(desk, 1, 2)
    desk.grant(*(one.id for one in desk.office.pupils(ONE)))
    desk.confirm("2026-08-01")
    claim = desk.ask(asked.SubmitClaim, operator(ONE), npsn=ONE, **AUGUST)
    told = {"pupil_id": pupil, "programme": "bop", "month": "2026-08-01", "reason": "tidak hadir"}
    steps = {"approve": asked.ApproveClaim(claim_id=claim.id), "correct": asked.CorrectMonth.model_validate(told)}
    begun = steps.pop(first)
    (other,) = steps.values()
    with ThreadPoolExecutor(1) as pool:
        with unfinished(desk, begun):
            second = pool.submit(desk.office.ask, other, OFFICER)
            until(lambda: second.done() or desk.office.rows(BLOCKED), "waiting, or done without")
        second.result(10)
    assert desk.balance() == MONTH


def test_what_is_owed_is_in_one_batch_and_a_bank_answer_counts_once(desk: Desk) -> None:
    desk.two_are_owed_a_month()
    desk.budget(300_000)
    got = together(*[desk.draft] * CLERKS)
    assert refusals(got) == ["nothing-to-pay"] * (CLERKS - 1)
    (batch,) = (one for one in got if not isinstance(one, str))
    assert batch.rupiah == 300_000
    desk.office.work()
    desk.ask(asked.VerifyDisbursement, TREASURER, disbursement_id=batch.id)
    desk.ask(asked.ApproveDisbursement, MANAGER, disbursement_id=batch.id)
    export = {"disbursement_id": batch.id}
    got = together(*[lambda: desk.ask(asked.ExportDisbursement, TREASURER, **export)] * CLERKS)
    assert refusals(got) == ["waiver-wrong-state"] * (CLERKS - 1)
    desk.bank_file(batch)
    got = together(*[lambda: desk.pay(batch)] * CLERKS)
    assert refusals(got) == []
    assert sum(one.paid for one in got) == 2
    assert sum(one.rupiah for one in desk.ledger() if one.kind == "paid") == -300_000
    assert sum(event == "disbursement-paid" for event in desk.office.events()) == 2


def entry(desk: Desk, row: dict[str, Any], npsn: str) -> UUID:
    """A child in the list of a school, as it is written there."""
    before = {one.id for one in desk.office.pupils(npsn)}
    desk.office.apply(desk.office.preview(by_xlsxwriter(grid([row])), npsn), confirm_npsn=npsn)
    return next(one.id for one in desk.office.pupils(npsn) if one.id not in before)


def test_two_entries_of_a_child_granted_and_joined_in_the_same_moment(desk: Desk) -> None:
    for number in range(1, 5):
        first, second = entry(desk, child(number, NIK=None), ONE), entry(desk, child(number, NISN=None), TWO)
        desk.attest(ONE)
        desk.attest(TWO)
        one, two = desk.apply(first).id, desk.apply(second).id
        told = {"pupil_id": first, "duplicate_id": second, "npsn": ONE, "reason": "anak yang sama"}
        join = partial(desk.ask, asked.JoinPupils, MANAGER, **told)
        got = together(partial(desk.decide, one), partial(desk.decide, two), join)
        assert set(refusals(got)) <= {"already-applied", "waiver-wrong-state", "not-found", "stale-version"}
    held = desk.office.rows("SELECT count(*) FROM waiver WHERE state <> 'ended' GROUP BY pupil_id")
    assert {row.count for row in held} == {1}
