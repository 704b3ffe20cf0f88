"""A small city of our own, imported through the public API: one kelurahan, two hospitals, a few units."""

from __future__ import annotations

from typing import Any

from .api import Api

CENTRE = (106.65, -6.15)
SQUARE = [[106.6, -6.2], [106.7, -6.2], [106.7, -6.1], [106.6, -6.1], [106.6, -6.2]]
AREA = {
    "code": "36.71.01.1001",
    "name": "Sukarasa",
    "kecamatan_code": "36.71.01",
    "kecamatan": "Tangerang",
    "polygons": [[SQUARE]],
}


def point(east: float = 0.0, north: float = 0.0) -> dict[str, Any]:
    """A place, in thousandths of a degree from the centre (about 110 m)."""
    return {"type": "Point", "coordinates": [CENTRE[0] + east / 1000, CENTRE[1] + north / 1000]}


def import_city(api: Api, units: int = 8) -> None:
    """Send the master data and put every unit on duty. Unit AMB-01 is the closest to the centre."""
    hospitals = [
        {"id": f"RS-{number}", "name": f"RSUD {number}", "type": "hospital", "location": point(10 * number, 5)}
        for number in (1, 2)
    ]
    names = [f"AMB-{number:02d}" for number in range(1, units + 1)]
    rows = [{"id": name, "type": "bls", "base": point(3 * index, -2)} for index, name in enumerate(names, start=1)]
    imports = {
        "areas": [AREA],
        "facilities": [hospital | {"emergency_24h": True} for hospital in hospitals],
        "units": rows,
    }
    for kind, items in imports.items():
        api.post("manager", f"/v1/ambulance/imports/{kind}", {kind: items})
    for name in names:
        api.put(f"crew-{name.lower()}", f"/v1/ambulance/units/{name}/status", {"state": "available"})
