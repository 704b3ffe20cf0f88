"""Booking a bank's file in the background: one transaction, so a process that dies leaves nothing half booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.garbage import without_collecting
from chassis.jobs import Job
from chassis.storage import Storage
from chassis.timers import Timer
from chassis.work import Work
from contracts.language import indonesian
from contracts.times import WIB
from contracts.umkm import BankFileBooked, BankFileRefused, BankFileState

from ... import store
from ...domain.capital.bank_file import Head, Line, Lines, Unfit
from ...domain.capital.matching import OTHER_SUM, REVERSAL, Entry, Outcome, match_payments, match_reversals
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
    with without_collecting():
        sheet = _read(Lines(content, head, work.now.astimezone(WIB).date()))
        outcome = _match(work, file_id, sheet)
    before = store.capital.bank_file.covered_until(work)
    file.state, file.booked_at, file.rows_read = BankFileState.BOOKED, work.now, file.lines
    file.waiting, file.already, file.booked_rupiah = outcome.waiting, outcome.already + sheet.twice, outcome.rupiah
    file.booked = file.lines - file.waiting - file.already
    days = sorted([*store.capital.bank_file.booked_days(work), (file.covers_from, file.covers_until)])
    # Days that were covered stay so, also when a file of before the first one makes a gap.
    file.coverage = max(filter(None, (before, coverage(days))), default=None)
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
    moving.apply(work, store.capital.standing.moved_by_file(work, outcome.touched, before, file.coverage))


def coverage(days: list[tuple[date, date]]) -> date | None:
    """The last day that files cover without a gap, from the first one on; days on which no bank books are no gap."""
    until: date | None = None
    for begins, ends in days:
        if until is not None and begins > working_day(until + timedelta(days=1)):
            break
        until = ends if until is None else max(until, ends)
    return until


@dataclass(slots=True)
class _Sheet:
    """Lines of a file. A transaction that stands twice counts once; with another content it waits."""

    payments: list[Line] = field(default_factory=list)
    reversals: list[Line] = field(default_factory=list)
    twice: int = 0


@dataclass(slots=True)
class _Done:
    """What came of a file so far."""

    waiting: int = 0
    already: int = 0
    rupiah: int = 0
    touched: set[str] = field(default_factory=set)

    def take(self, work: Work, file_id: UUID, match: Callable[..., Iterator[Entry]], *told: Any) -> None:
        """Match and write it down. What came back waits no more, if it did."""
        outcome = Outcome()
        store.capital.booking.keep(work, file_id, match(*told, outcome), outcome)
        within = store.capital.booking.wait_no_more(work, file_id, outcome.came_back)
        self.waiting += outcome.waiting - within
        self.already += outcome.already
        self.rupiah += outcome.rupiah
        self.touched |= outcome.touched


def _read(lines: Lines) -> _Sheet:
    sheet, seen = _Sheet(), dict[str, Line]()
    for line in lines:
        told = line
        if line.transaction is not None and (first := seen.setdefault(line.transaction, line)) is not line:
            if first[1:7] == line[1:7]:
                sheet.twice += 1
                continue
            told = line._replace(problem=OTHER_SUM)
        (sheet.reversals if told.kind == REVERSAL else sheet.payments).append(told)
    return sheet


def _match(work: Work, file_id: UUID, sheet: _Sheet) -> _Done:
    """What came back of earlier files, payments, what came back of this one."""
    booking, done = store.capital.booking, _Done()
    booking.make_room(work)
    known = booking.known(work, [one.transaction for one in (*sheet.payments, *sheet.reversals) if one.transaction])
    rest = sheet.reversals
    if rest:
        origins = booking.origins(work, _named(rest))
        earlier, rest = (
            [one for one in rest if (one.reference in origins) is known_before] for known_before in (True, False)
        )
        done.take(work, file_id, match_reversals, earlier, origins, known)
    references = {one for line in sheet.payments for one in (line.reference, line.payer_reference) if one}
    done.take(work, file_id, match_payments, sheet.payments, booking.loans(work, references), known)
    if rest:
        done.take(work, file_id, match_reversals, rest, booking.origins(work, _named(rest)), known)
    return done


def _named(reversals: list[Line]) -> list[str]:
    return [one.reference for one in reversals if one.reference]


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
