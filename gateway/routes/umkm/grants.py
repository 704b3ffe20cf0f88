"""Grants: rounds, applications, visits, scores, decisions."""

from __future__ import annotations

from contracts import umkm as u

from ...table import Route
from .businesses import SHEET
from .common import BASE, BUSINESS_ID

ROUNDS, GRANTS = f"{BASE}/grant-rounds", f"{BASE}/grants"
ROUND, GRANT = f"{ROUNDS}/{{round_id}}", f"{GRANTS}/{{application_id}}"
ANNOUNCEMENT = {
    "title": "Hibah alat produksi 2027",
    "opens_at": "2099-01-01T08:00:00+07:00",
    "closes_at": "2099-01-31T16:00:00+07:00",
    "places": 50,
    "budget_rupiah": 250_000_000,
    "least_rupiah": 1_000_000,
    "most_rupiah": 5_000_000,
    "certificates": 1,
    "barred_years": 3,
}
VISIT = {
    "visited_on": "2026-11-30",
    "passed": True,
    "findings": "Dapur terpisah, dua karyawan, oven lama tidak merata panasnya.",
}
EARLIER = {"nik": "3671014502809001", "programme": "BPUM 2020", "received_on": "2020-10-12"}
PLAN = {"business_id": BUSINESS_ID, "rupiah": 5_000_000, "use": "oven gas dua loyang untuk pesanan hotel"}

ROUTES = (
    Route("GET", f"{BASE}/grant-scoresheet", u.GetGrantScoresheet),
    Route("POST", f"{BASE}/grant-scoresheet", u.SetGrantScoresheet, 201, example=SHEET),
    Route("POST", ROUNDS, u.AnnounceGrantRound, 201, example=ANNOUNCEMENT),
    Route("GET", ROUNDS, u.ListGrantRounds),
    Route("GET", ROUND, u.GetGrantRound),
    Route("POST", f"{ROUND}/cancellation", u.CancelGrantRound, example={"reason": "anggaran dialihkan"}),
    Route("POST", f"{ROUND}/grants", u.ApplyForGrant, 201, example=PLAN),
    Route("GET", f"{ROUND}/ranking", u.RankGrants, timeout=15.0),
    Route("POST", f"{ROUND}/decision", u.DecideGrants, example={"version": 1, "granted": 50}, timeout=30.0),
    Route("GET", GRANTS, u.ListGrants),
    Route("POST", f"{BASE}/earlier-grants", u.RecordEarlierGrant, 201, example=EARLIER),
    Route("GET", f"{BASE}/grants-to-score", u.ListGrantsToScore),
    Route("GET", GRANT, u.GetGrant),
    Route("POST", f"{GRANT}/desk-review", u.ReviewGrant, example={"passed": True}),
    Route("POST", f"{GRANT}/visit", u.SurveyGrant, example=VISIT),
    Route("POST", f"{GRANT}/assessments", u.AssessGrant, example={"scores": [{"criterion": "plan", "points": 4}]}),
    Route("POST", f"{GRANT}/withdrawal", u.WithdrawGrant, example={"version": 1}),
    Route(
        "POST", f"{GRANT}/handover", u.HandOverGrant, example={"handed_on": "2026-11-30", "receipt": "BAST/2026/117"}
    ),
)
