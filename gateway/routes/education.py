"""Schools, rosters and pupils; school-fee waivers."""

from __future__ import annotations

from contracts import education as e

from ..table import Route

BASE = "/v1/education"
ROSTER, PUPIL = f"{BASE}/rosters/{{roster_id}}", f"{BASE}/pupils/{{pupil_id}}"
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
    Route("GET", f"{BASE}/pupils", e.ListPupils),
    Route("GET", PUPIL, e.GetPupil),
    Route("POST", f"{PUPIL}/disclosure", e.DisclosePupil, example={"reason": "permintaan orang tua di loket"}),
    Route("GET", f"{BASE}/death-notices", e.ListDeathNotices),
)
