"""Batches of payments, up to the bank: drafted, verified, approved by another person, exported. See bank.py."""

from __future__ import annotations

from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    ApproveDisbursement,
    CancelDisbursement,
    DisbursementApproved,
    DisbursementStale,
    DisbursementView,
    DraftDisbursement,
    EvaluationState,
    NothingToPay,
    Programme,
    RecheckFirst,
    RecordTreasuryNumbers,
    RemoveLine,
    VerifyDisbursement,
)
from contracts.problems import NotFound, require_version

from .. import store
from ..domain.disbursement import Account, Disbursement, Line
from ..domain.sharing import shares
from ..domain.term import term_of
from . import evaluations
from .disbursement_views import disbursement_view


def draft_disbursement(work: Work, request: DraftDisbursement) -> DisbursementView:
    """All that is owed, as far as the budget goes."""
    programme, year = request.programme, request.budget_year
    take_turn(work, f"budget {programme} {year}")
    owed = store.owed.owed(work, programme, year)
    accounts = _accounts(work, programme, [payee for payee, _ in owed])
    payable = [(payee, rupiah) for payee, rupiah in owed if payee in accounts]
    left = _budget_left(work, programme, year)
    paid = shares([rupiah for _, rupiah in payable], left)
    without = len(owed) - len(payable)
    if not any(paid):
        raise NothingToPay(
            "nothing is owed, or the budget is used up, or nobody has an account",
            detail_id="tidak ada yang terutang, anggaran habis, atau belum ada rekening",
            owed=sum(rupiah for _, rupiah in owed),
            budget_left=left,
            without_account=without,
        )
    batch = Disbursement(work.new_id(), programme, year, 0, 0, 0, without, work.now, work.actor.subject)
    lines = list[Line]()
    for (payee, rupiah), share in zip(payable, paid, strict=True):
        batch.unfunded += rupiah - share
        if share:
            batch.lines, batch.rupiah = batch.lines + 1, batch.rupiah + share
            pupil_id = store.owed.pupil_of(programme, payee)
            npsn = payee if pupil_id is None else None
            account = accounts[payee]
            line = Line(work.new_id(), batch.id, batch.lines, npsn, pupil_id, account, rupiah, share)
            lines.append(line)
    batch.recheck_id = _begin_recheck(work, programme, year)
    view = keep(work, batch, known=False)
    for line in lines:
        store.disbursement.put_line(work, line, known=False)
    return view


def verify_disbursement(work: Work, request: VerifyDisbursement) -> DisbursementView:
    """Compared."""
    batch = load(work, request.disbursement_id, request.version)
    batch.verify(work.actor.subject)
    recheck = store.evaluation.get(work, batch.recheck_id) if batch.recheck_id else None
    if recheck is not None and recheck.state in (EvaluationState.RUNNING, EvaluationState.FAILED):
        raise RecheckFirst(state=recheck.state, retry_after=2 if recheck.state is EvaluationState.RUNNING else None)
    require_owed(work, batch)
    return keep(work, batch)


def approve_disbursement(work: Work, request: ApproveDisbursement) -> DisbursementView:
    """By another person."""
    batch = load(work, request.disbursement_id, request.version)
    batch.approve(work.actor.subject)
    require_owed(work, batch)
    told = DisbursementApproved(
        disbursement_id=batch.id,
        programme=batch.programme,
        budget_year=batch.budget_year,
        lines=batch.lines,
        rupiah=batch.rupiah,
    )
    view = keep(work, batch)
    work.emit(batch.id, batch.version, told)
    return view


def remove_line(work: Work, request: RemoveLine) -> DisbursementView:
    """It is owed as before."""
    batch = load(work, request.disbursement_id, None)
    line = next((one for one in store.disbursement.lines(work, batch.id) if one.id == request.line_id), None)
    if line is None:
        raise NotFound(f"no line {request.line_id}", detail_id=f"tidak ada baris {request.line_id}")
    batch.remove(line)
    line.reason = request.reason
    store.disbursement.put_line(work, line, known=True)
    return keep(work, batch)


def cancel_disbursement(work: Work, request: CancelDisbursement) -> DisbursementView:
    """All is owed as before."""
    batch = load(work, request.disbursement_id, request.version)
    batch.cancel(request.reason)
    store.disbursement.release(work, batch.id)
    return keep(work, batch)


def record_treasury_numbers(work: Work, request: RecordTreasuryNumbers) -> DisbursementView:
    """What is not sent stays."""
    batch = load(work, request.disbursement_id, None)
    for name in ("spp", "spm", "sp2d"):
        if (value := getattr(request, name)) is not None:
            setattr(batch, name, value)
    batch.version += 1
    return keep(work, batch)


def load(work: Work, disbursement_id: UUID, seen: int | None) -> Disbursement:
    """One, locked, while nobody else drafts, pays or changes the budget. Raises NotFound or StaleVersion."""
    found = store.disbursement.get(work, disbursement_id)
    if found is None:
        raise NotFound(f"no batch {disbursement_id}", detail_id=f"tidak ada berkas pencairan {disbursement_id}")
    take_turn(work, f"budget {found.programme} {found.budget_year}")
    fresh = store.disbursement.get(work, disbursement_id, lock=True)
    assert fresh is not None, "batches are never deleted"
    require_version(fresh.version, seen)
    return fresh


def require_owed(work: Work, batch: Disbursement) -> None:
    """Raise DisbursementStale if for one of its payees more is on its way than is owed."""
    lines = store.owed.lines(work, batch.id)
    if stale := store.owed.too_much(work, batch.programme, batch.budget_year, list(lines)):
        raise DisbursementStale(lines=sorted(lines[payee] for payee in stale))


def _begin_recheck(work: Work, programme: Programme, year: int) -> UUID | None:
    """Of the newest term that is paid."""
    month = store.owed.newest_month(work, programme, year)
    if month is None:
        return None
    term = term_of(month)
    new = evaluations.begin(work, programme, term.school_year, term.number)
    work.flush()  # the view of the batch shows it
    return new.id


def _accounts(work: Work, programme: Programme, payees: list[str]) -> dict[str, Account]:
    """Of those who have one; a school that was taken over is paid to its heir."""
    found = store.account.some(work, payees)
    if programme is Programme.BOP:
        closed = {npsn: one.merged_into for npsn, one in store.school.some(work, payees).items() if one.merged_into}
        heirs = store.account.some(work, sorted(set(closed.values())))
        found |= {npsn: heirs[heir] for npsn, heir in closed.items() if heir in heirs}
    return found


def _budget_left(work: Work, programme: Programme, year: int) -> int:
    budget = store.budget.get(work, programme, year)
    used = store.budget.used(work, programme, year)
    return budget.rupiah - used["paid"] - used["on_its_way"] if budget else 0


def keep(work: Work, batch: Disbursement, *, known: bool = True) -> DisbursementView:
    """Stored and recorded."""
    store.disbursement.put(work, batch, known)
    work.audit(batch.id, state=batch.state, lines=batch.lines, rupiah=batch.rupiah)
    return disbursement_view(work, batch)
