"""The city's schools."""

from __future__ import annotations

from pydantic import Field

from ...base import Model, Query, Request
from ...geography import Point
from ...identity import KecamatanCode, Npsn
from ...paging import PageQuery
from ..values import Level, Ownership
from ..views import SchoolImportView, SchoolPage, SchoolView


class SchoolRow(Model):
    npsn: Npsn
    name: str = Field(min_length=2, max_length=150)
    level: Level
    ownership: Ownership
    kecamatan_code: KecamatanCode
    address: str = Field(default="", max_length=300)
    location: Point | None = None


class ImportSchools(Request, operation="education.import_schools", scope="education:manage", reply=SchoolImportView):
    """Create or update by NPSN; sending the same again changes nothing. Who is not in the list stays as it is."""

    schools: tuple[SchoolRow, ...] = Field(min_length=1, max_length=500)


class ListSchools(PageQuery, operation="education.list_schools", scope="education:read", reply=SchoolPage):
    """By NPSN; a school's operator sees their own."""

    level: Level | None = None
    ownership: Ownership | None = None
    kecamatan_code: KecamatanCode | None = None


class GetSchool(Query, operation="education.get_school", scope="education:read", reply=SchoolView):
    """One school with how many pupils each grade has."""

    npsn: Npsn


__all__ = ["GetSchool", "ImportSchools", "ListSchools", "SchoolRow"]
