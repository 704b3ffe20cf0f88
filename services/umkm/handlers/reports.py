"""The year's figures as CSV and as a workbook: the same rows."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

from chassis.work import Work
from contracts.files import Csv, Xlsx
from contracts.identity import region_name
from contracts.times import WIB
from contracts.umkm import GetYearReport, GetYearWorkbook

from .. import store

MONEY = (
    "financed",
    "financed_rupiah",
    "repaid",
    "paid_rupiah",
    "in_arrears",
    "arrears_rupiah",
    "granted",
    "granted_rupiah",
)
FIGURES = ("trained", "passed", "listed", *MONEY)
COLUMNS = ("year", "kecamatan_code", "kecamatan", "size_class", "sex", *FIGURES)
DEFINITIONS = (
    ("trained", "Pemilik usaha yang hadir di pelatihan yang berakhir pada tahun ini, masing-masing dihitung sekali."),
    ("passed", "Di antaranya yang lulus."),
    ("listed", "Pemilik usaha dengan produk yang diterbitkan di pasar pada tahun ini."),
    ("financed", "Pemilik usaha yang pinjamannya dicairkan pada tahun ini; financed_rupiah: jumlah pinjaman itu."),
    ("repaid", "Pemilik usaha yang melunasi pinjaman pada tahun ini."),
    ("paid_rupiah", "Angsuran yang dibayar pada tahun ini menurut tanggal valuta, dikurangi yang dibatalkan bank."),
    (
        "in_arrears",
        "Pemilik usaha dengan angsuran jatuh tempo yang belum dibayar pada hari terakhir tahun ini yang sudah dicakup"
        " berkas bank; arrears_rupiah: jumlahnya. Pinjaman yang dibekukan tidak ditagih dan tidak dihitung.",
    ),
    ("granted", "Pemilik usaha yang diberi hibah pada tahun ini; granted_rupiah: jumlah hibah itu."),
    ("all", "Dihitung ulang, bukan penjumlahan: satu pemilik dapat memiliki usaha di dua kecamatan."),
)
ALL = "all"


def get_year_report(work: Work, query: GetYearReport) -> Csv:
    """UTF-8 with commas."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(work, query.year))
    return Csv(file_name=f"umkm-{query.year}.csv", content=target.getvalue().encode())


def get_year_workbook(work: Work, query: GetYearWorkbook) -> Xlsx:
    """Figures on one sheet, what they mean on another."""
    import xlsxwriter  # loaded at the first workbook

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True})
        figures, meanings = book.add_worksheet(str(query.year)), book.add_worksheet("definisi")
        figures.write_row(0, 0, COLUMNS, head)
        for number, row in enumerate(_rows(work, query.year), 1):
            figures.write_row(number, 0, row)
        figures.autofit()
        figures.freeze_panes(1, 0)
        for number, row in enumerate(DEFINITIONS):
            meanings.write_row(number, 0, row)
        meanings.autofit()
    return Xlsx(file_name=f"umkm-{query.year}.xlsx", content=target.getvalue())


def _rows(work: Work, year: int) -> list[tuple[Any, ...]]:
    begins_at, ends_at = (datetime(one, 1, 1, tzinfo=WIB) for one in (year, year + 1))
    covered = store.capital.bank_file.covered_until(work)
    return [
        (
            year,
            row["kecamatan_code"],
            ALL if row["kecamatan_code"] == ALL else region_name(row["kecamatan_code"]),
            row["size_class"],
            row["sex"],
            *(int(row[name]) for name in FIGURES),
        )
        for row in store.report.rows(work, begins_at, ends_at, (date(year, 1, 1), date(year, 12, 31)), covered)
    ]
