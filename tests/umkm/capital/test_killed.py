"""Killed with kill -9: the job in the middle of a file, the service at each step from the payout to a line's end."""

from __future__ import annotations

import hashlib
import signal
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from chassis.failpoints import AFTER_COMMIT, AFTER_PUBLISH, BEFORE_ACK, BEFORE_COMMIT, VARIABLE
from chassis.storage import Storage
from contracts import REQUESTS
from contracts import umkm as asked
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

from .desk import Desk

SCOPES = sorted({one.scope for name, one in REQUESTS.items() if name.startswith("umkm.")})
POINTS = [
    pytest.param(BEFORE_COMMIT, marks=pytest.mark.stress),
    AFTER_COMMIT,
    pytest.param(AFTER_PUBLISH, marks=pytest.mark.stress),
    pytest.param(BEFORE_ACK, marks=pytest.mark.stress),
]
Start = Callable[..., ServiceProcess]


@pytest.fixture
def present(desk: Desk) -> Desk:
    """Today, as the service's own clock tells it."""
    desk.office.now = datetime.now(UTC)
    return desk


def worker(process: ServiceProcess) -> psutil.Process | None:
    """The process that books, if there is one."""
    assert process.process is not None
    found = psutil.Process(process.process.pid).children()
    return next((one for one in found if "chassis.job" in one.cmdline()), None)


@contextmanager
def held(desk: Desk, statement: str, **values: Any) -> Any:
    """A row that the job waits for, half-way through."""
    with desk.office.runtime.engine.connect() as connection:
        connection.execute(text("BEGIN"))  # the engine commits each statement by itself
        connection.execute(text(statement), values)
        yield
        connection.execute(text("ROLLBACK"))


def booking(desk: Desk) -> bool:
    """Whether somebody waits for a row, with lines in the ledger that nobody sees yet."""
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY \"capital_entry\"%'"
    return bool(desk.office.rows(waits))


@pytest.mark.timeout(180)
def test_a_file_whose_job_is_killed_in_the_middle_is_booked_once(
    present: Desk, service: Start, vhost: Vhost, tmp_path: Path
) -> None:
    _, loans = present.lent()
    content = present.file(*(present.pay(one, 1_000) for one in loans for _ in range(40)))
    file = present.take(content)
    with held(present, "SELECT 1 FROM loan_balance WHERE loan_id = :id FOR UPDATE", id=loans[-1].id):
        process = service("umkm", STORAGE_URL=tmp_path.as_uri())
        until(lambda: booking(present), "the job to be in the middle", limit=30)
        killed = worker(process)
        assert killed is not None
        killed.kill()
        killed.wait(10)
    until(
        lambda: present.office.ask(asked.GetBankFile(bank_file_id=file.id)).state == "booked",
        "another process to book it",
        limit=60,
    )
    booked = present.office.ask(asked.GetBankFile(bank_file_id=file.id))
    assert (booked.booked, booked.waiting, booked.already, booked.booked_rupiah) == (200, 0, 0, 200_000)
    assert {present.loan(one.id).owed_rupiah for one in loans} == {2_020_000}
    assert present.office.rows("SELECT count(*) FROM capital_entry WHERE kind = 'paid'")[0][0] == 200
    assert present.office.events("bank-file") == ["bank-file-booked"]


class Dying:
    """A service that dies at a point of each step, and somebody who asks again."""

    def __init__(self, process: ServiceProcess, vhost: Vhost, point: str) -> None:
        self.process, self.vhost, self.point = process, vhost, point

    def step(self, operation: str, subject: str, **request: Any) -> Any:
        """The reply of the second time."""
        given = {
            "actor": {"subject": subject, "client": "c-1", "scopes": SCOPES},
            "idempotency_key": str(uuid.uuid4()),
        }
        self.process.end()
        self.process.environment[VARIABLE] = f"{self.point}:1"
        self.process.start()
        with Caller(self.vhost) as caller:
            caller.send(f"umkm.{operation}", request, **given)
            process = self.process.process
            assert process is not None
            until(lambda: process.poll() is not None, "the service to die", 30)
            assert process.returncode == -signal.SIGKILL
            del self.process.environment[VARIABLE]
            self.process.start()
            reply = caller.call(f"umkm.{operation}", request, **given)
        assert reply["error"] is None, (operation, reply)
        return reply["result"]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("point", POINTS)
def test_from_the_payout_to_the_end_of_a_line(
    present: Desk, service: Start, vhost: Vhost, tmp_path: Path, point: str
) -> None:
    group = present.approved(present.borrowers())
    present.office.run_sql("DELETE FROM outbox")
    dying = Dying(service("umkm", STORAGE_URL=tmp_path.as_uri()), vhost, point)
    payouts = [{"loan_id": str(one.loan_id), "rupiah": 2_000_000} for one in group.members]
    told = {"group_id": str(group.id), "disbursed_on": str(present.today), "payouts": payouts}
    assert dying.step("disburse_group", "bank-1", **told)["state"] == "active"
    assert present.office.rows("SELECT count(*), sum(owed) FROM loan_balance") == [(5, 5 * 2_060_000)]
    loan, *_ = present.loans(group)
    content = present.file(f"P;T1;UNKNOWN;{present.today};206000")
    digest = hashlib.sha256(content).hexdigest()
    with Storage(tmp_path.as_uri()).writing(f"bankfiles/{digest}") as stored:
        stored.write(content)
    sent = {"key": f"bankfiles/{digest}", "name": "", "size": len(content), "sha256": digest}
    with Caller(vhost) as caller:
        actor = {"subject": "bank-1", "client": "c-1", "scopes": SCOPES}
        file = caller.call("umkm.send_bank_file", {"file": sent}, actor=actor, idempotency_key=str(uuid.uuid4()))
    until(present.waiting, "the line to wait", limit=60)
    line = {"bank_file_id": file["result"]["id"], "row": 2, "settlement": "book", "loan_id": str(loan.id)}
    assert dying.step("settle_bank_line", "officer-1", **line, note="bukti dilihat")["state"] == "closed"
    assert present.loan(loan.id).owed_rupiah == 1_854_000
    unpublished = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    until(lambda: present.office.rows(unpublished)[0][0] == 0, "all to be told")
    assert present.office.events("capital-disbursed") == ["capital-disbursed"] * 5
    assert present.office.events("bank-line-closed") == ["bank-line-closed"]
