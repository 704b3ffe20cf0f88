"""Claims: submitted by a school, approved by another person of the office; from then on the city owes it."""

from __future__ import annotations

from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    AgreementState,
    AgreementWrongState,
    ApproveClaim,
    ClaimApproved,
    ClaimMonth,
    ClaimPage,
    ClaimState,
    ClaimView,
    ListClaims,
    NothingToClaim,
    Programme,
    ReturnClaim,
    SubmitClaim,
)
from contracts.problems import NotFound, require_version, wrong_field

from .. import store
from ..domain.claim import Claim, Rate
from ..domain.months import months, school_year_of
from . import find, rates, settling
from .months import require_over

KIND = store.school.KIND


def submit_claim(work: Work, request: SubmitClaim) -> ClaimView:
    """All that is confirmed and not claimed."""
    school = find.school(work, request.npsn, heir=True)
    if request.last_month < request.first_month:
        raise wrong_field("last_month", "order", "the last month is before the first", "swap them")
    if school_year_of(request.first_month) != school_year_of(request.last_month):
        raise wrong_field(
            "last_month", "other_year", "a claim lies within one school year", "send one claim for each school year"
        )
    require_over(work, "last_month", request.last_month)
    take_turn(work, f"money {school.npsn}")
    new = Claim(
        work.new_id(),
        school.npsn,
        request.programme,
        school_year_of(request.first_month),
        request.first_month,
        request.last_month,
        work.now,
        work.actor.subject,
    )
    taken = store.month.take(work, new)
    if not taken:
        raise NothingToClaim()
    store.claim.put(work, new, known=False)
    work.flush()
    work.audit(new.id, npsn=new.npsn, programme=new.programme, pupil_months=taken)
    return _view(work, new)


def approve_claim(work: Work, request: ApproveClaim) -> ClaimView:
    """The rates are frozen, the ledger is settled."""
    claim = _load(work, request.claim_id, request.version)
    take_turn(work, f"money {claim.npsn}")
    every = list(months(claim.first_month, claim.last_month))
    if claim.programme is Programme.BOP and rates.is_suspended(work, claim.npsn, every):
        raise AgreementWrongState(
            "the school's agreement is suspended",
            detail_id="perjanjian sekolah sedang dihentikan sementara",
            state=AgreementState.SUSPENDED,
            allowed=[AgreementState.SIGNED],
        )
    claim.approve(work.now, work.actor.subject)
    store.ledger.void(work, [(claim.npsn, claim.programme, month) for month in every], "does not hold")
    lines = _lines(work, claim)
    claim.lines = [one.model_dump(mode="json") for one in lines]
    frozen = ((one.month, one.grade, Rate(one.quota, one.monthly_rupiah)) for one in lines)
    store.claim.freeze(work, claim.npsn, claim.programme, frozen)
    store.claim.put(work, claim, known=True)
    work.flush()
    settling.settle(work, [(claim.npsn, claim.programme, month) for month in every], "claim")
    view = _view(work, claim)
    told = ClaimApproved(
        claim_id=claim.id,
        npsn=claim.npsn,
        programme=claim.programme,
        school_year=claim.school_year,
        first_month=claim.first_month,
        last_month=claim.last_month,
        pupil_months=view.pupil_months,
        rupiah=view.rupiah,
    )
    work.emit(claim.id, claim.version, told)
    work.audit(claim.id, state=claim.state, pupil_months=view.pupil_months, rupiah=view.rupiah)
    return view


def return_claim(work: Work, request: ReturnClaim) -> ClaimView:
    """The months can be claimed again."""
    claim = _load(work, request.claim_id, request.version)
    take_turn(work, f"money {claim.npsn}")
    view = _view(work, claim)
    claim.give_back(work.now, work.actor.subject, request.reason)
    claim.lines = [one.model_dump(mode="json") for one in view.lines]
    store.claim.put(work, claim, known=True)
    store.month.free(work, claim)
    work.audit(claim.id, state=claim.state)
    return _view(work, claim)


def list_claims(work: Work, query: ListClaims) -> ClaimPage:
    """Newest first."""
    if query.npsn is not None:
        find.school(work, query.npsn, heir=True)
    found, cursor = store.claim.pages(work, query)
    return ClaimPage(items=tuple(_view(work, one) for one in found), next=cursor)


def _load(work: Work, claim_id: UUID, seen: int | None) -> Claim:
    found = store.claim.get(work, claim_id)
    if found is None:
        raise NotFound(f"no claim {claim_id}", detail_id=f"tidak ada klaim {claim_id}")
    require_version(found.version, seen)
    return found


def _lines(work: Work, claim: Claim) -> list[ClaimMonth]:
    """By month and grade, by the rates of now; those that were approved before have used up places."""
    known = rates.of_months(work, claim.npsn, claim.programme, list(months(claim.first_month, claim.last_month)))
    lines = []
    for month, grade, confirmed, before in store.month.counts(work, claim):
        rate = known.get((month, grade), Rate(0, 0))
        paid_for = rate.paid_for(confirmed, before)
        lines.append(
            ClaimMonth(
                month=month,
                grade=grade,
                confirmed=confirmed,
                quota=rate.quota,
                paid_for=paid_for,
                monthly_rupiah=rate.monthly_rupiah,
                rupiah=paid_for * rate.monthly_rupiah,
            )
        )
    return lines


def _view(work: Work, claim: Claim) -> ClaimView:
    if claim.state is ClaimState.SUBMITTED:
        lines = _lines(work, claim)
    else:
        lines = [ClaimMonth.model_validate(one) for one in claim.lines or ()]
    return ClaimView(
        id=claim.id,
        npsn=claim.npsn,
        programme=claim.programme,
        school_year=claim.school_year,
        first_month=claim.first_month,
        last_month=claim.last_month,
        state=claim.state,
        pupil_months=sum(one.confirmed for one in lines),
        rupiah=sum(one.rupiah for one in lines),
        lines=tuple(lines),
        reason=claim.reason,
        submitted_at=claim.submitted_at,
        approved_at=claim.decided_at if claim.state is ClaimState.APPROVED else None,
        version=claim.version,
    )
