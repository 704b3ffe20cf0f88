"""Rosters as files, for tests: made-up children, in every shape in which schools send them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

HEADING = ("Daftar Peserta Didik", "SD CONTOH SATU", "Kecamatan Kec. Tangerang", "Tanggal Unduh: 2026-11-29")
COLUMNS = (
    "No",
    "Nama",
    "NIPD",
    "JK",
    "NISN",
    "Tempat Lahir",
    "Tanggal Lahir",
    "NIK",
    "Agama",
    "Data Ayah > Nama",
    "Data Ayah > NIK",
    "Data Ibu > Nama",
    "Data Ibu > NIK",
    "Rombel Saat Ini",
    "No KK",
    "Jml. Saudara\nKandung",
)
GIVEN = ("Ahmad", "Siti", "Budi", "Dewi", "Fajar", "Hana", "Intan", "Joko")
FAMILY = ("Saputra", "Wulandari", "Hidayat", "Lestari", "Pratama", "Rahmawati", "Setiawan")


def child(number: int, **more: Any) -> dict[str, Any]:
    """A made-up child: number 1, 2, … The serials mark it as synthetic (9000 and above)."""
    grade = number % 6 + 1
    year, month, day = 2019 - grade, number % 12 + 1, number % 28 + 1
    sex = "LP"[number % 2]
    told = {
        "No": number,
        "Nama": f"{GIVEN[number % 8]} {GIVEN[(number // 8) % 8]} {FAMILY[number % 7]}",
        "NIPD": f"{number:05d}",
        "JK": sex,
        "NISN": f"015{number:07d}",
        "Tempat Lahir": "Tangerang",
        "Tanggal Lahir": f"{year}-{month:02d}-{day:02d}",
        "NIK": f"367101{day + 40 * (sex == 'P'):02d}{month:02d}{year % 100:02d}{9000 + number % 1000:04d}",
        "Agama": "Islam",
        "Data Ayah > Nama": f"Ayah {number}",
        "Data Ayah > NIK": f"3671020105{80 + number // 1000:02d}{9000 + number % 1000:04d}",
        "Data Ibu > Nama": f"Ibu {number}",
        "Data Ibu > NIK": f"3671024105{80 + number // 1000:02d}{9000 + number % 1000:04d}",
        "Rombel Saat Ini": f"Kelas {grade} A",
        "No KK": f"367102120510{9000 + number % 1000:04d}",
        "Jml. Saudara\nKandung": 2,
    }
    return told | more


def grid(rows: Sequence[dict[str, Any]], columns: Sequence[str] = COLUMNS, above: int = 0) -> list[list[Any]]:
    """The sheet as a list of rows: heading, two header rows, pupils; `above` empty rows in front."""
    upper, lower, last = [], [], ""
    for name in columns:
        parent, _, sub = name.rpartition(" > ")
        upper.append((parent if parent != last else None) if parent else name)
        lower.append(sub if parent else None)
        last = parent
    heading = [[line] for line in HEADING]
    return [[] for _ in range(above)] + heading + [upper, lower] + [[row.get(name) for name in columns] for row in rows]


def by_xlsxwriter(lines: Sequence[Sequence[Any]], inline: bool = False) -> bytes:
    """As XlsxWriter writes it: texts shared, or inline."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": inline, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None:
                (sheet.write_string if isinstance(value, str) else sheet.write)(row, column, value)
    book.close()
    return output.getvalue()


def by_openpyxl(lines: Sequence[Sequence[Any]]) -> bytes:
    """As openpyxl writes it."""
    book = openpyxl.Workbook()
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            if value is not None:
                book.active.cell(row, column, value)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def by_open_document(lines: Sequence[Sequence[Any]]) -> bytes:
    """An .ods file, with the repetitions by which its writers save room."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines)
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/>'
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Lembar">{empty}</table:table-row>{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", content)
    return output.getvalue()


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{escape(part)}</text:p>" for part in value.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'


def by_hand(lines: Sequence[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """CSV."""
    output = io.StringIO()
    csv.writer(output, delimiter=separator).writerows(lines)
    return output.getvalue().encode(encoding)
