"""Units with their positions, facilities, areas, imports."""

from __future__ import annotations

from contracts import ambulance as a

from ...table import Route
from .common import BASE, POINT

POSITIONS = {"positions": [{"unit_id": "AMB-01", "location": POINT, "at": "2026-11-23T12:00:00Z"}]}
RING = [[106.63, -6.19], [106.65, -6.19], [106.65, -6.17], [106.63, -6.17], [106.63, -6.19]]
AREA = {
    "code": "36.71.01.1001",
    "name": "Sukarasa",
    "kecamatan_code": "36.71.01",
    "kecamatan": "Tangerang",
    "polygons": [[RING]],
}
FACILITY = {"id": "RS-CONTOH-1", "name": "Rumah Sakit Contoh Satu", "type": "hospital", "location": POINT}
UNIT = {"id": "AMB-01", "type": "bls", "base": POINT}

ROUTES = (
    Route("POST", f"{BASE}/positions", a.ReportPositions, example=POSITIONS),
    Route("GET", f"{BASE}/units", a.ListUnits),
    Route("GET", f"{BASE}/units/{{unit_id}}", a.GetUnit),
    Route("PUT", f"{BASE}/units/{{unit_id}}/standby", a.SetStandby, example={"base": POINT}),
    Route("PUT", f"{BASE}/units/{{unit_id}}/status", a.SetUnitStatus, example={"state": "available"}),
    Route("GET", f"{BASE}/facilities", a.ListFacilities),
    Route(
        "PUT",
        f"{BASE}/facilities/{{facility_id}}/status",
        a.SetFacilityStatus,
        example={"state": "open", "beds_free": 4},
    ),
    Route("GET", f"{BASE}/areas", a.ListAreas),
    Route("GET", f"{BASE}/boundaries", a.ListBoundaries),
    Route("POST", f"{BASE}/imports/areas", a.ImportAreas, timeout=20, example={"areas": [AREA]}),
    Route("POST", f"{BASE}/imports/facilities", a.ImportFacilities, timeout=20, example={"facilities": [FACILITY]}),
    Route("POST", f"{BASE}/imports/units", a.ImportUnits, timeout=20, example={"units": [UNIT]}),
)
