"""Booking a bank's file in the background: one transaction, so a process that dies leaves nothing half booked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.jobs import Job
from chassis.storage import Storage
from chassis.timers import Timer
from chassis.work import Work
from contracts.language import indonesian
from contracts.times import WIB
from contracts.umkm import BankFileBooked, BankFileRefused, BankFileState, BankLineKind, BankLineProblem

from ... import store
from ...domain.capital.bank_file import Head, Line, Lines, Unfit
from ...domain.capital.schedule import working_day
from ...store.capital.bank_file import BankFile
from . import moving
from .bank_files import FOLDER

CRASHED = Unfit("crashed", "the file could not be booked, three times over", "tell the people who run the system")
GONE = Unfit("gone", "the file is not there any more", "send it again")
LEFT_OVER = timedelta(days=1)
OPEN = (BankFileState.RECEIVED, BankFileState.READING)


def book_file(job: Job) -> None:
    """One try at one file."""
    file_id, storage = UUID(job.subject), Storage.from_environment()
    file = job.run(lambda work: _begin(work, file_id))
    if file is not None:
        try:
            with storage.reading(file.file_key) as content:
                job.run(lambda work: _book(work, file_id, content))
        except FileNotFoundError:
            job.run(lambda work: _refuse(work, file_id, GONE))
        except Unfit as unfit:
            refusal = unfit
            job.run(lambda work: _refuse(work, file_id, refusal))
        storage.remove(file.file_key)
    job.finish(lambda work: None)
    _sweep(job, storage)


def gave_up_file(work: Work, timer: Timer) -> None:
    """Every process that tried has died of it."""
    _refuse(work, UUID(timer.subject), CRASHED)


def _begin(work: Work, file_id: UUID) -> BankFile | None:
    file = store.capital.bank_file.get(work, file_id, lock=True)
    if file is None or file.state not in OPEN:
        return None
    file.state = BankFileState.READING
    file.version += 1
    store.capital.bank_file.put(work, file, known=True)
    work.audit(file.id, reading=True)
    return file


def _book(work: Work, file_id: UUID, content: Any) -> None:
    """All of it, or nothing. Raises Unfit."""
    store.capital.entry.take_ledger(work)
    file = store.capital.bank_file.get(work, file_id, lock=True)
    if file is None or file.state is not BankFileState.READING:
        return
    head = Head(file.bank_code, file.number, file.covers_from, file.covers_until, file.lines, file.rupiah)
    staging = _Staging(work, file_id)
    lines = Lines(content, head, work.now.astimezone(WIB).date())
    store.capital.booking.stage(work, staging.rows(lines))
    outcome = store.capital.booking.book(work, file_id, reversals=staging.reversals)
    before = store.capital.bank_file.covered_until(work)
    file.state, file.booked_at, file.rows_read = BankFileState.BOOKED, work.now, file.lines
    file.booked, file.waiting, file.booked_rupiah = outcome.booked, outcome.waiting, outcome.rupiah
    file.already = file.lines - outcome.booked - outcome.waiting
    days = sorted([*store.capital.bank_file.booked_days(work), (file.covers_from, file.covers_until)])
    file.coverage = coverage(days)
    file.version += 1
    store.capital.bank_file.put(work, file, known=True)
    work.emit(
        file.id,
        file.version,
        BankFileBooked(
            bank_file_id=file.id,
            covers_until=file.covers_until,
            lines=file.lines,
            booked=file.booked,
            waiting=file.waiting,
            already=file.already,
            booked_rupiah=file.booked_rupiah,
        ),
    )
    work.audit(file.id, booked=file.booked, waiting=file.waiting, already=file.already, rupiah=file.booked_rupiah)
    moving.apply(work, store.capital.standing.moved_by_file(work, file_id, before, file.coverage))


def coverage(days: list[tuple[date, date]]) -> date | None:
    """The last day that files cover without a gap, from the first one on; days on which no bank books are no gap."""
    until: date | None = None
    for begins, ends in days:
        if until is not None and begins > working_day(until + timedelta(days=1)):
            break
        until = ends if until is None else max(until, ends)
    return until


class _Staging:
    """Rows for the database. A transaction that stands twice in one file counts once; with another content it waits."""

    def __init__(self, work: Work, file_id: UUID) -> None:
        self._work, self._file_id = work, file_id
        self.reversals = False

    def rows(self, lines: Lines) -> Iterator[tuple[Any, ...]]:
        """In the order of the file."""
        seen: dict[str, Line] = {}
        for line in lines:
            if line.transaction is None:
                yield (*line[:-1], store.capital.bank_line.sealed(self._work, self._file_id, line.sent))
                continue
            first = seen.setdefault(line.transaction, line)
            if first is not line:
                if first[1:7] != line[1:7]:
                    yield line._replace(problem=BankLineProblem.OTHER_SUM)
                continue
            self.reversals |= line.kind is BankLineKind.REVERSAL
            yield line


def _refuse(work: Work, file_id: UUID, unfit: Unfit) -> None:
    file = store.capital.bank_file.get(work, file_id, lock=True)
    if file is None or file.state not in OPEN:
        return
    file.state = BankFileState.REFUSED
    file.fault = {
        "row": unfit.row,
        "code": unfit.code,
        "problem": unfit.problem,
        "fix": unfit.fix,
        "problem_id": indonesian(unfit.problem) or unfit.problem,
        "fix_id": indonesian(unfit.fix) or unfit.fix,
    }
    file.version += 1
    store.capital.bank_file.put(work, file, known=True)
    work.emit(file.id, file.version, BankFileRefused(bank_file_id=file.id, reason=unfit.code))
    work.audit(file.id, refused=unfit.code)


def _sweep(job: Job, storage: Storage) -> None:
    """Files of a day ago that nobody is going to book."""
    old = storage.left_over(FOLDER, job.runtime.now(), LEFT_OVER)
    if old:
        used = job.runtime.run(store.capital.bank_file.keys_in_use, job.cause, transactional=False)
        for name in old:
            if name not in used:
                storage.discard(name)
