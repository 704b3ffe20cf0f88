"""Hospitals, puskesmas and ambulance bases from a CSV table.

Columns: id, name, type (puskesmas, hospital_public, hospital_private, ambulance_base, cemetery_public), kecamatan_code,
kelurahan_code (may be empty), approx_lat, approx_lng, emergency_24h (yes, no, unverified), status. `emergency_24h` is
taken as true only for `yes`: an unverified emergency room must not attract ambulances.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from contracts.ambulance.requests.resources import FacilityRow
from contracts.geography import Point
from kota.importing.faults import Fault, faults_of, refuse
from kota.importing.reading import read_table

COLUMNS = (
    "id",
    "name",
    "type",
    "kecamatan_code",
    "kelurahan_code",
    "approx_lat",
    "approx_lng",
    "emergency_24h",
    "status",
)
TYPES = {"puskesmas": "puskesmas", "hospital_public": "hospital", "hospital_private": "hospital"}
BASE, CEMETERY, PLANNED = "ambulance_base", "cemetery_public", "planned"
ALL_TYPES = (*TYPES, BASE, CEMETERY)
EMERGENCY = ("yes", "no", "unverified")
WHERE = {"kelurahan_code": "kelurahan_code", "location": "approx_lng/approx_lat"}


@dataclass(frozen=True)
class Site:
    """Where units can be stationed: a base, puskesmas or public hospital."""

    id: str
    type: str
    kecamatan_code: str
    location: Point


@dataclass(frozen=True)
class Facilities:
    """A whole table: what is imported, where units can stand, and what was set aside with the reason."""

    rows: tuple[FacilityRow, ...]
    sites: tuple[Site, ...]
    set_aside: tuple[tuple[str, str], ...]


@dataclass
class _Reading:
    rows: list[FacilityRow] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, line: int, row: dict[str, str]) -> None:
        wrong = [*_wrong_words(line, row)]
        point, misplaced = _point(line, row)
        self.faults += [*wrong, *misplaced, *self._twice(line, row["id"])]
        if not wrong and point:
            self._sort(line, row, point)

    def _sort(self, line: int, row: dict[str, str], point: Point) -> None:
        label = f"{row['id']} {row['name']}"
        if row["type"] == CEMETERY:
            self.set_aside.append((label, "a cemetery is not this service's yet"))
        elif row["status"].lower().startswith(PLANNED):
            self.set_aside.append((label, f"it does not operate yet: {row['status']}"))
        elif row["type"] == BASE:
            self.sites.append(Site(row["id"], row["type"], row["kecamatan_code"], point))
        else:
            self._facility(line, row, point)

    def _facility(self, line: int, row: dict[str, str], point: Point) -> None:
        try:
            facility = FacilityRow(
                id=row["id"],
                name=row["name"],
                type=TYPES[row["type"]],  # type: ignore[arg-type]
                location=point,
                kelurahan_code=row["kelurahan_code"] or None,
                emergency_24h=row["emergency_24h"] == "yes",
            )
        except ValidationError as error:
            self.faults += faults_of(line, error, WHERE)
            return
        self.rows.append(facility)
        self.sites.append(Site(row["id"], row["type"], row["kecamatan_code"], point))

    def _twice(self, line: int, id: str) -> Iterator[Fault]:
        if id in self.seen:
            yield Fault(line, "id", f"{id} stands in row {self.seen[id]} too", "give each place an id of its own")
        self.seen.setdefault(id, line)


def read_facilities(path: Path) -> Facilities:
    """The whole table. Raises BadFile that names every wrong value; then nothing is given back."""
    reading = _Reading()
    for line, row in read_table(path, COLUMNS):
        reading.take(line, row)
    refuse(path.name, reading.faults)
    return Facilities(tuple(reading.rows), tuple(reading.sites), tuple(reading.set_aside))


def _wrong_words(line: int, row: dict[str, str]) -> Iterator[Fault]:
    if not row["id"]:
        yield Fault(line, "id", "missing", "give the place an id")
    if not row["name"]:
        yield Fault(line, "name", "missing", "give the place a name")
    for column, words in (("type", ALL_TYPES), ("emergency_24h", EMERGENCY)):
        if row[column] not in words:
            yield Fault(line, column, f"{row[column]!r} is unknown", f"use one of {', '.join(words)}")


def _point(line: int, row: dict[str, str]) -> tuple[Point | None, list[Fault]]:
    degrees, faults = [], []
    for column in ("approx_lng", "approx_lat"):
        try:
            degrees.append(float(row[column]))
        except ValueError:
            faults.append(Fault(line, column, "not a number", "give degrees with a decimal point, such as 106.63"))
    if faults:
        return None, faults
    try:
        return Point(coordinates=(degrees[0], degrees[1])), []
    except ValidationError as error:
        return None, faults_of(line, error, {"coordinates": "approx_lng/approx_lat"})
