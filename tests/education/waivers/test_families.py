"""Parents: they apply and see why, appeal within 30 days, ask for corrections, complain of a levy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import education as asked
from contracts.context import Actor
from contracts.problems import Forbidden, InvalidRequest, NotFound
from services.education.store.family_request import CORRECTION_WAITING_SECONDS
from tests.education.files import child
from tests.education.office import MANAGER, OFFICER, ONE, citizen, operator

from .desk import YEAR, Desk

MOTHER, STRANGER = citizen("warga-1"), citizen("warga-2")
OTHER = Actor(subject="officer-2")
TERM = {"programme": "bop", "school_year": YEAR, "term": 1}


@pytest.fixture
def pupil(desk: Desk) -> UUID:
    """A mother's child, linked in the super app."""
    (found,) = desk.enrol(1)
    row = child(1)
    told = {"nik": row["Data Ibu > NIK"], "child_nisn": row["NISN"], "birth_date": row["Tanggal Lahir"]}
    assert desk.ask(asked.LinkChild, MOTHER, **told).linked
    return found


def refused(desk: Desk, pupil: UUID) -> Any:
    """Applied by the mother, refused after she could answer."""
    mine = desk.ask(asked.ApplyForChild, MOTHER, pupil_id=pupil, **TERM)
    desk.office.later(days=15)
    desk.decide(mine.id, "refused", "tidak ada bukti domisili")
    return mine


def test_she_applies_and_sees_what_would_help(desk: Desk, pupil: UUID) -> None:
    mine = desk.ask(asked.ApplyForChild, MOTHER, pupil_id=pupil, **TERM)
    assert (mine.state, mine.reasons[0].code) == ("evidence_needed", "residency_missing")
    assert "kartu keluarga" in mine.reasons[0].help["id"] and "family card" in mine.reasons[0].help["en"]
    with pytest.raises(asked.EvidenceFirst):
        desk.decide(mine.id, "refused", "belum ada bukti")
    shown = {"pupil_id": pupil, "kind": "family_card", "shown_on": "2026-11-23", "reference": "3671"}
    desk.ask(asked.RecordEvidence, OFFICER, **shown)
    (mine,) = desk.ask(asked.ListMyApplications, MOTHER).items
    assert (mine.state, mine.reasons[0].code) == ("submitted", "fulfilled")
    desk.decide(mine.id)
    (mine,) = desk.ask(asked.ListMyApplications, MOTHER).items
    assert (mine.outcome, mine.appeal_until) == ("granted", None)


def test_only_for_her_own_child(desk: Desk, pupil: UUID) -> None:
    with pytest.raises(NotFound):
        desk.ask(asked.ApplyForChild, STRANGER, pupil_id=pupil, **TERM)
    mine = refused(desk, pupil)
    with pytest.raises(NotFound):
        desk.ask(asked.AppealForChild, STRANGER, application_id=mine.id, text="mohon ditinjau")
    with pytest.raises(NotFound):
        desk.ask(asked.AskCorrection, STRANGER, pupil_id=pupil, text="nama salah")
    assert desk.ask(asked.ListMyApplications, STRANGER).items == ()
    with pytest.raises(Forbidden):
        desk.ask(asked.ListMyApplications, OFFICER)


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_an_appeal_has_thirty_days(desk: Desk, pupil: UUID, days: int, late: bool) -> None:
    mine = refused(desk, pupil)
    desk.office.later(days=days)
    appeal = {"application_id": mine.id, "text": "kami sudah pindah"}
    if late:
        with pytest.raises(asked.AppealTooLate):
            desk.ask(asked.AppealForChild, MOTHER, **appeal)
        return
    assert desk.ask(asked.AppealForChild, MOTHER, **appeal).state == "appealed"
    desk.attest()
    with pytest.raises(asked.SamePerson):
        desk.decide(mine.id)
    told = {"application_id": mine.id, "outcome": "granted"}
    again = desk.ask(asked.DecideApplication, OTHER, **told)
    assert (again.state, again.decision.outcome) == ("decided", "granted")
    assert len(desk.ask(asked.ListDecisions).items) == 2, "the first decision stays as it was"
    assert "application-appealed" in desk.office.events()


def test_what_was_granted_is_not_appealed(desk: Desk, pupil: UUID) -> None:
    desk.attest()
    application = desk.apply(pupil)
    desk.decide(application.id)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.RecordAppeal, application_id=application.id, text="uji")


def test_a_child_of_another_city(desk: Desk, pupil: UUID) -> None:
    desk.attest(ONE, pupil)
    application = desk.apply(pupil)
    assert application.advice.reasons[0].code == "lives_elsewhere"
    with pytest.raises(asked.NotEligible) as no:
        desk.decide(application.id, "granted", "tetap saja")
    assert no.value.data.extra == {"reasons": ["lives_elsewhere"]}


def test_a_person_may_grant_what_lacks_evidence_with_a_note(desk: Desk, pupil: UUID) -> None:
    application = desk.apply(pupil)
    with pytest.raises(InvalidRequest):
        desk.decide(application.id)
    decided = desk.decide(application.id, note="bukti dilihat di loket")
    assert (decided.decision.advice.advice, decided.decision.outcome) == ("evidence_needed", "granted")


