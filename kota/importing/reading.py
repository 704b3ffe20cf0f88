"""Opening a file that a person chose: it may be missing, in another encoding, or of another kind."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from kota.importing.faults import BadFile, Fault, refuse

LARGEST_BYTES = 50_000_000


def read_text(path: Path) -> str:
    """The text of a file. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadFile(
                f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB.", "Split it, or choose another file."
            )
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise BadFile(f"{path} can't be read: {error.strerror}.", "Check the path and its rights.") from None
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None


def read_json(path: Path) -> Any:
    """The JSON in a file. Raises BadFile with the place of the mistake."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadFile(
            f"{path.name} is not JSON: {error.msg} at {where}.", "Choose a GeoJSON file, or mend it."
        ) from None


def read_table(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """A CSV table's rows with their line numbers; separator comma or semicolon. Raises BadFile."""
    text = read_text(path)
    header = text.partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        raise BadFile(
            f"{path.name} lacks the column(s) {', '.join(missing)}.", f"The first line must name {', '.join(needed)}."
        )
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.line_num}: {error}.", "Mend the quotes of that line.") from None
    refuse(path.name, [fault for line, row in rows if (fault := _uneven(line, row))])
    return [(line, {name: value.strip() for name, value in row.items()}) for line, row in rows]


def _uneven(line: int, row: dict[Any, Any]) -> Fault | None:
    if None in row:
        return Fault(line, "row", "more values than columns", "put quotes around values that hold the separator")
    missing = next((name for name, value in row.items() if value is None), None)
    return Fault(line, missing, "the row ends before this column", "fill in the row") if missing else None
