"""Recommendation, assignments and their milestones."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE

REASON = {"reason": "ban kempes"}
DIVERSION = {"incident_id": "01a20a67-01f0-72f8-a748-0681f088c901", "reason": "lebih dekat ke kasus merah"}

ROUTES = (
    Route("GET", f"{BASE}/proposals", a.ListProposals),
    Route("GET", f"{BASE}/incidents/{{incident_id}}/recommendation", a.RecommendUnits),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/assignments", a.DispatchUnit, 201, example={"unit_id": "AMB-01"}),
    Route("POST", f"{BASE}/incidents/{{incident_id}}/plans", a.PlanUnit, 201, example={"unit_id": "AMB-01"}),
    Route("POST", f"{BASE}/plans/{{plan_id}}/cancellation", a.CancelPlan, example=REASON),
    Route("GET", f"{BASE}/assignments/{{assignment_id}}/choice", a.GetChoice),
    Route(
        "POST", f"{BASE}/assignments/{{assignment_id}}/milestones", a.RecordMilestone, example={"milestone": "on_scene"}
    ),
    Route(
        "POST",
        f"{BASE}/assignments/{{assignment_id}}/milestone-corrections",
        a.CorrectMilestone,
        example={"milestone": "on_scene", "at": "2026-11-23T12:00:00Z", "reason": "tombol tertekan terlalu awal"},
    ),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/decline", a.DeclineAssignment, example=REASON),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/release", a.ReleaseUnit, example=REASON),
    Route("POST", f"{BASE}/assignments/{{assignment_id}}/diversion", a.DivertUnit, 201, example=DIVERSION),
)
