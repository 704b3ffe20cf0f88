"""The demo city as data: thirteen units and five facilities on a grid over the city's box, seven hearses with their
officers. But for the cemetery (its name and hours are public) nothing of it is real.

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
BURIAL_UNIT = (106.6405, -6.1702)
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


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


def burial_unit() -> dict[str, Any]:
    """Seven hearses, officers in two shifts a day, and the city's cemetery."""
    return {"vehicles": _hearses(), "officers": _officers(), "burial_places": [_selapajang()]}


def _hearses() -> list[dict[str, Any]]:
    base = _point(*BURIAL_UNIT)
    return [{"id": f"JNZ-{number:02d}", "plate": f"B {1000 + number} XYZ", "base": base} for number in range(1, 8)]


def _officers() -> list[dict[str, Any]]:
    """Half of them by day, half by night; every fourth does not drive."""
    return [
        {
            "id": f"PTG-{number:02d}",
            "name": f"Petugas Contoh {number}",
            "drives": number % 4 != 0,
            "shifts": [{"days": DAYS, "begins": begins, "ends": ends}],
        }
        for number in range(1, 21)
        for begins, ends in [("07:00", "19:00") if number % 2 else ("19:00", "07:00")]
    ]


def _selapajang() -> dict[str, Any]:
    return {
        "id": "TPU-SELAPAJANG",
        "name": "TPU Selapajang Jaya",
        "location": _point(106.6314, -6.1226),
        "kelurahan_code": "36.71.10.1003",
        "openings": [
            {"name": "siang", "begins": "07:00", "ends": "17:00"},
            {"name": "malam", "begins": "18:00", "ends": "20:00"},
        ],
        "notice_minutes": 120,
        "capacity_per_hour": 3,
    }


def _grid_point(number: int) -> dict[str, Any]:
    row, column = divmod(number, COLUMNS)
    return _point(WEST + (EAST - WEST) * column / (COLUMNS - 1), SOUTH + (NORTH - SOUTH) * row / 2)


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]}
