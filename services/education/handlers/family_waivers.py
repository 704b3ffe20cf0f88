"""Parents in the super app: they apply, see why, appeal, ask for corrections, complain."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chassis.work import Work
from contracts.context import Actor
from contracts.education import (
    AppealForChild,
    ApplyForChild,
    AskCorrection,
    Channel,
    ComplainOfLevy,
    ComplaintReceipt,
    CorrectionAsked,
    CorrectionRequested,
    ListMyApplications,
    MyApplicationList,
    MyApplicationView,
)
from contracts.problems import NotFound
from contracts.times import WIB

from .. import store
from ..domain.application import Application
from ..domain.family_requests import TIME_TO_CORRECT, Complaint, CorrectionRequest
from ..domain.pupil import Pupil
from . import appeals, applications, find
from .families import citizen_of
from .months import require_over


def apply_for_child(work: Work, request: ApplyForChild) -> MyApplicationView:
    """The rules are looked at right away."""
    pupil = _own_child(work, request.pupil_id)
    new = applications.submit(work, pupil, request.programme, request.school_year, request.term, Channel.PARENT)
    return _view(work, new, pupil)


def list_my_applications(work: Work, query: ListMyApplications) -> MyApplicationList:
    """Of one's own children."""
    children = store.family.children(work, citizen_of(work))
    found = []
    for one in store.application.of_pupils(work, children):
        pupil = store.pupil.get(work, one.pupil_id)
        if pupil is not None:
            found.append(_view(work, one, pupil))
    return MyApplicationList(items=tuple(found))


def appeal_for_child(work: Work, request: AppealForChild) -> MyApplicationView:
    """Within 30 days."""
    one = store.application.get(work, request.application_id)
    if one is None or one.pupil_id not in store.family.children(work, citizen_of(work)):
        raise NotFound(
            f"no application {request.application_id}", detail_id=f"tidak ada permohonan {request.application_id}"
        )
    one, child = applications.load(work, one.id, lock=True)
    appeals.appeal(work, one, request.text)
    return _view(work, one, child)


def ask_correction(work: Work, request: AskCorrection) -> CorrectionAsked:
    """The clock begins."""
    pupil = _own_child(work, request.pupil_id)
    due_at = work.now + TIME_TO_CORRECT
    new = CorrectionRequest(work.new_id(), pupil.id, citizen_of(work), request.text, work.now, due_at)
    store.family_request.put(work, new, known=False)
    work.emit(new.id, 1, CorrectionRequested(request_id=new.id, pupil_id=pupil.id, due_at=due_at))
    work.audit(new.id, pupil_id=str(pupil.id))
    return CorrectionAsked(id=new.id, due_at=due_at)


def complain_of_levy(work: Work, request: ComplainOfLevy) -> ComplaintReceipt:
    """Of whoever wants to be anonymous nothing is kept, nor in the audit row."""
    citizen = citizen_of(work)
    find.known(store.school.get(work, request.npsn), request.npsn)
    if request.month > work.now.astimezone(WIB).date():
        require_over(work, "month", request.month)
    kept = None if request.anonymous else citizen
    new = Complaint(work.new_id(), request.npsn, request.month, request.rupiah, request.text, kept, work.now)
    store.family_request.put(work, new, known=False)
    if request.anonymous:
        work.cause = replace(work.cause, actor=Actor(subject="anonymous"))
    work.audit(new.id, npsn=new.npsn, anonymous=request.anonymous)
    return ComplaintReceipt(id=new.id)


def _own_child(work: Work, pupil_id: UUID) -> Pupil:
    pupil = store.pupil.get(work, pupil_id) if pupil_id in store.family.children(work, citizen_of(work)) else None
    if pupil is None:
        raise NotFound(f"no child {pupil_id}", detail_id=f"tidak ada data anak {pupil_id}")
    return pupil


def _view(work: Work, one: Application, pupil: Pupil) -> MyApplicationView:
    shown = applications.application_view(work, one, pupil)
    decision = shown.decision
    return MyApplicationView(
        id=one.id,
        pupil_id=pupil.id,
        name=pupil.details["name"],
        programme=one.programme,
        school_year=one.school_year,
        term=one.term,
        state=one.state,
        submitted_at=one.submitted_at,
        reasons=shown.advice.reasons if shown.advice else (),
        outcome=decision.outcome if decision else None,
        note=decision.note if decision else None,
        answer_until=shown.answer_until,
        appeal_until=one.appeal_until if decision and decision.outcome == "refused" else None,
    )
