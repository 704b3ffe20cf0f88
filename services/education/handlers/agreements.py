"""Agreements with partner schools."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.base import Event
from contracts.education import (
    AgreementEnded,
    AgreementPage,
    AgreementSigned,
    AgreementState,
    AgreementSuspended,
    AgreementView,
    DraftAgreement,
    EndAgreement,
    ListAgreements,
    Ownership,
    ResumeAgreement,
    SignAgreement,
    SuspendAgreement,
)
from contracts.problems import NotFound, require_version, wrong_field

from .. import store
from ..domain.agreement import Agreement, Places
from ..domain.roster.grades import GRADES
from . import find, rates, reviews


def draft_agreement(work: Work, request: DraftAgreement) -> AgreementView:
    """State schools are free already, so only private ones have any."""
    school = find.school(work, request.npsn, lock=True)
    if school.ownership is not Ownership.PRIVATE:
        raise wrong_field("npsn", "state_school", "a state school is free already", "name a private school")
    places = tuple(Places(one.grade, one.quota, one.yearly_rupiah) for one in request.places)
    grades = [one.grade for one in places]
    for index, grade in enumerate(grades):
        if grade not in GRADES[school.level] or grade in grades[:index]:
            raise wrong_field(
                f"places.{index}.grade", "no_grade", "not a grade of this school, or twice", "send each grade once"
            )
    agreement = store.agreement.open_one(work, school.npsn, request.school_year)
    rates.require_same(work, school.npsn, request.school_year, places)
    if agreement is None:
        agreement = Agreement(work.new_id(), school.npsn, request.school_year, places, request.covered)
        _keep(work, agreement, known=False)
    elif agreement.write(places, request.covered):
        _keep(work, agreement)
    return agreement_view(agreement)


def sign_agreement(work: Work, request: SignAgreement) -> AgreementView:
    """Both have signed."""
    agreement = _load(work, request.agreement_id, request.version)
    agreement.sign(request.number, request.signed_on)
    return _keep(work, agreement, _signed(agreement))


def suspend_agreement(work: Work, request: SuspendAgreement) -> AgreementView:
    """For now."""
    agreement = _load(work, request.agreement_id, request.version)
    agreement.suspend(request.reason)
    return _keep(work, agreement, AgreementSuspended(**_of(agreement)), *reviews.follow(work, agreement))


def resume_agreement(work: Work, request: ResumeAgreement) -> AgreementView:
    """It holds again."""
    agreement = _load(work, request.agreement_id, request.version)
    agreement.resume()
    return _keep(work, agreement, _signed(agreement), *reviews.follow(work, agreement))


def end_agreement(work: Work, request: EndAgreement) -> AgreementView:
    """For good."""
    return end(work, _load(work, request.agreement_id, request.version), request.ends_on, request.reason)


def end(work: Work, agreement: Agreement, ends_on: date, reason: str) -> AgreementView:
    """One that was loaded with a lock; told if it was signed."""
    agreement.end(ends_on, reason)
    told = AgreementEnded(**_of(agreement), ends_on=ends_on)
    return _keep(work, agreement, *([told, *reviews.follow(work, agreement)] if agreement.signed_on else []))


def keep_signed(work: Work, agreement: Agreement, *, known: bool) -> None:
    """One whose places are others now."""
    told = [_signed(agreement)] if agreement.state is AgreementState.SIGNED else []
    _keep(work, agreement, *told, known=known)


def list_agreements(work: Work, query: ListAgreements) -> AgreementPage:
    """Newest first."""
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    agreements, cursor = store.agreement.pages(work, query)
    return AgreementPage(items=tuple(map(agreement_view, agreements)), next=cursor)


def agreement_view(agreement: Agreement) -> AgreementView:
    """What is shown of it."""
    return AgreementView.model_validate(asdict(agreement))


def _load(work: Work, agreement_id: UUID, seen: int | None) -> Agreement:
    found = store.agreement.get(work, agreement_id)
    if found is None:
        raise NotFound(f"no agreement {agreement_id}", detail_id=f"tidak ada perjanjian {agreement_id}")
    require_version(found.version, seen)
    return found


def _keep(work: Work, agreement: Agreement, *events: Event, known: bool = True) -> AgreementView:
    store.agreement.put(work, agreement, known)
    work.emit(agreement.id, agreement.version, *events)
    work.audit(agreement.id, npsn=agreement.npsn, school_year=agreement.school_year, state=agreement.state)
    return agreement_view(agreement)


def _signed(agreement: Agreement) -> AgreementSigned:
    return AgreementSigned(**_of(agreement), quota={one.grade: one.quota for one in agreement.places})


def _of(agreement: Agreement) -> dict[str, Any]:
    return {"agreement_id": agreement.id, "npsn": agreement.npsn, "school_year": agreement.school_year}
