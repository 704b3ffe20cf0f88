"""The bank's answer: a CSV file, read whole or refused with every row that is wrong (the first twenty)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.education import LineState
from contracts.problems import FieldError, InvalidRequest, wrong_field

from .bank_file import reference as reference_of

COLUMNS = ("reference", "status", "rupiah", "date", "reason")
STATUS = {"PAID": LineState.PAID, "BOUNCED": LineState.BOUNCED}
MOST_FAULTS, LONGEST = 20, 200


@dataclass(frozen=True, slots=True)
class Result:
    """Of one line. `row` counts from 1, the head included."""

    row: int
    reference: str
    state: LineState
    rupiah: int
    on: date
    reason: str | None


def read(content: bytes) -> list[Result]:
    """Every row. Raises InvalidRequest."""
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ","))
    except (UnicodeDecodeError, csv.Error):
        raise wrong_field(
            "file", "not_csv", "the file is no CSV in UTF-8", "send the bank's file as text, columns separated by ;"
        ) from None
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS if name not in head]:
        names = ", ".join(missing)
        raise wrong_field(
            "file",
            "columns_missing",
            f"columns are missing: {names}",
            "send reference, status, rupiah, date and reason in the first row",
        )
    faults, found = list[FieldError](), list[Result]()
    for number, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            result = _result(number, row)
            if isinstance(result, FieldError):
                faults.append(result)
            else:
                found.append(result)
    if faults:
        raise_all(faults)
    return list(_distinct(found))


def raise_all(faults: list[FieldError]) -> None:
    """Raise InvalidRequest with the first of them."""
    raise InvalidRequest(errors=tuple(faults[:MOST_FAULTS]))


def row_fault(row: int, code: str, detail: str, fix: str) -> FieldError:
    """What is wrong in a row."""
    return FieldError(pointer=f"/file/{row}", code=code, detail=detail, fix=fix)


def number_of(reference: str, id: UUID, exports: int) -> tuple[int | None, bool]:
    """The line's number in the present export, if it is one of it; else whether it is of an export that was voided."""
    _, export, number = [*reference.split("-"), "", ""][:3]
    if not (export.isdecimal() and number.isdecimal()) or len(reference) > 40:
        return None, False
    if reference != reference_of(id, int(export), int(number)):  # written otherwise, such as 01, it would count twice
        return None, False
    if int(export) == exports:
        return int(number), False
    return None, 0 < int(export) < exports


def _result(number: int, row: dict[str, str]) -> Result | FieldError:
    state = STATUS.get(row.get("status", "").upper())
    if state is None:
        return row_fault(number, "status", "the status is neither PAID nor BOUNCED", "ask the bank what it means")
    rupiah = row.get("rupiah", "").replace(".", "")
    if not (rupiah.isascii() and rupiah.isdecimal() and len(rupiah) <= 15):
        return row_fault(number, "rupiah", "the sum is no whole number of rupiah", "send digits only")
    try:
        on = date.fromisoformat(row.get("date", ""))
    except ValueError:
        return row_fault(number, "date", "the date is none", "send year, month and day, such as 2026-01-31")
    reason = row.get("reason", "")[:LONGEST] or None
    if state is LineState.BOUNCED and reason is None:
        return row_fault(number, "reason_missing", "a bounced line has no reason", "ask the bank for it")
    return Result(number, row.get("reference", ""), state, int(rupiah), on, reason)


def _distinct(found: list[Result]) -> Iterator[Result]:
    seen = dict[str, int]()
    faults = list[FieldError]()
    for one in found:
        if one.reference in seen:
            faults.append(row_fault(one.row, "twice", "the reference stands twice in the file", "send each line once"))
        seen[one.reference] = one.row
        yield one
    if faults:
        raise_all(faults)
