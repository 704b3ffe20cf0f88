"""Who may ask what, where, and what a refusal names."""

from __future__ import annotations

import uuid

import httpx

from gateway.table import Route
from tests.gateway.support.issuing import Issuer

NUMBERS = {"session": "1", "row": "2", "year": "2026", "certificate_code": "4152216333770"}
ID = "00000000-0000-0000-0000-000000000001"
WHO = {
    "ambulance:crew": "crew-amb-01",
    "ambulance:manage": "manager",
    "ambulance:supervise": "supervisor",
    "ambulance:figures": "supervisor",
    "hearse:supervise": "hearse-supervisor",
    "hearse:manage": "hearse-manager",
    **{
        f"hearse:{activity}": "hearse-officer"
        for activity in ("book", "bookings", "places", "plan", "read", "schedule", "trip")
    },
}
WHO |= {f"education:{activity}": "education-officer" for activity in ("deaths", "read", "rosters", "pupils", "enrol")}
WHO |= {f"education:{activity}": "education-officer" for activity in ("apply", "confirm", "decide", "public")}
WHO |= {"education:money": "education-treasurer", "education:pay": "education-treasurer"}
WHO |= {"education:family": "super-app", "education:approve": "education-manager"}
WHO |= {
    f"umkm:{activity}": "umkm-officer"
    for activity in ("read", "register", "businesses", "verify", "train", "seats", "sell", "assess", "report", "public")
}
WHO |= {
    f"umkm:{activity}": "umkm-officer" for activity in ("borrow", "lend", "capital", "bankfiles", "grants", "loans")
}
WHO |= {"umkm:credit": "bank-analyst", "umkm:terms": "umkm-manager", "umkm:score": "umkm-assessor"}
WHO |= {"education:manage": "education-manager", "umkm:certify": "umkm-manager", "umkm:decide": "umkm-manager"}


def login(issuer: Issuer, route: Route) -> dict[str, str]:
    """The headers of somebody who may do this."""
    user = WHO.get(route.scope, "dispatcher")
    return issuer.headers(user) | ({"Idempotency-Key": str(uuid.uuid4())} if user == "super-app" else {})


def address(route: Route) -> str:
    """A possible address of the row."""
    values = {
        name: {"patient_number": "1", "day": "2026-12-01", "on": "2026-12-01", "npsn": "99000001", **NUMBERS}.get(
            name, ID
        )
        for name in route.path_fields
    }
    return route.path.format(**values)


def pointers(reply: httpx.Response) -> set[str]:
    """Where the reply says that something is wrong."""
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == reply.status_code
    assert uuid.UUID(problem["correlation_id"]) == uuid.UUID(reply.headers["x-correlation-id"])
    return {error["pointer"] for error in problem.get("errors", [])}
