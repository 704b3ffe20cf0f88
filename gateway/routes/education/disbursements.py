"""Batches of payments: from the draft to what the bank answers."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE, PUPIL

BATCH = f"{BASE}/disbursements/{{disbursement_id}}"
ACCOUNT = {"account": {"bank_code": "110", "account_number": "0012345678901", "holder": "SD CONTOH SATU"}}
RESULT_BYTES = 5_000_000

ROUTES = (
    Route("POST", f"{BASE}/schools/{{npsn}}/account", e.SetSchoolAccount, example=ACCOUNT),
    Route("POST", f"{PUPIL}/account", e.SetPupilAccount, example=ACCOUNT),
    Route("GET", f"{BASE}/disbursements", e.ListDisbursements),
    Route(
        "POST",
        f"{BASE}/disbursements",
        e.DraftDisbursement,
        201,
        example={"programme": "bop", "budget_year": 2026},
        timeout=30.0,
    ),
    Route("GET", BATCH, e.GetDisbursement),
    Route("GET", f"{BATCH}/lines", e.ListDisbursementLines),
    Route(
        "POST",
        f"{BATCH}/lines/{{line_id}}/removal",
        e.RemoveLine,
        example={"reason": "rekening sekolah sedang diperiksa"},
    ),
    Route("POST", f"{BATCH}/verification", e.VerifyDisbursement, example={"version": 1}, timeout=15.0),
    Route("POST", f"{BATCH}/approval", e.ApproveDisbursement, example={"version": 2}, timeout=15.0),
    Route("POST", f"{BATCH}/export", e.ExportDisbursement, example={"version": 3}, timeout=15.0),
    Route("GET", f"{BATCH}/bank-file", e.DownloadBankFile, timeout=15.0),
    Route("POST", f"{BATCH}/void", e.VoidExport, example={"reason": "bank menolak berkas"}),
    Route("POST", f"{BATCH}/cancellation", e.CancelDisbursement, example={"reason": "periode keliru"}),
    Route(
        "POST",
        f"{BATCH}/bank-results",
        e.ImportBankResults,
        timeout=30.0,
        body_limit=RESULT_BYTES,
        upload="bankresults",
    ),
    Route(
        "POST",
        f"{BATCH}/treasury-numbers",
        e.RecordTreasuryNumbers,
        example={"spp": "0012/SPP/2026", "spm": "0012/SPM/2026", "sp2d": "0034/SP2D/2026"},
    ),
)
