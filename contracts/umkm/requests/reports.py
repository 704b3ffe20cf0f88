"""The year's figures for the Smart City evaluation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...base import Query
from ...files import Csv, Xlsx

Year = Annotated[int, Field(ge=2000, le=2099)]


class GetYearReport(Query, operation="umkm.get_year_report", scope="umkm:report", reply=Csv):
    """Owners trained, passed, listed, financed, repaid and in arrears, by kecamatan, class and sex. Each owner counts
    once in each row: a row with `all` is counted anew and is no sum. Trained: came to a session of a training whose
    last day is in the year; listed: a product was published in it; financed and repaid: a loan was paid out, or
    settled, in it; in arrears: on its last day that the bank's files cover. Sums of money are of the loans. Kecamatan
    and class are those of the business when it asked for the seat or the loan, or submitted the product."""

    year: Year


class GetYearWorkbook(Query, operation="umkm.get_year_workbook", scope="umkm:report", reply=Xlsx):
    """The same as a workbook."""

    year: Year


__all__ = ["GetYearReport", "GetYearWorkbook"]
