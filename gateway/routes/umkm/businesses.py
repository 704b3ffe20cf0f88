"""Support for small enterprises: businesses, trainings and bazaars, certificates."""

from __future__ import annotations

from contracts import umkm as u

from ...table import Route
from .common import BASE, BUSINESS, BUSINESS_ID

BATCH = f"{BASE}/batches/{{batch_id}}"
SEAT, CERTIFICATE = f"{BASE}/seats/{{seat_id}}", f"{BASE}/certificates/{{certificate_id}}"
SIZE = {"basis": "turnover", "rupiah": 180_000_000, "year": 2025}
REGISTRATION = {
    "owner": {
        "nik": "3671014502809001",
        "name": "Siti Contoh",
        "phone": "+6281234567890",
        "kelurahan_code": "36.71.01.1001",
    },
    "name": "Keripik Contoh",
    "trade": "food",
    "kelurahan_code": "36.71.01.1001",
    "address": "Jl. Contoh 1",
    "founded_on": "2020-03-02",
    "size": SIZE,
    "nib": "1234567890123",
}
ANNOUNCEMENT = {
    "title": "Pengemasan dan label",
    "venue": "Gedung Contoh",
    "kelurahan_code": "36.71.01.1001",
    "quota": 20,
    "opens_at": "2099-01-01T08:00:00+07:00",
    "sessions": [{"begins_at": "2099-02-01T09:00:00+07:00", "ends_at": "2099-02-01T12:00:00+07:00"}],
}
LISTING = f"{BASE}/listings/{{listing_id}}"
DRAFT = {
    "business_id": BUSINESS_ID,
    "title": "Keripik pisang manis",
    "description": "Keripik pisang kepok, 250 gram, tanpa pengawet.",
    "category": "packaged_food",
    "price_rupiah": 15_000,
    "unit": "250 g",
}
SHEET = {
    "criteria": [
        {
            "criterion": "photo",
            "indonesian": "Foto jelas",
            "english": "Photos are clear",
            "most_points": 5,
            "weight": 100,
        }
    ],
    "assessors_needed": 2,
    "pass_percent": 60,
}
PHOTO_BYTES = 10_000_000
PERMIT = {"kind": "pirt", "number": "P-IRT No. 2063671010001-28", "valid_until": "2028-05-31"}

