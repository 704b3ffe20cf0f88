"""Who can borrow, and how much: one rule for whoever asks, joins, or is paid out."""

from __future__ import annotations

from uuid import UUID

from chassis.turns import take_turns
from chassis.work import Work
from contracts.umkm import AlreadyBorrowing, GetLadder, LadderView, LoanState, NotEligibleForCapital

from ... import store
from ...domain.business import Business
from ...domain.capital.loan import Loan
from ...domain.capital.terms import WHY, Terms, next_step
from ...domain.owner import Owner
from .. import find
from ..day import today


def get_ladder(work: Work, query: GetLadder) -> LadderView:
    """What could be borrowed now, and what is missing."""
    business = find.business(work, query.business_id)
    owner = find.owner_of(work, business.owner_id)
    terms = store.capital.terms.newest(work)
    step = open_step(work, owner.id)
    missing = list(terms.missing(owner, business.size.size_class, step, certificates_of(work, owner), today(work)))
    if store.owner_death.of_person(work, owner.person_key):
        missing.append("deceased")
    if store.capital.loan.live_of(work, owner.id, owner.household_key or ""):
        missing.append("borrowing")
    told = terms.step(step)
    return LadderView(
        business_id=business.id,
        step=min(step, len(terms.steps)),
        least_rupiah=told.least_rupiah,
        most_rupiah=told.most_rupiah,
        most_months=told.most_months,
        missing=tuple(missing),
    )


def open_step(work: Work, owner_id: UUID) -> int:
    """By the loans that the owner has settled."""
    settled = [one for one in store.capital.loan.of_owner(work, owner_id) if one.state is LoanState.SETTLED]
    return next_step([(one.step, bool(one.timely)) for one in settled])


def certificates_of(work: Work, owner: Owner) -> int:
    """Trainings passed whose certificates count."""
    return store.certificate.count_valid(work, owner.id)


def take_borrowers_turns(work: Work, *owners: Owner) -> None:
    """Whoever gives a loan to somebody of these families waits for whoever does the same."""
    keys = {f"borrower {one.id}" for one in owners} | {f"borrowing {one.household_key}" for one in owners}
    take_turns(work, keys)


def require_may_borrow(
    work: Work, owner: Owner, business: Business, terms: Terms, step: int, but: Loan | None = None
) -> None:
    """Raise NotVerified, NotEligibleForCapital or AlreadyBorrowing. The turns of the borrower are taken."""
    find.require_verified(business)
    certificates = certificates_of(work, owner)
    terms.require_eligible(owner, business.size.size_class, step, certificates, today(work), at_any_age=but is not None)
    if store.owner_death.of_person(work, owner.person_key):
        raise NotEligibleForCapital(WHY["deceased"][0], detail_id=WHY["deceased"][1], why="deceased")
    known = store.capital.loan.live_of(work, owner.id, owner.household_key or "", but.id if but else None)
    for loan_id, owner_id in known:
        if owner_id == owner.id:
            raise AlreadyBorrowing(whose="owner", loan_id=str(loan_id))
    if known:
        raise AlreadyBorrowing(whose="household")
