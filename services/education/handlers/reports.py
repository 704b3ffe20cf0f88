"""Figures of a term: as CSV and workbook for the office, without small counts for everybody."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from chassis.work import Work
from contracts.education import GetWaiverReport, GetWaiverWorkbook, ListWaiverFigures, WaiverFigure, WaiverFigures
from contracts.files import Csv, Xlsx
from contracts.identity import region_name
from contracts.times import WIB

from .. import store
from ..domain.months import term_days
from ..domain.suppression import LEAST, hidden, least_told, sum_is_shown

ALL = "all"
KEYS = ("programme", "kecamatan_code", "kecamatan", "npsn", "school")
COUNTS = store.waiver_report.COUNTS
DEFINITIONS = (
    ("applications", "Permohonan untuk semester ini, menurut sekolah anak saat ini."),
    ("granted", "Keputusan yang mengabulkan, termasuk yang massal."),
    ("refused", "Keputusan yang menolak; satu anak dapat memiliki lebih dari satu."),
    ("waivers", "Pembebasan yang masih berlaku."),
    ("pupil_months", "Bulan peserta didik yang dikonfirmasi sekolah."),
    ("due", "Rupiah yang terutang untuk bulan-bulan semester ini, setelah koreksi."),
    ("paid", "Rupiah yang dibayarkan bank dalam semester ini, dikurangi yang kembali."),
)


def get_waiver_report(work: Work, query: GetWaiverReport) -> Csv:
    """UTF-8 with commas."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow((*KEYS, *COUNTS))
    writer.writerows(
        [_text(row[name]) for name in (*KEYS, *COUNTS)] for row in _rows(work, query.school_year, query.term)
    )
    return Csv(file_name=_name(query.school_year, query.term, "csv"), content=target.getvalue().encode())


def get_waiver_workbook(work: Work, query: GetWaiverWorkbook) -> Xlsx:
    """Figures on one sheet, what they mean on another."""
    import xlsxwriter  # loaded at the first workbook

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True})
        figures, meanings = book.add_worksheet("pembebasan"), book.add_worksheet("definisi")
        figures.write_row(0, 0, (*KEYS, *COUNTS), head)
        for number, row in enumerate(_rows(work, query.school_year, query.term), 1):
            figures.write_row(number, 0, [row[name] for name in (*KEYS, *COUNTS)])
        figures.freeze_panes(1, 0)
        figures.autofit()
        for number, pair in enumerate(DEFINITIONS):
            meanings.write_row(number, 0, pair)
        meanings.autofit()
    return Xlsx(file_name=_name(query.school_year, query.term, "xlsx"), content=target.getvalue())


def list_waiver_figures(work: Work, query: ListWaiverFigures) -> WaiverFigures:
    """By programme and kecamatan, without what would tell of fewer than five."""
    children, months, paid = (defaultdict[str, Counter[str]](Counter) for _ in range(3))
    for row in _of_schools(work, query.school_year, query.term):
        programme, place = row["programme"], row["kecamatan_code"]
        children[programme][place] += row["waivers"]
        months[programme][place] += row["pupil_months"]
        paid[programme][place] += row["paid"]
    items = list[WaiverFigure]()
    for programme, counts in children.items():
        rupiah = paid[programme]
        telling = {place: least_told(counts[place], months[programme][place], rupiah[place]) for place in counts}
        cells = hidden(telling)
        shown = sum_is_shown(telling, cells) and sum_is_shown(counts, cells)
        items.append(_figure(programme, ALL, counts.total() if shown else None, rupiah.total()))
        for place, count in sorted(counts.items()):
            items.append(_figure(programme, place, None if place in cells else count, rupiah[place]))
    return WaiverFigures(school_year=query.school_year, term=query.term, suppressed_below=LEAST, items=tuple(items))


def _figure(programme: str, place: str, count: int | None, rupiah: int) -> WaiverFigure:
    """Rupiah divided by the rate is a count: both are shown, or neither."""
    return WaiverFigure.model_validate(
        {
            "programme": programme,
            "kecamatan_code": place,
            "kecamatan": _place(place),
            "children": count,
            "paid_rupiah": None if count is None else rupiah,
        }
    )


def _rows(work: Work, school_year: str, term: int) -> list[dict[str, Any]]:
    """The city first, then each kecamatan, then each school."""
    schools = _of_schools(work, school_year, term)
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for row in schools:
        for place in (ALL, row["kecamatan_code"]):
            for name in COUNTS:
                sums[row["programme"], place][name] += row[name]
    places = [
        {"programme": programme, "kecamatan_code": place, "npsn": ALL, "school": ALL, **counts}
        for (programme, place), counts in sorted(sums.items(), key=lambda one: (one[0][0], one[0][1] != ALL, one[0][1]))
    ]
    return [row | {"kecamatan": _place(row["kecamatan_code"])} for row in [*places, *schools]]


def _of_schools(work: Work, school_year: str, term: int) -> list[dict[str, Any]]:
    begins, ends = term_days(school_year, term)
    since = datetime(begins.year, begins.month, begins.day, tzinfo=WIB)
    after = ends + timedelta(days=1)
    until = datetime(after.year, after.month, after.day, tzinfo=WIB)
    return store.waiver_report.by_school(work, school_year, term, begins, ends, since=since, until=until)


def _text(value: Any) -> Any:
    """A name that a spreadsheet program would take for a formula is marked as text."""
    risky = isinstance(value, str) and len(value) > 1 and value.startswith(("=", "+", "-", "@"))
    return f"'{value}" if risky else value


def _place(code: str) -> str:
    return code if code in (ALL, "-") else region_name(code) or code


def _name(school_year: str, term: int, ending: str) -> str:
    return f"pembebasan-{school_year.replace('/', '-')}-{term}.{ending}"