ROUTES = (
    Route("POST", f"{BASE}/businesses", u.RegisterBusiness, 201, example=REGISTRATION),
    Route("GET", f"{BASE}/businesses", u.ListBusinesses),
    Route("GET", BUSINESS, u.GetBusiness),
    Route("POST", f"{BUSINESS}/description", u.DescribeBusiness, example={"name": "Keripik Contoh Dua"}),
    Route("POST", f"{BUSINESS}/size", u.DeclareSize, example={"size": SIZE}),
    Route("POST", f"{BUSINESS}/permits", u.RecordPermit, example={"permit": PERMIT}),
    Route("POST", f"{BUSINESS}/owner", u.CorrectOwner, example={"phone": "+6281234567891"}),
    Route("POST", f"{BUSINESS}/owner/disclosure", u.DiscloseOwner, example={"reason": "KTP dibandingkan di loket"}),
    Route("POST", f"{BUSINESS}/verification", u.VerifyBusiness, example={"version": 1}),
    Route("POST", f"{BUSINESS}/suspension", u.SuspendBusiness, example={"reason": "alamat tidak ditemukan"}),
    Route("POST", f"{BUSINESS}/resumption", u.ResumeBusiness, example={"version": 3}),
    Route("POST", f"{BUSINESS}/closure", u.CloseBusiness, example={"reason": "usaha berhenti"}),
    Route("POST", f"{BASE}/batches", u.AnnounceBatch, 201, example=ANNOUNCEMENT),
    Route("GET", f"{BASE}/batches", u.ListBatches),
    Route("GET", BATCH, u.GetBatch),
    Route("POST", f"{BATCH}/quota", u.ChangeQuota, example={"quota": 25}),
    Route("POST", f"{BATCH}/postponement", u.PostponeBatch, example={"reason": "pengajar sakit"}),
    Route("POST", f"{BATCH}/dates", u.RescheduleBatch, example={"sessions": ANNOUNCEMENT["sessions"]}),
    Route("POST", f"{BATCH}/cancellation", u.CancelBatch, example={"reason": "gedung tidak tersedia"}),
    Route("GET", f"{BATCH}/sessions/{{session}}/list", u.PrintAttendance, timeout=10.0),
    Route("POST", f"{BATCH}/sessions/{{session}}/attendance", u.RecordAttendance, example={"present": [1, 2, 5]}),
    Route("POST", f"{BATCH}/results", u.FinishBatch, example={"results": [{"number": 1, "passed": True}]}),
    Route("POST", f"{BATCH}/seats", u.RequestSeat, 201, example={"business_id": BUSINESS_ID}),
    Route("GET", f"{BASE}/seats", u.ListSeats),
    Route("GET", SEAT, u.GetSeat),
    Route("POST", f"{SEAT}/acceptance", u.AcceptSeat, example={"version": 2}),
    Route("POST", f"{SEAT}/release", u.GiveUpSeat, example={"version": 2}),
    Route("POST", f"{SEAT}/result", u.CorrectResult, example={"passed": True, "reason": "nilai salah dipindahkan"}),
    Route("GET", f"{BASE}/certificates", u.ListCertificates),
    Route("GET", f"{CERTIFICATE}/print", u.PrintCertificate, timeout=10.0),
    Route("POST", f"{CERTIFICATE}/revocation", u.RevokeCertificate, example={"reason": "diperoleh dengan curang"}),
    Route("GET", f"{BASE}/certificates/{{certificate_code}}", u.CheckCertificate),
    Route("POST", f"{BASE}/listings", u.DraftListing, 201, example=DRAFT),
    Route("GET", f"{BASE}/listings", u.ListListings),
    Route("GET", LISTING, u.GetListing),
    Route("POST", f"{LISTING}/description", u.DescribeListing, example={"price_rupiah": 16_000}),
    Route("POST", f"{LISTING}/photos", u.AddPhoto, 201, timeout=30.0, body_limit=PHOTO_BYTES, upload="uploadedphotos"),
    Route("POST", f"{LISTING}/photos/{{photo_id}}/removal", u.RemovePhoto),
    Route("POST", f"{LISTING}/submission", u.SubmitListing, example={"version": 3}),
    Route("POST", f"{LISTING}/withdrawal", u.WithdrawListing, example={"version": 5}),
    Route("POST", f"{LISTING}/restoration", u.RestoreListing, example={"version": 6}),
    Route("POST", f"{LISTING}/rewriting", u.RewriteListing, example={"version": 6}),
    Route("POST", f"{LISTING}/take-down", u.TakeDownListing, example={"reason": "foto bukan milik penjual"}),
    Route("GET", f"{BASE}/curations", u.ListCurations),
    Route("GET", f"{LISTING}/curation", u.GetCuration),
    Route("POST", f"{LISTING}/assessments", u.AssessListing, example={"scores": [{"criterion": "photo", "points": 4}]}),
    Route("POST", f"{LISTING}/decision", u.DecideListing, example={"publish": True}),
    Route("GET", f"{BASE}/scoresheet", u.GetScoresheet),
    Route("POST", f"{BASE}/scoresheet", u.SetScoresheet, example=SHEET),
    Route("GET", f"{BASE}/market", u.SearchListings),
    Route("GET", f"{BASE}/market/{{listing_id}}", u.ShowListing),
    Route("GET", f"{BASE}/photos/{{photo_id}}", u.GetPhoto),
    Route("GET", f"{BASE}/reports/{{year}}/csv", u.GetYearReport, timeout=15.0),
    Route("GET", f"{BASE}/reports/{{year}}/xlsx", u.GetYearWorkbook, timeout=15.0),
    Route("GET", f"{BASE}/owner-deaths", u.ListOwnerDeaths),
    Route("GET", f"{BASE}/owner-tasks", u.ListOwnerTasks),
    Route(
        "POST",
        f"{BASE}/owner-tasks/{{task_id}}/completion",
        u.FinishOwnerTask,
        example={"note": "usaha diteruskan istri"},
    ),
    Route("GET", f"{BASE}/priority-households", u.ListPriorityHouseholds),
)
