"""A small city of our own, imported through the public API: one kelurahan, two hospitals, a few units."""

from __future__ import annotations

from typing import Any

from contracts.identity import CITY_CODE, regions_within

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


def several_areas(columns: int = 7, rows: int = 5) -> list[dict[str, Any]]:
    """Crooked pieces where the demo city lies, such as a map of a real city has; for pictures of the map."""
    districts = [code for code, _ in regions_within(CITY_CODE)]
    codes = [code for district in districts for code, _ in regions_within(district)]

    def corner(column: int, row: int) -> list[float]:
        shake = 0.006 * ((column * 7 + row * 5) % 5 - 2) / 2
        return [round(106.56 + 0.18 * column / columns + shake, 5), round(-6.25 + 0.14 * row / rows - shake, 5)]

    pieces = [(column, row) for row in range(rows) for column in range(columns)]
    return [
        AREA
        | {
            "code": code,
            "name": f"Kelurahan Contoh {number}",
            "kecamatan_code": code.rpartition(".")[0],
            "polygons": [[[corner(x + dx, y + dy) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]]],
        }
        for number, (code, (x, y)) in enumerate(zip(codes, pieces, strict=False), start=1)
    ]


def busy_night(api: Api) -> None:
    """What a board shows at once: calls that wait, incidents of several colours, units under way."""
    for complaint, landmark in (
        ("anak demam tinggi, kejang", "dekat masjid"),
        ("terpeleset di tangga", "Jl. Contoh 7"),
    ):
        api.post("call-taker", "/v1/ambulance/contacts", {"complaint": complaint, "landmark": landmark})
    nights = (("traffic", "merah", -22, 14, 2), ("medical", "kuning", 25, -20, 1), ("trauma", "hijau", -40, -25, 0))
    for kind, triage, east, north, steps in nights:
        told = {"kind": kind, "location": point(east, north), "landmark": f"Jl. Contoh {abs(east)}"}
        incident = f"/v1/ambulance/incidents/{api.post('dispatcher', '/v1/ambulance/incidents', told)['id']}"
        api.post("dispatcher", f"{incident}/triage", {"triage": triage})
        if steps:
            best = api.get("dispatcher", f"{incident}/recommendation")["candidates"][1]["unit_id"]
            sent = api.post("dispatcher", f"{incident}/assignments", {"unit_id": best})
            path = f"/v1/ambulance/assignments/{sent['id']}/milestones"
            for milestone in ("acknowledged", "en_route")[:steps]:
                api.post(f"crew-{best.lower()}", path, {"milestone": milestone})


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
