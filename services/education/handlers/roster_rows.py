"""The preview of a roster: its rows with what is wrong where, and the refused ones as a workbook to mend."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import orjson

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import (
    CellFault,
    DownloadRefusedRows,
    ListRosterRows,
    RefusedRows,
    RosterRowPage,
    RosterRowView,
    RowOutcome,
)

from .. import store
from ..domain.roster.details import unpacked
from ..domain.roster.faults import words
from ..domain.roster.upload import Upload
from . import find
from .sorting import CELLS, DETAILS


def list_roster_rows(work: Work, query: ListRosterRows) -> RosterRowPage:
    """In the order of the file; pupils who are not in it come first, with no number."""
    upload = find.roster(work, query.roster_id)
    rows, cursor = store.roster_row.pages(work, query)
    return RosterRowPage(items=tuple(_view(work, upload, row) for row in rows), next=cursor)


def download_refused_rows(work: Work, query: DownloadRefusedRows) -> RefusedRows:
    """Every cell as text, so that no number loses a digit; the reasons stand in the last column."""
    find.require_purpose(work)
    upload = find.roster(work, query.roster_id)
    work.audit(upload.id, npsn=upload.npsn, refused_rows_taken=True)
    titles = {int(column): title for column, title in upload.titles.items()}
    rows = store.roster_row.refused(work, upload.id)
    content = _workbook(work, upload, titles, rows)
    return RefusedRows(file_name=f"baris-ditolak-{upload.npsn}.xlsx", content=content)


def _view(work: Work, upload: Upload, row: Mapping[str, Any]) -> RosterRowView:
    name = row["shown_name"] or _name(work, row)
    if row["outcome"] == RowOutcome.LEFT:
        name = store.pupil.shown_name(work, row["pupil_id"])
    return RosterRowView(
        row=row["number"] if row["number"] > 0 else None,
        outcome=row["outcome"],
        name=name,
        class_name=row["class_name"] or "",
        pupil_id=row["pupil_id"] if row["known"] else None,
        elsewhere=row["elsewhere"],
        first_row=row["first_row"],
        provisional=row["provisional"],
        faults=tuple(_fault(upload, fault) for fault in row["faults"]),
    )


def _name(work: Work, row: Mapping[str, Any]) -> str:
    if row["pupil_id"] is None or row["details"] is None:
        return ""
    details = unpacked(work.cipher.decrypt(row["details"], field=DETAILS, row=row["pupil_id"]))
    return mask_name(details["name"])


def _fault(upload: Upload, kept: Mapping[str, Any]) -> CellFault:
    problem, fix, problem_id, fix_id = words(kept["code"], kept["problem"], kept["fix"])
    return CellFault(
        cell=kept["cell"],
        column=upload.titles.get(str(kept["column"]), kept["field"]),
        code=kept["code"],
        value=kept["value"],
        refuses=kept["refuses"],
        problem=problem,
        fix=fix,
        problem_id=problem_id,
        fix_id=fix_id,
    )


def _workbook(work: Work, upload: Upload, titles: dict[int, str], rows: list[Mapping[str, Any]]) -> bytes:
    import xlsxwriter  # seldom needed

    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Baris ditolak")
    as_text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "text_wrap": True})
    last = max(titles, default=0) + 1
    sheet.set_column(0, last, 14, as_text)
    for column, title in titles.items():
        sheet.write_string(0, column, title.replace(" > ", " "), bold)
    sheet.write_string(0, last, "Alasan ditolak", bold)
    for line, row in enumerate(rows, start=1):
        place = f"{upload.id}/{row['number']}"
        for column, text in orjson.loads(work.cipher.decrypt(row["details"], field=CELLS, row=place)):
            sheet.write_string(line, column, text, as_text)
        sheet.write_string(line, last, "; ".join(_reason(upload, fault) for fault in row["faults"] if fault["refuses"]))
    book.close()
    return output.getvalue()


def _reason(upload: Upload, kept: Mapping[str, Any]) -> str:
    fault = _fault(upload, kept)
    return f"{fault.cell or fault.column}: {fault.problem_id}, {fault.fix_id}"