def test_a_correction_is_answered_in_three_times_24_hours(desk: Desk, pupil: UUID) -> None:
    asked_for = desk.ask(asked.AskCorrection, MOTHER, pupil_id=pupil, text="nama ibu salah tulis")
    assert asked_for.due_at - desk.office.now == timedelta(hours=72)
    (one,) = desk.ask(asked.ListCorrectionRequests, operator(ONE)).items
    assert (one.overdue, one.text) == (False, "nama ibu salah tulis")
    waits = float(desk.office.rows(CORRECTION_WAITING_SECONDS)[0][0])
    assert waits == pytest.approx((datetime.now(UTC) - desk.office.now).total_seconds(), abs=60)
    desk.office.later(hours=73)
    assert desk.ask(asked.ListCorrectionRequests, OFFICER).items[0].overdue
    answer = {"request_id": one.id, "corrected": True, "answer": "sudah diperbaiki"}
    with pytest.raises(NotFound):
        desk.ask(asked.AnswerCorrectionRequest, operator("99000002"), **answer)
    assert desk.ask(asked.AnswerCorrectionRequest, operator(ONE), **answer).corrected
    assert desk.office.rows(CORRECTION_WAITING_SECONDS)[0][0] == 0
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.AnswerCorrectionRequest, operator(ONE), **answer)
    assert b"nama ibu" not in str(desk.office.rows("SELECT * FROM correction_request")).encode()


@pytest.mark.parametrize("anonymous", [True, False])
def test_an_upheld_levy_leads_to_a_review(desk: Desk, pupil: UUID, anonymous: bool) -> None:
    levy = {"npsn": ONE, "month": "2026-10-01", "rupiah": 200_000, "text": "diminta uang", "anonymous": anonymous}
    receipt = desk.ask(asked.ComplainOfLevy, MOTHER, **levy)
    kept = str(
        desk.office.rows("SELECT * FROM complaint")
        + desk.office.rows("SELECT * FROM audit WHERE subject = :s", s=str(receipt.id))
    )
    assert ("warga-1" in kept) is not anonymous
    (one,) = desk.ask(asked.ListLevyComplaints, OFFICER).items
    assert (one.id, one.anonymous, one.state) == (receipt.id, anonymous, "received")
    decision = {"complaint_id": one.id, "upheld": True, "answer": "sekolah mengembalikan"}
    assert desk.ask(asked.DecideComplaint, OFFICER, **decision).state == "upheld"
    assert {"complaint-upheld", "review-opened"} <= set(desk.office.events())
    (review,) = desk.ask(asked.ListReviews, OFFICER).items
    assert (review.kind, review.npsn, review.pupil_id) == ("levy_upheld", ONE, None)
    assert desk.ask(asked.ListReviews, operator(ONE)).items == (), "hidden from the school"
    assert desk.ask(asked.FinishReview, OFFICER, review_id=review.id, note="perjanjian dihentikan").state == "done"
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.DecideComplaint, OFFICER, **decision)


def test_an_agreement_that_does_not_hold_gives_every_pupil_a_review(desk: Desk, pupil: UUID) -> None:
    desk.attest()
    desk.grant(pupil)
    desk.confirm("2026-08-01")
    agreement = desk.ask(asked.ListAgreements, OFFICER, npsn=ONE).items[0]
    desk.ask(asked.SuspendAgreement, MANAGER, agreement_id=agreement.id, reason="pungutan diperiksa")
    told = {"npsn": ONE, "programme": "bop", "first_month": "2026-08-01", "last_month": "2026-08-01"}
    claim = desk.ask(asked.SubmitClaim, operator(ONE), **told)
    with pytest.raises(asked.AgreementWrongState):
        desk.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id)
    (review,) = desk.ask(asked.ListReviews, operator(ONE)).items
    assert (review.kind, review.pupil_id, review.state) == ("agreement_suspended", pupil, "open")
    desk.ask(asked.ResumeAgreement, MANAGER, agreement_id=agreement.id)
    assert desk.ask(asked.ListReviews, OFFICER).items[0].state == "withdrawn"
    desk.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id)
    end = {"agreement_id": agreement.id, "reason": "sekolah tutup", "ends_on": "2026-10-31"}
    desk.ask(asked.EndAgreement, MANAGER, **end)
    (ended,) = desk.ask(asked.ListReviews, OFFICER, state="open").items
    assert (ended.kind, ended.pupil_id) == ("agreement_ended", pupil)
    assert desk.balance() == 166_667, "what was earned before stays due"


def test_whoever_has_died_needs_no_waiver(desk: Desk, pupil: UUID) -> None:
    desk.attest()
    desk.grant(pupil)
    told = {"pupil_id": pupil, "reason": "deceased", "last_day": "2026-11-02"}
    desk.ask(asked.WithdrawPupil, OFFICER, **told)
    (waiver,) = desk.ask(asked.ListWaivers, OFFICER).items
    assert (waiver.state, waiver.end_reason) == ("ended", "deceased")


def test_a_rate_that_was_claimed_stays(desk: Desk, pupil: UUID) -> None:
    desk.attest()
    desk.grant(pupil)
    desk.confirm("2026-08-01")
    desk.claim("2026-08-01", "2026-08-01")
    agreement = desk.ask(asked.ListAgreements, OFFICER, npsn=ONE).items[0]
    end = {"agreement_id": agreement.id, "reason": "tarif baru", "ends_on": "2026-10-31"}
    desk.ask(asked.EndAgreement, MANAGER, **end)
    with pytest.raises(asked.RateInUse) as no:
        desk.agree(ONE, yearly=2_400_000)
    assert no.value.data.extra == {"months": ["2026-08-01"]}
    desk.agree(ONE)
