"""Demo schools with made-up children: two lists as schools send them, so that a new installation shows something."""

from __future__ import annotations

import csv
import io
from typing import Any

SCHOOLS = (
    ("99000001", "SD CONTOH SATU", "SD", "private", "36.71.01", (106.632, -6.172)),
    ("99000002", "SD NEGERI CONTOH DUA", "SD", "state", "36.71.05", (106.690, -6.182)),
    ("99000003", "SMP CONTOH TIGA", "SMP", "private", "36.71.01", (106.640, -6.180)),
    ("99000004", "MI CONTOH EMPAT", "MI", "private", "36.71.10", (106.622, -6.131)),
)
WITH_ROSTER = {"99000001": 48, "99000003": 27}
SCHOOL_YEAR, BEGINS_ON = "2026/2027", "2026-07-13"
COVERED = ["registration", "re_registration", "tuition", "tests", "exams", "building", "textbooks"]
YEARLY_RUPIAH = 2_000_000
GIVEN = ("Ahmad", "Siti", "Budi", "Dewi", "Fajar", "Hana", "Intan", "Joko", "Kartika", "Maulana")
FAMILY = ("Saputra", "Wulandari", "Hidayat", "Lestari", "Pratama", "Rahmawati", "Setiawan")
COLUMNS = [
    "No",
    "Nama",
    "NIPD",
    "JK",
    "NISN",
    "Tempat Lahir",
    "Tanggal Lahir",
    "NIK",
    "Alamat",
    "Rombel Saat Ini",
    "No KK",
    "Data Ibu Nama",
    "Data Ibu NIK",
]


def schools() -> list[dict[str, Any]]:
    """Four."""
    return [
        {
            "npsn": npsn,
            "name": name,
            "level": level,
            "ownership": ownership,
            "kecamatan_code": kecamatan,
            "address": "Jl. Contoh 1",
            "location": {"type": "Point", "coordinates": list(point)},
        }
        for npsn, name, level, ownership, kecamatan, point in SCHOOLS
    ]


def agreement(npsn: str, grades: range) -> dict[str, Any]:
    """A private school's, for the school year."""
    places = [{"grade": grade, "quota": 28, "yearly_rupiah": YEARLY_RUPIAH} for grade in grades]
    return {"npsn": npsn, "school_year": SCHOOL_YEAR, "places": places, "covered": COVERED}


def roster(npsn: str, grades: range) -> bytes:
    """The list of a school, as CSV. NIK serials of 9000 and above belong to nobody."""
    name = next(school[1] for school in SCHOOLS if school[0] == npsn)
    lines: list[list[Any]] = [["Daftar Peserta Didik"], [name], *_header()]
    lines += [_child(npsn, number, grades) for number in range(1, WITH_ROSTER[npsn] + 1)]
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows(lines)
    return output.getvalue().encode()


def _header() -> list[list[str]]:
    """As Dapodik merges them: the mother's name and number below one header."""
    mother = [name.startswith("Data Ibu") for name in COLUMNS]
    upper = [
        "Data Ibu" if name == "Data Ibu Nama" else "" if hers else name
        for name, hers in zip(COLUMNS, mother, strict=True)
    ]
    return [upper, [name.removeprefix("Data Ibu ") if hers else "" for name, hers in zip(COLUMNS, mother, strict=True)]]


def _child(npsn: str, number: int, grades: range) -> list[Any]:
    grade = grades[number % len(grades)]
    year, month, day = 2019 - grade, number % 12 + 1, number % 28 + 1
    girl = number % 2 == 1
    serial = 9000 + number
    region = f"3671{int(npsn[-1]):02d}"
    return [
        number,
        f"{GIVEN[number % 10]} {FAMILY[number % 7]}",
        f"{number:05d}",
        "P" if girl else "L",
        f"00{npsn[-1]}{number:07d}",
        "Tangerang",
        f"{year}-{month:02d}-{day:02d}",
        f"{region}{day + 40 * girl:02d}{month:02d}{year % 100:02d}{serial}",
        f"Jl. Contoh {number}",
        f"Kelas {grade} A",
        f"{region}120510{serial}",
        f"Ibu {FAMILY[number % 7]}",
        f"{region}{day + 40:02d}{month:02d}85{serial}",
    ]
