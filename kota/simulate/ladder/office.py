"""The UMKM service in this process: its own handlers on a database of its own, by a clock that is moved on.

The running suite can't be taken: its clock is everybody's, and a bank's file of next year would stay in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import text

from chassis import storage
from chassis.cause import Cause
from chassis.firing import fire_one
from chassis.jobs import lease, perform
from chassis.migrate import upgrade
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.timers import Timer
from chassis.work import Work
from contracts import umkm as asked
from contracts.base import Request
from contracts.context import SYSTEM, Actor
from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.times import WIB
from kota.engines import postgres_server
from services.umkm.handlers import (
    attendance,
    batches,
    businesses,
    clocks,
    finishing,
    owner_deaths,
    registering,
    reports,
    seats,
    timer_kinds,
)
from services.umkm.handlers.capital import (
    bank_files,
    checks,
    disbursing,
    ladder,
    lines,
    loans,
    recourse,
)
from services.umkm.handlers.capital import groups as forming
from services.umkm.jobs import JOBS

CLERK, CHECKER, MANAGER, BANK = (
    Actor(subject=name, client="console") for name in ("clerk", "checker", "manager", "bank")
)


ANSWERS: dict[type[Request], Callable[[Work, Any], Any]] = {
    asked.RegisterBusiness: registering.register_business,
    asked.VerifyBusiness: businesses.verify_business,
    asked.AnnounceBatch: batches.announce_batch,
    asked.RequestSeat: seats.request_seat,
    asked.RecordAttendance: attendance.record_attendance,
    asked.FinishBatch: finishing.finish_batch,
    asked.FormGroup: forming.form_group,
    asked.JoinGroup: forming.join_group,
    asked.SubmitGroup: forming.submit_group,
    asked.CheckPapers: checks.check_papers,
    asked.CheckCredit: checks.check_credit,
    asked.DisburseGroup: disbursing.disburse_group,
    asked.MarkRecourse: recourse.mark_recourse,
    asked.GetLoan: loans.get_loan,
    asked.GetLadder: ladder.get_ladder,
    asked.SendBankFile: bank_files.send_bank_file,
    asked.GetBankFile: bank_files.get_bank_file,
    asked.ListWaitingLines: lines.list_waiting_lines,
    asked.SettleBankLine: lines.settle_bank_line,
    asked.GetYearReport: reports.get_year_report,
}
TIMERS: dict[str, Callable[[Work, Timer], None]] = {
    timer_kinds.BATCH_OPEN: clocks.open_due,
    timer_kinds.HEAD_START: clocks.head_start_over,
    timer_kinds.BATCH_START: clocks.start_due,
    timer_kinds.OFFER_ENDS: clocks.offer_over,
    timer_kinds.CHECK_DUE: checks.check_due,
}


class Office:
    """Asks what people would ask, and lets time pass."""

    def __init__(self, database_url: str, today: date) -> None:
        self.now = datetime.combine(today, time(9), WIB)
        settings = Settings.model_validate({"service": "umkm", "database_url": database_url})
        self._runtime = Runtime(settings, clock=lambda: self.now)

    @property
    def today(self) -> date:
        """In WIB."""
        return self.now.astimezone(WIB).date()

    def ask(self, request: Request, actor: Actor = CLERK) -> Any:
        """The reply; raises what the service refuses."""
        answer = ANSWERS[type(request)]

        def task(work: Work) -> Any:
            reply = answer(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=actor, action=request.operation, correlation_id="simulation", purpose="simulasi")
        return self._runtime.run(task, cause, transactional=request.changes)

    def tell(self, death: DeathRecorded | DeathCorrected) -> None:
        """An event of the hearse service arrives."""

        def task(work: Work) -> None:
            owner_deaths.mark_death(work, death)
            work.commit()

        self._runtime.run(task, Cause(actor=SYSTEM, action="simulation", correlation_id="simulation"))

    def tomorrow(self) -> None:
        """Nine in the morning of the next day; every clock that has run out by then has fired."""
        self.now = datetime.combine(self.today + timedelta(days=1), time(9), WIB)
        self.fire()

    def afternoon(self) -> None:
        """Three o'clock, when the bank sends its file."""
        self.now = datetime.combine(self.today, time(15), WIB)

    def fire(self) -> None:
        """What is due, one after another."""
        while fire_one(self._runtime, TIMERS, tuple(JOBS)):
            pass

    def work(self) -> None:
        """The jobs that wait."""
        while timer := lease(self._runtime, tuple(JOBS)):
            perform(self._runtime, JOBS[timer.kind], timer)

    def stored(self, content: bytes) -> dict[str, Any]:
        """A file as the gateway keeps it."""
        digest = hashlib.sha256(content).hexdigest()
        key = f"bankfiles/{hashlib.sha256(f'{self.now} {digest}'.encode()).hexdigest()}"
        with storage.Storage.from_environment().writing(key) as file:
            file.write(content)
        return {"key": key, "name": "mutasi.csv", "size": len(content), "sha256": digest}

    def person_key(self, nik: str) -> str:
        """As other services name this person."""
        return self._runtime.person_keys.person_key(nik)

    def rows(self, statement: str) -> list[Any]:
        """What the database says."""
        with self._runtime.engine.connect() as connection:
            return list(connection.execute(text(statement)))

    def close(self) -> None:
        """Nothing is left open."""
        self._runtime.engine.dispose()


@contextmanager
def new_office(today: date) -> Iterator[Office]:
    """An office on a fresh database, which is gone afterwards."""
    with TemporaryDirectory(prefix="kota-ladder-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the database runs as another account if this one is root
        before = os.environ.get(storage.VARIABLE)
        os.environ[storage.VARIABLE] = (Path(folder) / "files").as_uri()
        try:
            with postgres_server(Path(folder) / "postgres") as server:
                with psycopg.connect(server.plain_url("postgres"), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE umkm")
                upgrade("umkm", server.url("umkm"))
                office = Office(server.url("umkm"), today)
                try:
                    yield office
                finally:
                    office.close()
        finally:
            if before is None:
                del os.environ[storage.VARIABLE]
            else:
                os.environ[storage.VARIABLE] = before
