"""Schools, agreements, rosters, pupils, families."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE, PUPIL

ROSTER = f"{BASE}/rosters/{{roster_id}}"
TRANSFER = f"{BASE}/transfers/{{transfer_id}}"
AGREEMENT = f"{BASE}/agreements/{{agreement_id}}"
DRAFT = {
    "npsn": "99000001",
    "school_year": "2026/2027",
    "places": [{"grade": 1, "quota": 28, "yearly_rupiah": 2_000_000}],
    "covered": ["registration", "tuition", "textbooks"],
}
TRANSFER_ID = "01a20a67-01f0-72f8-a748-0681f088c901"
ROSTER_BYTES = 50_000_000
SCHOOL = {
    "npsn": "99000001",
    "name": "SD CONTOH SATU",
    "level": "SD",
    "ownership": "private",
    "kecamatan_code": "36.71.01",
    "address": "Jl. Contoh 1",
    "location": {"type": "Point", "coordinates": [106.632, -6.172]},
}
UPLOAD = {"npsn": "99000001", "school_year": "2026/2027"}

ROUTES = (
    Route("POST", f"{BASE}/imports/schools", e.ImportSchools, example={"schools": [SCHOOL]}),
    Route("GET", f"{BASE}/schools", e.ListSchools),
    Route("GET", f"{BASE}/schools/{{npsn}}", e.GetSchool),
    Route("GET", f"{BASE}/agreements", e.ListAgreements),
    Route("POST", f"{BASE}/agreements", e.DraftAgreement, example=DRAFT),
    Route(
        "POST", f"{AGREEMENT}/signature", e.SignAgreement, example={"number": "420/12/2026", "signed_on": "2026-07-01"}
    ),
    Route("POST", f"{AGREEMENT}/suspension", e.SuspendAgreement, example={"reason": "ada pungutan yang diperiksa"}),
    Route("POST", f"{AGREEMENT}/resumption", e.ResumeAgreement, example={"version": 3}),
    Route("POST", f"{AGREEMENT}/end", e.EndAgreement, example={"reason": "sekolah tutup", "ends_on": "2027-06-30"}),
    Route("GET", f"{BASE}/cut-offs", e.ListCutOffs),
    Route(
        "POST",
        f"{BASE}/cut-offs",
        e.SetCutOff,
        example={"school_year": "2026/2027", "term": 2, "last_day": "2027-01-29"},
    ),
    Route(
        "POST",
        f"{BASE}/rosters",
        e.UploadRoster,
        201,
        example=UPLOAD,
        timeout=15.0,
        body_limit=ROSTER_BYTES,
        upload="rosters",
    ),
    Route("GET", f"{BASE}/rosters", e.ListRosters),
    Route("GET", ROSTER, e.GetRoster),
    Route("GET", f"{ROSTER}/rows", e.ListRosterRows),
    Route("GET", f"{ROSTER}/refused-rows", e.DownloadRefusedRows, timeout=15.0),
    Route("POST", f"{ROSTER}/application", e.ApplyRoster, example={"end_missing": False}),
    Route("POST", f"{ROSTER}/abandonment", e.AbandonRoster),
    Route("POST", f"{ROSTER}/undoing", e.UndoRoster, example={"reason": "berkas yang salah"}, timeout=15.0),
    Route("GET", f"{BASE}/pupils", e.ListPupils),
    Route("GET", PUPIL, e.GetPupil),
    Route("POST", f"{PUPIL}/disclosure", e.DisclosePupil, example={"reason": "permintaan orang tua di loket"}),
    Route("POST", f"{PUPIL}/withdrawal", e.WithdrawPupil, example={"reason": "moved_out", "last_day": "2026-11-28"}),
    Route(
        "POST",
        f"{PUPIL}/correction",
        e.CorrectPupil,
        example={"correction": {"name": "Siti Contoh"}, "source": "parent", "note": "salah eja"},
    ),
    Route(
        "POST",
        f"{PUPIL}/duplicates",
        e.JoinPupils,
        example={"duplicate_id": TRANSFER_ID, "reason": "anak yang sama, KK dibandingkan"},
    ),
    Route(
        "POST", f"{BASE}/schools/{{npsn}}/graduation", e.GraduatePupils, example={"last_day": "2027-06-19", "count": 30}
    ),
    Route(
        "POST",
        f"{BASE}/schools/{{npsn}}/merger",
        e.MergeSchools,
        example={"from_npsns": ["99000002"], "on": "2027-07-12"},
    ),
    Route("GET", f"{BASE}/transfers", e.ListTransfers),
    Route("POST", f"{BASE}/transfer-confirmations", e.ConfirmTransfers, example={"transfer_ids": [TRANSFER_ID]}),
    Route("POST", f"{TRANSFER}/decline", e.DeclineTransfer),
    Route("POST", f"{TRANSFER}/objection", e.ObjectToTransfer, example={"reason": "anak masih bersekolah di sini"}),
    Route(
        "POST",
        f"{BASE}/children",
        e.LinkChild,
        example={"nik": "3671014502809001", "child_nisn": "0012345678", "birth_date": "2016-05-10"},
    ),
    Route("GET", f"{BASE}/children", e.ListMyChildren),
    Route("GET", f"{BASE}/tasks", e.ListTasks),
    Route("POST", f"{BASE}/tasks/{{task_id}}/completion", e.FinishTask, example={"note": "keluarga sudah dikunjungi"}),
    Route("GET", f"{BASE}/death-notices", e.ListDeathNotices),
)
