"""Parents: they apply, appeal, ask for corrections, complain; the office's desk for it; reviews."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE

CHILD = f"{BASE}/children/{{pupil_id}}"
TERM = {"programme": "bop", "school_year": "2026/2027", "term": 1}
LEVY = {"npsn": "99000001", "month": "2026-10-01", "rupiah": 200_000, "text": "diminta uang bulanan oleh sekolah"}
APPEAL = {"text": "kartu keluarga kami sudah pindah ke Kota Tangerang"}

ROUTES = (
    Route("GET", f"{BASE}/my-applications", e.ListMyApplications),
    Route("POST", f"{CHILD}/applications", e.ApplyForChild, 201, example=TERM),
    Route("POST", f"{BASE}/my-applications/{{application_id}}/appeal", e.AppealForChild, example=APPEAL),
    Route("POST", f"{CHILD}/correction-requests", e.AskCorrection, 201, example={"text": "nama ibu salah tulis"}),
    Route("POST", f"{BASE}/levy-complaints", e.ComplainOfLevy, 201, example=LEVY),
    Route("POST", f"{BASE}/applications/{{application_id}}/appeal", e.RecordAppeal, example=APPEAL),
    Route("GET", f"{BASE}/correction-requests", e.ListCorrectionRequests),
    Route(
        "POST",
        f"{BASE}/correction-requests/{{request_id}}/answer",
        e.AnswerCorrectionRequest,
        example={"corrected": True, "answer": "nama ibu sudah diperbaiki"},
    ),
    Route("GET", f"{BASE}/levy-complaints", e.ListLevyComplaints),
    Route(
        "POST",
        f"{BASE}/levy-complaints/{{complaint_id}}/decision",
        e.DecideComplaint,
        example={"upheld": True, "answer": "sekolah mengembalikan uang"},
    ),
    Route("GET", f"{BASE}/reviews", e.ListReviews),
    Route("POST", f"{BASE}/reviews/{{review_id}}/completion", e.FinishReview, example={"note": "kuota dipindahkan"}),
)
