"""What kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from . import delimited, ods, xls, xlsx
from .cells import Line
from .limits import Limits, Unreadable
from .package import password_protected

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WRONG = Unreadable("wrong_type", "this is no spreadsheet", "send the exported .xlsx, .ods, .xls or .csv file")


def open_sheets(file: IO[bytes], limits: Limits) -> Iterator[Iterable[Line]]:
    """The rows of each sheet of a seekable file. Raises Unreadable, now or while it is read."""
    start = file.read(8)
    file.seek(0)
    if start.startswith(ZIP):
        return ods.sheets(file, limits) if _is_open_document(file) else xlsx.sheets(file, limits)
    if start == OLD_OFFICE:
        if _holds(file, _ENCRYPTED):
            raise password_protected()
        return xls.sheets(file, limits)
    if not start.strip():
        raise Unreadable("empty", "the file is empty", "export it again")
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{", b"<", b"\x7fELF", b"Rar!", b"7z")):
        raise _WRONG
    return delimited.sheets(file, limits)


def _is_open_document(file: IO[bytes]) -> bool:
    try:
        names = zipfile.ZipFile(file).namelist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return False  # the other reader says what is wrong
    finally:
        file.seek(0)
    return "content.xml" in names and "xl/workbook.xml" not in names


def _holds(file: IO[bytes], what: bytes) -> bool:
    tail = b""
    try:
        while block := file.read(1 << 20):
            if what in tail + block:
                return True
            tail = block[-len(what) :]
        return False
    finally:
        file.seek(0)
