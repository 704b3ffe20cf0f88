"""Schools from a CSV table.

Columns: npsn, name, level (SD, SMP, MI, MTs), status (negeri, swasta), kecamatan_code, address, lat, lng. A point may
be left out; one that lies outside of Indonesia is a mistake.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from contracts.education import Ownership, SchoolRow
from contracts.geography import Point
from kota.importing.faults import Fault, faults_of, refuse
from kota.importing.reading import read_table

COLUMNS = ("npsn", "name", "level", "status", "kecamatan_code", "address", "lat", "lng")
STATUS = {"negeri": Ownership.STATE, "swasta": Ownership.PRIVATE}
WHERE = {"coordinates": "lng/lat", "ownership": "status"}


def read_schools(path: Path) -> list[SchoolRow]:
    """The whole table. Raises BadFile that names every wrong value; then nothing is given back."""
    rows: list[SchoolRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, row in read_table(path, COLUMNS):
        if row["npsn"] in seen:
            faults.append(Fault(line, "npsn", f"stands in row {seen[row['npsn']]} too", "give each school once"))
        seen.setdefault(row["npsn"], line)
        try:
            rows.append(_school(row))
        except ValidationError as error:
            faults += faults_of(line, error, WHERE)
        except ValueError:
            faults.append(Fault(line, "lng/lat", "no degrees", "write 106.6587 and -6.1805, or leave both empty"))
    refuse(path.name, faults)
    return rows


def _school(row: dict[str, str]) -> SchoolRow:
    point: Point | None = None
    if row["lat"] or row["lng"]:
        longitude, latitude = (float(row[name].replace(",", ".")) for name in ("lng", "lat"))
        point = Point(coordinates=(longitude, latitude))
    return SchoolRow.model_validate(
        {
            "npsn": row["npsn"],
            "name": row["name"],
            "level": row["level"],
            "ownership": STATUS.get(row["status"].lower(), row["status"]),
            "kecamatan_code": row["kecamatan_code"],
            "address": row["address"],
            "location": point,
        }
    )
