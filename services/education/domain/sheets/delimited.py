"""CSV as spreadsheets export it: comma, semicolon or tab; UTF-8 with or without a mark, or Windows' western letters."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from .cells import Cell, Line
from .limits import Limits, Unreadable

SEPARATORS = (";", ",", "\t")
SAMPLE = 64_000
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_TRY = 1 << 20


def sheets(file: IO[bytes], limits: Limits) -> Iterator[Iterator[Line]]:
    """One sheet. Raises Unreadable."""
    yield _lines(file, limits)


def _lines(file: IO[bytes], limits: Limits) -> Iterator[Line]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        sample = text.read(SAMPLE)
        text.seek(0)
        csv.field_size_limit(limits.cell * 8)
        reader = csv.reader(text, delimiter=_separator(sample), strict=False)
        for row in reader:
            number += 1
            limits.check_row(number)
            if "\0" in "".join(row):
                raise Unreadable("wrong_type", "the file is no text", "send the exported spreadsheet")
            cells = [
                _cell(column, value.strip()[: limits.cell])
                for column, value in enumerate(row[: limits.columns])
                if value.strip()
            ]
            if cells:
                yield Line(number, cells)
    except csv.Error:
        raise Unreadable(
            "damaged", f"row {number + 1} can't be read", "look for a quotation mark that is not closed"
        ) from None
    except UnicodeDecodeError:
        raise Unreadable("wrong_letters", "the file's letters can't be read", "save it as UTF-8, or as .xlsx") from None
    finally:
        text.detach()


def _cell(column: int, text: str) -> Cell:
    """`="0123"` keeps zeros in a CSV that is opened by double click; errors are written as words."""
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        return column, "text", text[2:-1]
    if text in ERRORS:
        return column, "error", text
    return column, "text", text[1:] if text.startswith("'") and text[1:].isdigit() else text


def _encoding(file: IO[bytes]) -> str:
    start = file.read(4)
    file.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(_TRY):
            decoder.decode(block)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"


def _separator(sample: str) -> str:
    """The one that most lines of the beginning hold most often."""
    lines = sample.splitlines()[:30]
    return max(SEPARATORS, key=lambda separator: sum(line.count(separator) for line in lines))
