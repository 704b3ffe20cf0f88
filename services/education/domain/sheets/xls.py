"""Excel 97 workbooks (.xls), by xlrd. They hold at most 65,536 rows, so they are read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

from .cells import Cell, Kind, Line
from .limits import OTHER_DAYS, Limits, Unreadable
from .package import DAMAGED, password_protected

_KINDS: dict[int, Kind] = {1: "text", 2: "number", 3: "number", 4: "flag", 5: "error"}


def sheets(file: IO[bytes], limits: Limits) -> Iterator[Iterator[Line]]:
    """The rows of each sheet. Raises Unreadable."""
    import xlrd  # seldom needed

    content = file.read()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Unreadable("macros", "the file holds macros", "save it as .xlsx without macros")
    book = _read(lambda: xlrd.open_workbook(file_contents=content, on_demand=True, logfile=_Silence()))
    if book.datemode == 1:
        raise OTHER_DAYS
    for index in range(min(book.nsheets, 5)):
        yield _lines(book, index, limits)


def _read(what: Callable[[], Any]) -> Any:
    """Whatever the reader stumbles over in what somebody sent, the file is at fault. Raises Unreadable."""
    try:
        return what()
    except MemoryError:
        raise
    except Exception as error:
        raise (password_protected() if "encrypted" in str(error) else DAMAGED) from None


class _Silence:
    """xlrd tells its doubts to people."""

    def write(self, _: str) -> None:
        """Say nothing."""


def _lines(book: Any, index: int, limits: Limits) -> Iterator[Line]:
    sheet = _read(lambda: book.sheet_by_index(index))
    for row in range(sheet.nrows):
        limits.check_row(row + 1)
        cells: list[Cell] = [
            (column, _KINDS[kind], _text(kind, value)[: limits.cell])
            for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True))
            if kind in _KINDS and column < limits.columns and (kind != 1 or value.strip("\0 "))
        ]
        if cells:
            yield Line(row + 1, cells)
    book.unload_sheet(index)


def _text(kind: int, value: Any) -> str:
    if kind == 1:
        return str(value).replace("\0", "").strip()
    if kind in (2, 3):
        return repr(value)
    return str(value)
