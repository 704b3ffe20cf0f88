"""A school (satuan pendidikan), known by its NPSN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.education import Level, Ownership
from contracts.geography import Point


@dataclass(slots=True)
class School:
    """`pupils_version` rises with every change of who is enrolled, `version` with every change of what is shown."""

    npsn: str
    name: str
    level: Level
    ownership: Ownership
    kecamatan_code: str
    address: str = ""
    location: Point | None = None
    closed_on: date | None = None
    merged_into: str | None = None
    pupils_version: int = 1
    version: int = 1

    def close(self, last_day: date, heir: str) -> None:
        """Another school takes it over."""
        self.closed_on, self.merged_into = last_day, heir
        self.version += 1

    def describe(self, told: School) -> bool:
        """Take over master data; True if anything changed."""
        names = ("name", "level", "ownership", "kecamatan_code", "address", "location")
        if all(getattr(self, name) == getattr(told, name) for name in names):
            return False
        for name in names:
            setattr(self, name, getattr(told, name))
        self.version += 1
        return True
