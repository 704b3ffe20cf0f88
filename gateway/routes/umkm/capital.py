"""Capital: groups that vouch for each other, loans, the partner bank's files."""

from __future__ import annotations

from contracts import umkm as u

from ...table import Route
from .common import BASE, BUSINESS, BUSINESS_ID

GROUP, LOAN, FILE = f"{BASE}/groups/{{group_id}}", f"{BASE}/loans/{{loan_id}}", f"{BASE}/bank-files/{{bank_file_id}}"
LOAN_ID = "01a20a67-01f0-72f8-a748-0681f088c903"
FILE_BYTES = 20_000_000
ASKED = {"business_id": BUSINESS_ID, "rupiah": 2_000_000, "use": "wajan dan kompor", "vouches": True}
TERMS = {
    "bank_code": "110",
    "steps": [
        {"least_rupiah": 500_000, "most_rupiah": 2_000_000, "most_months": 12, "certificates": 1},
        {"least_rupiah": 500_000, "most_rupiah": 5_000_000, "most_months": 18, "certificates": 1},
    ],
    "least_members": 5,
    "most_members": 10,
    "least_age": 21,
    "most_age": 60,
    "classes": ["micro"],
    "administration_basis_points": 300,
    "administration_taken": "instalments",
    "office_hours": 48,
    "bank_hours": 48,
    "note": "perjanjian kerja sama 2026",
}
PAID_OUT = {"disbursed_on": "2026-11-30", "payouts": [{"loan_id": LOAN_ID, "rupiah": 2_000_000}]}

ROUTES = (
    Route("GET", f"{BASE}/capital-terms", u.GetCapitalTerms),
    Route("POST", f"{BASE}/capital-terms", u.SetCapitalTerms, 201, example=TERMS),
    Route("GET", f"{BUSINESS}/ladder", u.GetLadder),
    Route("GET", f"{BUSINESS}/kur", u.CheckKur),
    Route("GET", f"{BUSINESS}/kur/letter", u.PrintKurReferral, timeout=10.0),
    Route("POST", f"{BASE}/groups", u.FormGroup, 201, example={"name": "Mawar", "months": 10, **ASKED}),
    Route("GET", f"{BASE}/groups", u.ListGroups),
    Route("GET", GROUP, u.GetGroup),
    Route("POST", f"{GROUP}/members", u.JoinGroup, 201, example={**ASKED, "invitation": "7KQ2M9XD"}),
    Route("POST", f"{GROUP}/submission", u.SubmitGroup, example={"version": 5}),
    Route("POST", f"{GROUP}/dissolution", u.DissolveGroup, example={"reason": "anggota sepakat bubar"}),
    Route("POST", f"{GROUP}/disbursement", u.DisburseGroup, example=PAID_OUT, timeout=15.0),
    Route("GET", f"{BASE}/loans", u.ListLoans),
    Route("GET", LOAN, u.GetLoan),
    Route("GET", f"{LOAN}/entries", u.ListCapitalEntries),
    Route("POST", f"{LOAN}/leaving", u.LeaveGroup, example={"version": 1}),
    Route("POST", f"{LOAN}/papers-check", u.CheckPapers, example={"passed": True}),
    Route("POST", f"{LOAN}/credit-check", u.CheckCredit, example={"passed": True}),
    Route("GET", f"{LOAN}/borrower", u.DiscloseBorrower),
    Route("POST", f"{LOAN}/recourse", u.MarkRecourse, example={"reason": "pindah tanpa kabar, rumah kosong"}),
    Route("POST", f"{LOAN}/return", u.LiftRecourse, example={"reason": "anggota datang ke dinas"}),
    Route("POST", f"{BASE}/bank-files", u.SendBankFile, 202, timeout=30.0, body_limit=FILE_BYTES, upload="bankfiles"),
    Route("GET", f"{BASE}/bank-files", u.ListBankFiles),
    Route("GET", FILE, u.GetBankFile),
    Route("GET", f"{BASE}/bank-lines", u.ListWaitingLines),
    Route(
        "POST",
        f"{FILE}/lines/{{row}}/settlement",
        u.SettleBankLine,
        example={"settlement": "book", "loan_id": LOAN_ID, "note": "bukti transfer dibandingkan"},
        timeout=15.0,
    ),
)
