"""Who gets a waiver: rules, evidence, applications, decisions, waivers."""

from __future__ import annotations

from contracts import education as e

from ...table import Route
from .common import BASE, PUPIL, SOME_ID

EVALUATION = f"{BASE}/evaluations/{{evaluation_id}}"
APPLICATION = f"{BASE}/applications/{{application_id}}"
RULES = {
    "programme": "bop",
    "school_year": "2026/2027",
    "rules": {
        "residency": ["school_attestation", "family_card", "civil_registry"],
        "partner_school": True,
        "grades": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    },
    "note": "keputusan wali kota 420/1/2026",
}
FAMILY = {"family_card_number": "3671010101080001", "decile": 2}

ROUTES = (
    Route("GET", f"{BASE}/rules", e.ListRules),
    Route("POST", f"{BASE}/rules", e.SetRules, example=RULES),
    Route(
        "POST",
        f"{PUPIL}/evidence",
        e.RecordEvidence,
        example={"kind": "family_card", "shown_on": "2026-08-03", "reference": "3671-0001"},
    ),
    Route(
        "POST",
        f"{BASE}/schools/{{npsn}}/attestation",
        e.AttestResidency,
        example={"shown_on": "2026-08-03", "elsewhere": []},
        timeout=15.0,
    ),
    Route(
        "POST",
        f"{BASE}/imports/welfare",
        e.ImportWelfare,
        example={"source": "DTSEN 2026-Q3", "released_on": "2026-09-30", "families": [FAMILY]},
    ),
    Route("GET", f"{BASE}/applications", e.ListApplications),
    Route(
        "POST",
        f"{BASE}/applications",
        e.SubmitApplication,
        201,
        example={"pupil_id": SOME_ID, "programme": "bop", "school_year": "2026/2027", "term": 1},
    ),
    Route("GET", APPLICATION, e.GetApplication),
    Route("POST", f"{APPLICATION}/decision", e.DecideApplication, example={"outcome": "granted"}),
    Route("GET", f"{BASE}/decisions", e.ListDecisions),
    Route("GET", f"{BASE}/decisions/{{decision_id}}/replay", e.ReplayDecision),
    Route("GET", f"{BASE}/decision-replays", e.ReplayDecisions, timeout=15.0),
    Route("GET", f"{BASE}/evaluations", e.ListEvaluations),
    Route(
        "POST",
        f"{BASE}/evaluations",
        e.StartEvaluation,
        201,
        example={"programme": "bop", "school_year": "2026/2027", "term": 2},
    ),
    Route("GET", EVALUATION, e.GetEvaluation),
    Route("GET", f"{EVALUATION}/pupils", e.ListEvaluated),
    Route("POST", f"{EVALUATION}/grant", e.GrantEvaluated, example={"count": 120, "note": "rapat 3 Agustus 2026"}),
    Route("GET", f"{BASE}/waivers", e.ListWaivers),
    Route(
        "POST",
        f"{BASE}/waivers/{{waiver_id}}/end",
        e.EndWaiver,
        example={"ends_on": "2026-11-28", "reason": "left_city", "note": "pindah ke kota lain"},
    ),
)
