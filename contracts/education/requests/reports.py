"""Figures of a term: for the office by school, for everybody by kecamatan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...base import Query
from ...files import Csv, Xlsx
from ..values import SchoolYear
from ..views import WaiverFigures

Term = Annotated[int, Field(ge=1, le=2, description="1: July to December, 2: January to June.")]


class GetWaiverReport(Query, operation="education.get_waiver_report", scope="education:money", reply=Csv):
    """By programme, kecamatan and school: applications, grants, refusals, waivers, pupil-months, what is due and what
    was paid. Rows with `all` are sums."""

    school_year: SchoolYear
    term: Term


class GetWaiverWorkbook(Query, operation="education.get_waiver_workbook", scope="education:money", reply=Xlsx):
    """The same as a workbook, with what the columns mean."""

    school_year: SchoolYear
    term: Term


class ListWaiverFigures(
    Query, operation="education.list_waiver_figures", scope="education:public", reply=WaiverFigures
):
    """How many children have a waiver, by programme and kecamatan, and what was paid. Fewer than five are not shown,
    nor what would tell them by subtraction."""

    school_year: SchoolYear
    term: Term


__all__ = ["GetWaiverReport", "GetWaiverWorkbook", "ListWaiverFigures"]
