"""The demo city as data: thirteen units and five facilities on a grid over the city's box. Nothing of it is real.

A real city brings its own lists: `kota import`.
"""

from __future__ import annotations

from typing import Any

WEST, EAST, SOUTH, NORTH = 106.57, 106.73, -6.24, -6.13
"""Degrees: inside the box of Kota Tangerang."""
COLUMNS = 5
UNIT_TYPES = ("bls", "bls", "als", "transport")
FACILITIES = (
    ("RS-CONTOH-1", "Rumah Sakit Contoh Satu", "hospital", (106.632, -6.172)),
    ("RS-CONTOH-2", "Rumah Sakit Contoh Dua", "hospital", (106.588, -6.205)),
    ("RS-CONTOH-3", "Rumah Sakit Contoh Tiga", "hospital", (106.705, -6.221)),
    ("PKM-CONTOH-1", "Puskesmas Contoh Satu", "puskesmas", (106.661, -6.139)),
    ("PKM-CONTOH-2", "Puskesmas Contoh Dua", "puskesmas", (106.690, -6.182)),
)


def units() -> list[dict[str, Any]]:
    """AMB-01 … AMB-13, evenly spread."""
    return [
        {"id": f"AMB-{number + 1:02d}", "type": UNIT_TYPES[number % len(UNIT_TYPES)], "base": _grid_point(number)}
        for number in range(13)
    ]


def facilities() -> list[dict[str, Any]]:
    """Hospitals and puskesmas."""
    return [
        {"id": id, "name": name, "type": kind, "location": _point(*place), "emergency_24h": True}
        for id, name, kind, place in FACILITIES
    ]


def _grid_point(number: int) -> dict[str, Any]:
    row, column = divmod(number, COLUMNS)
    return _point(WEST + (EAST - WEST) * column / (COLUMNS - 1), SOUTH + (NORTH - SOUTH) * row / 2)


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]}
