"""What schools are paid for: confirmed months, claims, budgets, the ledger."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE

SCHOOL, CLAIM = f"{BASE}/schools/{{npsn}}", f"{BASE}/claims/{{claim_id}}"
REPAYMENT = {
    "programme": "bop",
    "budget_year": 2026,
    "rupiah": 166_667,
    "receipt_number": "STS 0012/2026",
    "paid_on": "2026-11-28",
}

ROUTES = (
    Route("GET", f"{SCHOOL}/months", e.ListConfirmed),
    Route(
        "POST",
        f"{SCHOOL}/months",
        e.ConfirmMonth,
        example={"programme": "bop", "month": "2026-09-01", "absent": []},
        timeout=15.0,
    ),
    Route(
        "POST",
        f"{BASE}/pupils/{{pupil_id}}/month-correction",
        e.CorrectMonth,
        example={"programme": "bop", "month": "2026-09-01", "reason": "anak tidak hadir sebulan"},
    ),
    Route("GET", f"{BASE}/claims", e.ListClaims),
    Route(
        "POST",
        f"{BASE}/claims",
        e.SubmitClaim,
        201,
        example={
            "npsn": "99000001",
            "programme": "bop",
            "first_month": "2026-07-01",
            "last_month": "2026-09-01",
        },
        timeout=15.0,
    ),
    Route("POST", f"{CLAIM}/approval", e.ApproveClaim, example={"version": 1}, timeout=15.0),
    Route("POST", f"{CLAIM}/return", e.ReturnClaim, example={"reason": "bulan Agustus belum lengkap"}),
    Route("GET", f"{BASE}/budgets", e.ListBudgets),
    Route(
        "POST",
        f"{BASE}/budgets",
        e.SetBudget,
        example={"programme": "bop", "budget_year": 2026, "rupiah": 40_000_000_000, "note": "DPA 2026"},
    ),
    Route("GET", f"{BASE}/ledger", e.ListLedger),
    Route("POST", f"{SCHOOL}/repayments", e.RecordRepayment, 201, example=REPAYMENT),
)
