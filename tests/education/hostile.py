"""Files that are no rosters, or worse: how each is made, and the code by which it is refused."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

import xlsxwriter

from tests.education.files import by_open_document, by_xlsxwriter, child, grid

GOOD = by_xlsxwriter(grid([child(number) for number in range(1, 40)]))
SHEET = "xl/worksheets/sheet1.xml"


def with_part(name: str, content: bytes = b"x") -> bytes:
    """The good workbook with one part more."""
    output = io.BytesIO(GOOD)
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return output.getvalue()


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """The good workbook with its sheet changed."""
    return changed(GOOD, SHEET, change)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if name == part else text)
            assert name != part or change(text) != text, "the file is as good as before"
    return output.getvalue()


def encrypted_flag(content: bytes) -> bytes:
    """As if the parts of the package were encrypted."""
    return re.sub(rb"(PK\x01\x02.{4}).", lambda found: found[1] + b"\x01", content, flags=re.DOTALL)


def row_number(digits: bytes) -> Callable[[bytes], bytes]:
    """One more row with this number."""
    return lambda xml: xml.replace(
        b"</sheetData>", b'<row r="' + digits + b'"><c r="A1"><v>1</v></c></row></sheetData>'
    )


def another_digit() -> bytes:
    """As a bad disk makes it: one digit of a large list is another, and its checksum does not fit."""
    rows = [child(number, Nama=f"Nama {number} " + "x" * 300) for number in range(1, 1_500)]
    output = io.BytesIO()
    good = io.BytesIO(by_xlsxwriter(grid(rows), inline=True))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " * 600_000 if name == SHEET else b""))
    digits = str(child(700)["NIK"]).encode()
    return output.getvalue().replace(digits, digits[:-1] + b"9", 1)


def renumbered(digits: bytes) -> Callable[[bytes], bytes]:
    """The row 9 has another number."""
    return lambda xml: xml.replace(b'<row r="9"', b'<row r="' + digits + b'"')


def open_document(change: Callable[[bytes], bytes]) -> bytes:
    """An OpenDocument list with its content changed."""
    good = by_open_document(grid([child(number) for number in range(1, 6)]))
    return changed(good, "content.xml", change)


def repeated(what: bytes, times: bytes) -> Callable[[bytes], bytes]:
    """Each row, or each cell, so often."""
    one, many = {b"row": (b"table:table-row", b"rows"), b"cell": (b"table:table-cell", b"columns")}[what]
    count = b' table:number-%b-repeated="%b"' % (many, times)
    return lambda xml: xml.replace(b"<" + one + b">", b"<" + one + count + b">").replace(
        b"<" + one + b" office", b"<" + one + count + b" office"
    )


def days_since_1904() -> bytes:
    """As Excel for Mac counted them."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"date_1904": True})
    book.add_worksheet().write(0, 0, "Nama")
    book.close()
    return output.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def large(content: bytes) -> bytes:
    """The same with so much beside it that a second process reads it."""
    output = io.BytesIO(content)
    with zipfile.ZipFile(output, "a", zipfile.ZIP_STORED) as book:
        book.writestr("xl/media/y.bin", random.Random(1).randbytes(3_000_000))
    return output.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("a part that unpacks to far more", lambda: with_part("xl/media/x.bin", bytes(30_000_000)), "unpacks_too_large"),
    ("macros", lambda: with_part("xl/vbaProject.bin"), "macros"),
    ("links to other files", lambda: with_part("xl/externalLinks/externalLink1.xml"), "external_links"),
    ("encrypted parts", lambda: encrypted_flag(GOOD), "password"),
    ("a password", lambda: OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("cut off", lambda: GOOD[: len(GOOD) // 2], "damaged"),
    ("an old workbook cut off", lambda: OLD_OFFICE, "damaged"),
    ("a sheet that ends in the middle", lambda: with_sheet(lambda xml: xml[: len(xml) // 2]), "damaged"),
    (
        "a document type",
        lambda: with_sheet(lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE x><worksheet")),
        "damaged",
    ),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "wrong_type"),
    ("a paper", lambda: b"%PDF-1.7\n" + bytes(100), "wrong_type"),
    ("a page", lambda: b"<html><table><tr><td>Nama</td></tr></table></html>", "wrong_type"),
    ("bytes that no alphabet has", lambda: b"Nama;NISN\nx\x81;1\n\xff", "wrong_letters"),
    ("half a letter", lambda: b"\xff\xfeN\0a\0x", "wrong_letters"),
    ("a row with a number of 5,000 digits", lambda: with_sheet(row_number(b"9" * 5000)), "damaged"),
    ("a digit that a bad disk changed", another_digit, "damaged"),
    ("a row that stands twice", lambda: with_sheet(renumbered(b"8")), "rows_out_of_order"),
    ("rows that run backwards", lambda: with_sheet(renumbered(b"2")), "rows_out_of_order"),
    ("a row with the number 0", lambda: with_sheet(renumbered(b"0")), "rows_out_of_order"),
    ("a row with a negative number", lambda: with_sheet(renumbered(b"-3")), "rows_out_of_order"),
    ("an open document that ends in the middle", lambda: open_document(lambda xml: xml[: len(xml) // 2]), "damaged"),
    ("rows that stand there no times", lambda: open_document(repeated(b"row", b"0")), "damaged"),
    ("rows that stand there minus five times", lambda: open_document(repeated(b"row", b"-5")), "damaged"),
    ("cells that stand there minus five times", lambda: open_document(repeated(b"cell", b"-5")), "damaged"),
    ("rows that stand there a billion times", lambda: open_document(repeated(b"row", b"1000000000")), "too_many_rows"),
    ("days since 1904", days_since_1904, "days_since_1904"),
    ("nothing", lambda: b"", "empty"),
    ("bytes", lambda: b"\x01\x02\0\0\x03" * 50, "wrong_type"),
    (
        "a million empty rows",
        lambda: with_sheet(lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 1_000_000 + b"</sheetData>")),
        "too_many_rows",
    ),
    (
        "a cell without end",
        lambda: with_sheet(lambda xml: xml.replace(b"</sheetData>", b"<row><c><v>" + b"9" * 19_000_000)),
        "damaged",
    ),
]
