"""The burial unit from a file: a workbook with the sheets vehicles, officers and burial_places, or JSON as the API has
it. Everything of the file is right, or nothing is sent.

A shift is written as people say it: `senin-jumat 07:00-19:00; sabtu 07:00-12:00`, or with English days; `19:00-07:00`
ends on the next day. A point is `longitude` and `latitude`, in degrees.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from contracts.hearse.requests.fleet import BurialPlaceRow, ImportFleet, OfficerRow, VehicleRow
from contracts.times import Weekday
from kota.importing.faults import BadFile, Fault, faults_of, refuse
from kota.importing.reading import LARGEST_BYTES, read_json

SHEETS = ("vehicles", "officers", "burial_places")
DAYS = tuple(Weekday)
INDONESIAN = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAY = {name: day for names in (INDONESIAN, DAYS) for name, day in zip(names, DAYS, strict=True)}
_SHIFT = re.compile(r"([a-z]+)(?:\s*-\s*([a-z]+))?\s+(\d{1,2}[:.]\d{2})\s*-\s*(\d{1,2}[:.]\d{2})")
_OPENING = re.compile(r"(.+?)\s+(\d{1,2}[:.]\d{2})\s*-\s*(\d{1,2}[:.]\d{2})")
YES = frozenset({"ya", "y", "yes", "true", "1"})
NO = frozenset({"tidak", "t", "no", "false", "0", ""})

Row = dict[str, str]


class Unreadable(Exception):
    """A cell that can't be read: its column, what is wrong, and how to mend it."""


def read_burial_unit(path: Path) -> ImportFleet:
    """The checked request. Raises BadFile naming every wrong cell."""
    if path.suffix.lower() == ".json":
        return _from_json(path)
    found: dict[str, list[BaseModel]] = {name: [] for name in SHEETS}
    faults: list[Fault] = []
    for sheet, build in (("vehicles", _vehicle), ("officers", _officer), ("burial_places", _burial_place)):
        for number, row in _rows(path, sheet):
            _take(found[sheet], faults, sheet, number, row, build)
    refuse(path.name, faults)
    return ImportFleet.model_validate(found)


def _from_json(path: Path) -> ImportFleet:
    try:
        return ImportFleet.model_validate(read_json(path))
    except ValidationError as error:
        raise BadFile(f"{path.name} does not fit:", "Mend it and try again.", faults_of(1, error)) from None


def _take(
    rows: list[BaseModel], faults: list[Fault], sheet: str, number: int, row: Row, build: Callable[[Row], BaseModel]
) -> None:
    try:
        rows.append(build(row))
    except Unreadable as error:
        column, problem, fix = error.args
        faults.append(Fault(number, f"{sheet}.{column}", problem, fix))
    except ValidationError as error:
        faults += [Fault(one.row, f"{sheet}.{one.column}", one.problem, one.fix) for one in faults_of(number, error)]


def _rows(path: Path, sheet: str) -> Iterator[tuple[int, Row]]:
    """The rows of a sheet with the numbers that an editor shows; a sheet that is not there has none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadFile(f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB.", "Choose another file.")
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise BadFile(f"{path} can't be read: {error.strerror}.", "Check the path and its rights.") from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise BadFile(f"{path.name} is no workbook.", "Send an .xlsx workbook, or .json.") from None
    if not set(SHEETS) & set(book.sheetnames):
        raise BadFile(f"{path.name} has none of the sheets {', '.join(SHEETS)}.", "Name the sheets so.")
    if sheet not in book.sheetnames:
        return
    lines = book[sheet].iter_rows(values_only=True)
    head = [_text(cell).lower() for cell in next(lines, ())]
    for number, line in enumerate(lines, start=2):
        row = {name: _text(cell) for name, cell in zip(head, line, strict=False) if name}
        if any(row.values()):
            yield number, row


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _vehicle(row: Row) -> BaseModel:
    return VehicleRow.model_validate({"id": row.get("id"), "plate": row.get("plate"), "base": _point(row)})


def _officer(row: Row) -> BaseModel:
    drives = row.get("drives", "").lower()
    if drives not in YES | NO:
        raise Unreadable("drives", "must be ya or tidak", "write ya for a driver, tidak for an assistant")
    shifts = [_shift(part) for part in _parts(row.get("shifts", ""))]
    return OfficerRow.model_validate(
        {"id": row.get("id"), "name": row.get("name"), "drives": drives in YES, "shifts": shifts}
    )


def _burial_place(row: Row) -> BaseModel:
    return BurialPlaceRow.model_validate(
        {
            "id": row.get("id"),
            "name": row.get("name"),
            "location": _point(row),
            "kelurahan_code": row.get("kelurahan_code"),
            "openings": [_opening(part) for part in _parts(row.get("openings", ""))],
            "notice_minutes": _whole(row, "notice_minutes", "120"),
            "capacity_per_hour": _whole(row, "capacity_per_hour", ""),
        }
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _shift(text: str) -> dict[str, Any]:
    match = _SHIFT.fullmatch(text.lower())
    first, last = (_DAY.get(name or "") for name in (match[1], match[2] or match[1])) if match else (None, None)
    if match is None or first is None or last is None:
        raise Unreadable("shifts", f"`{text[:40]}` is no shift", "write senin-jumat 07:00-19:00, several with ;")
    begin, end = DAYS.index(first), DAYS.index(last)
    days = DAYS[begin : end + 1] if begin <= end else (*DAYS[begin:], *DAYS[: end + 1])
    return {"days": days, "begins": _clock(match[3]), "ends": _clock(match[4])}


def _opening(text: str) -> dict[str, str]:
    match = _OPENING.fullmatch(text)
    if match is None:
        raise Unreadable("openings", f"`{text[:40]}` is no opening", "write siang 07:00-17:00, several with ;")
    return {"name": match[1], "begins": _clock(match[2]), "ends": _clock(match[3])}


def _clock(text: str) -> str:
    return text.replace(".", ":").zfill(5)


def _point(row: Row) -> dict[str, Any]:
    return {"coordinates": [_degrees(row, "longitude"), _degrees(row, "latitude")]}


def _degrees(row: Row, column: str) -> float:
    try:
        return float(row.get(column, "").replace(",", "."))
    except ValueError:
        raise Unreadable(column, "is no number of degrees", "write it as 106.6405") from None


def _whole(row: Row, column: str, default: str) -> int:
    text = row.get(column, "") or default
    try:
        return int(float(text))
    except ValueError:
        raise Unreadable(column, "is no whole number", "write digits only") from None
