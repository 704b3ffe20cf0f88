"""What parents ask and complain of, at the office's desk."""

from __future__ import annotations

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import (
    AnswerCorrectionRequest,
    ComplaintState,
    ComplaintUpheld,
    CorrectionAnswered,
    CorrectionRequestPage,
    CorrectionRequestView,
    DecideComplaint,
    LevyComplaintPage,
    LevyComplaintView,
    ListCorrectionRequests,
    ListLevyComplaints,
    ReviewKind,
    ReviewOpened,
)
from contracts.problems import NotFound

from .. import store
from ..domain.family_requests import Complaint, CorrectionRequest
from . import find

KIND = store.school.KIND


def list_correction_requests(work: Work, query: ListCorrectionRequests) -> CorrectionRequestPage:
    """What is due first stands first."""
    find.require_purpose(work)
    found, cursor = store.family_request.corrections(work, query)
    return CorrectionRequestPage(items=tuple(_request_view(work, one) for one in found), next=cursor)


def answer_correction_request(work: Work, request: AnswerCorrectionRequest) -> CorrectionRequestView:
    """By the child's school or the office."""
    one = store.family_request.get_correction(work, request.request_id)
    pupil = store.pupil.get(work, one.pupil_id) if one else None
    mine = work.actor.rows.get(KIND)
    foreign = mine is not None and not (pupil and pupil.enrolment and pupil.enrolment.npsn in mine)
    if one is None or foreign:
        raise NotFound(f"no request {request.request_id}", detail_id=f"tidak ada permintaan {request.request_id}")
    one.reply(work.now, work.actor.subject, request.answer, corrected=request.corrected)
    store.family_request.put(work, one, known=True)
    told = CorrectionAnswered(request_id=one.id, pupil_id=one.pupil_id, corrected=request.corrected)
    work.emit(one.id, 2, told)
    work.audit(one.id, corrected=request.corrected, in_time=work.now <= one.due_at)
    return _request_view(work, one)


def list_levy_complaints(work: Work, query: ListLevyComplaints) -> LevyComplaintPage:
    """Oldest first; not for schools."""
    found, cursor = store.family_request.complaints(work, query)
    return LevyComplaintPage(items=tuple(map(_complaint_view, found)), next=cursor)


def decide_complaint(work: Work, request: DecideComplaint) -> LevyComplaintView:
    """Upheld: the agreement is reviewed."""
    one = store.family_request.get_complaint(work, request.complaint_id)
    if one is None:
        raise NotFound(f"no complaint {request.complaint_id}", detail_id=f"tidak ada pengaduan {request.complaint_id}")
    one.decide(work.now, work.actor.subject, request.answer, upheld=request.upheld)
    store.family_request.put(work, one, known=True)
    if request.upheld:
        kind = ReviewKind.LEVY_UPHELD
        store.review.open_for_school(work, kind, one.npsn, one.id)
        told = ComplaintUpheld(complaint_id=one.id, npsn=one.npsn, month=one.month, rupiah=one.rupiah)
        work.emit(one.id, 2, told, ReviewOpened(kind=kind, npsn=one.npsn))
    work.audit(one.id, npsn=one.npsn, state=one.state)
    return _complaint_view(one)


def _request_view(work: Work, one: CorrectionRequest) -> CorrectionRequestView:
    pupil = store.pupil.get(work, one.pupil_id)
    name = pupil.details["name"] if pupil else ""
    npsn = pupil.enrolment.npsn if pupil and pupil.enrolment else None
    return CorrectionRequestView(
        id=one.id,
        pupil_id=one.pupil_id,
        name=name if not name or find.own_school(work, npsn) else mask_name(name),
        text=one.text,
        asked_at=one.asked_at,
        due_at=one.due_at,
        overdue=one.overdue(work.now),
        answered_at=one.answered_at,
        corrected=one.corrected,
        answer=one.answer,
    )


def _complaint_view(one: Complaint) -> LevyComplaintView:
    return LevyComplaintView(
        id=one.id,
        npsn=one.npsn,
        month=one.month,
        rupiah=one.rupiah,
        text=one.text,
        anonymous=one.citizen is None,
        state=ComplaintState(one.state),
        received_at=one.received_at,
        decided_at=one.decided_at,
        answer=one.answer,
    )
