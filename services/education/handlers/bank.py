"""The bank: its file, the export, what it answers. Every step is one transaction: dying in it leaves it undone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.storage import Storage
from chassis.timers import Timer
from chassis.work import Work
from contracts.base import Event
from contracts.education import (
    BankFile,
    BankResultsView,
    DisbursementBounced,
    DisbursementPaid,
    DisbursementState,
    DisbursementView,
    DownloadBankFile,
    ExportDisbursement,
    ImportBankResults,
    LedgerKind,
    LineState,
    VoidExport,
)
from contracts.problems import FieldError, NotFound, wrong_field
from contracts.times import WIB

from .. import store
from ..domain import bank_file, bank_results
from ..domain.bank_results import Result, row_fault
from ..domain.disbursement import Disbursement, Line
from ..domain.waiver import wrong_state
from .disbursement_views import disbursement_view
from .disbursements import keep, load, require_owed
from .timer_kinds import SWEEP_ANSWERS

FOLDER, MOST_BYTES = "bankresults", 5_000_000
LEFT_OVER = timedelta(days=1)


def export_disbursement(work: Work, request: ExportDisbursement) -> DisbursementView:
    """From now on the file is made, the same each time."""
    batch = load(work, request.disbursement_id, request.version)
    batch.export(work.now, work.actor.subject)
    require_owed(work, batch)
    batch.file_sha256 = hashlib.sha256(_content(work, batch)).hexdigest()
    return keep(work, batch)


def void_export(work: Work, request: VoidExport) -> DisbursementView:
    """By the approver, not by whoever exported it."""
    batch = load(work, request.disbursement_id, request.version)
    batch.void(work.actor.subject, request.reason)
    return keep(work, batch)


def download_bank_file(work: Work, request: DownloadBankFile) -> BankFile:
    """Recorded: it holds whole account numbers."""
    batch = store.disbursement.get(work, request.disbursement_id)
    if batch is None:
        raise NotFound(
            f"no batch {request.disbursement_id}", detail_id=f"tidak ada berkas pencairan {request.disbursement_id}"
        )
    made = (DisbursementState.EXPORTED, DisbursementState.RECONCILED)
    if batch.state not in made:
        raise wrong_state("download_bank_file", batch.state, made)
    work.audit(batch.id, downloaded=True, export=batch.exports)
    name = f"{bank_file.batch_name(batch.id)}-{batch.exports}.csv"
    return BankFile(file_name=name, content=_content(work, batch))


def import_bank_results(work: Work, request: ImportBankResults) -> BankResultsView:
    """All of the file, or nothing."""
    batch = load(work, request.disbursement_id, None)
    if store.disbursement.imported(work, batch.id, request.file.sha256):
        return BankResultsView(paid=0, bounced=0, already=0, disbursement=disbursement_view(work, batch))
    made = (DisbursementState.EXPORTED, DisbursementState.RECONCILED)
    if batch.state not in made:
        raise wrong_state("import_bank_results", batch.state, made)
    lines = {one.number: one for one in store.disbursement.lines(work, batch.id, lock=True)}
    told = [(_line(batch, lines, one), one) for one in bank_results.read(_sent(request))]
    if faults := [found for found, _ in told if isinstance(found, FieldError)]:
        bank_results.raise_all(faults)
    changed = [(line, one) for line, one in told if isinstance(line, Line) and line.state is not one.state]
    schools = store.ledger.schools_of(work, [line.pupil_id for line, _ in changed if line.pupil_id])
    events = [_settle(work, batch, line, one, schools) for line, one in changed]
    _count(batch, list(lines.values()))
    store.disbursement.note_import(work, batch.id, request.file.sha256)
    work.remind(SWEEP_ANSWERS, f"{work.now:%Y-%m-%d}", work.now + 2 * LEFT_OVER)
    view = keep(work, batch)
    work.emit(batch.id, batch.version, *events)
    paid = sum(line.state is LineState.PAID for line, _ in changed)
    return BankResultsView(paid=paid, bounced=len(changed) - paid, already=len(told) - len(changed), disbursement=view)


def sweep_answers(work: Work, timer: Timer) -> None:
    """Files of a day ago: read by now, or refused. Their checksums are kept, and what became of each line."""
    storage = Storage.from_environment()
    for name in storage.left_over(FOLDER, work.now, LEFT_OVER):
        storage.discard(name)
    work.audit("bank answers", swept=True)


def _line(batch: Disbursement, lines: dict[int, Line], one: Result) -> Line | FieldError:
    number, voided = bank_results.number_of(one.reference, batch.id, batch.exports)
    if voided:
        return row_fault(one.row, "voided_export", "the reference is of an export that was voided", "ask the bank")
    line = lines.get(number) if number is not None else None
    if line is None:
        return row_fault(
            one.row, "unknown_line", "no line of this batch has the reference", "send the batch's own file"
        )
    if line.rupiah != one.rupiah:
        return row_fault(one.row, "other_sum", "the line has another sum", "ask the bank what it has paid")
    if line.state is LineState.BOUNCED and one.state is LineState.PAID:
        return row_fault(one.row, "bounced_before", "the line bounced before, and is owed again", "ask the bank")
    return line


def _settle(work: Work, batch: Disbursement, line: Line, one: Result, schools: Mapping[UUID, str]) -> Event:
    came_back = line.state is LineState.PAID
    line.state, line.settled_on, line.reason = one.state, one.on, one.reason
    store.disbursement.put_line(work, line, known=True)
    about: dict[str, Any] = {
        "disbursement_id": batch.id,
        "line_id": line.id,
        "programme": batch.programme,
        "budget_year": batch.budget_year,
        "npsn": line.npsn,
        "pupil_id": line.pupil_id,
        "rupiah": line.rupiah,
    }
    if one.state is LineState.PAID or came_back:
        kind = LedgerKind.PAID if one.state is LineState.PAID else LedgerKind.RETURNED
        store.ledger.add(
            work,
            programme=batch.programme,
            payee=line.payee,
            npsn=schools[line.pupil_id] if line.pupil_id else line.npsn,
            budget_year=batch.budget_year,
            kind=kind,
            rupiah=-line.rupiah if kind is LedgerKind.PAID else line.rupiah,
            cause=bank_file.reference(batch.id, batch.exports, line.number),
            line_id=line.id,
            pupil_id=line.pupil_id,
        )
    if one.state is LineState.PAID:
        return DisbursementPaid(**about, paid_on=one.on)
    return DisbursementBounced(**about)


def _count(batch: Disbursement, lines: list[Line]) -> None:
    sums = {state: sum(one.rupiah for one in lines if one.state is state) for state in LineState}
    waiting = sum(one.state is LineState.WAITING for one in lines)
    batch.answered(sums[LineState.PAID], sums[LineState.BOUNCED], waiting)


def _content(work: Work, batch: Disbursement) -> bytes:
    assert batch.exported_at is not None, "only what is exported has a file"
    lines = store.disbursement.lines(work, batch.id)
    return bank_file.content(batch, lines, batch.exported_at.astimezone(WIB).date())


def _sent(request: ImportBankResults) -> bytes:
    if request.file.size > MOST_BYTES:
        raise wrong_field("file", "too_large", "the file is over 5 MB", "send the bank's answer in parts")
    try:
        if not request.file.key.startswith(f"{FOLDER}/"):
            raise FileNotFoundError(request.file.key)
        with Storage.from_environment().reading(request.file.key) as file:
            content: bytes = file.read(MOST_BYTES)
            return content
    except FileNotFoundError:
        raise wrong_field("file", "gone", "the file is not there any more", "send it again") from None
