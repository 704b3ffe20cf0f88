"""Rows of a worksheet as nearly all writers write them, read more than twice as fast as by an XML parser.

A row is taken only if the whole of it has the plain shape below; at the first one that has not, `Doubt` is raised and
the parser in xlsx.py goes on from that row. So this knows nothing of formulas, comments, prefixes or rich text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from html import unescape

from .cells import Cell, Kind, Line, column_of, without_escapes
from .limits import Limits
from .package import Part
from .shared import SharedTexts

BLOCK, LONGEST_HEAD = 1 << 18, 1 << 20
_HEAD = re.compile(r'(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="yes")?\s?\?>\s*)?<worksheet\b')
_CELL = (
    r'<c r="{letters}[0-9]+"(?: s="[0-9]+")?(?: t="{kind}")?'
    r"(?:/>|>(?:<v>{value}</v>|<is><t(?: xml:space=\"preserve\")?>{text}</t></is>)?+</c>)"
)
_PARTS = {"letters": "[A-Z]{1,3}", "kind": "[a-zA-Z]+", "value": "[^<]*", "text": "[^<]*"}
_ROW = re.compile(r'\s*<row r="([0-9]{1,9})"[^<>]*+>' + f"(?:{_CELL.format(**_PARTS)})*+</row>")
_CELLS = re.compile(_CELL.format(**{name: f"({part})" for name, part in _PARTS.items()}))
_EMPTY = re.compile(r'\s*<row r="([0-9]{1,9})"[^<>]*+/>')
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_KINDS: dict[str, Kind] = {"": "number", "n": "number", "b": "flag", "e": "error", "d": "date", "inlineStr": "text"}


class Doubt(Exception):
    """Not plain: read it with the parser."""


def plain_lines(
    stream: Part, texts: SharedTexts, limits: Limits, wanted: Callable[[], Container[int]]
) -> Iterator[tuple[int, Line | None]]:
    """The number of each row, and the row if it is not empty. Raises Doubt."""
    known: dict[str, int] = {}
    for row, number in _rows(stream):
        limits.check_row(number)
        cells = _row(row, texts, limits, wanted(), known)
        yield number, Line(number, cells) if cells else None


def _rows(stream: Part) -> Iterator[tuple[str, int]]:
    text, pending, more = "", b"", True
    begun = False
    while more:
        block = stream.read(BLOCK)
        more = bool(block)
        new, pending = _whole_characters(pending + block)
        text += new
        if not begun:
            head, begins, after = text.partition("<sheetData>")
            if not begins:
                if len(text) > LONGEST_HEAD:
                    raise Doubt
                continue
            if not _HEAD.match(head):
                raise Doubt
            text, begun = after, True
        position = 0
        while stop := _end_of_row(text, position):
            match = _ROW.fullmatch(text, position, stop) or _EMPTY.fullmatch(text, position, stop)
            if match is None:
                raise Doubt
            yield text[position:stop], int(match[1])
            position = stop
        text = text[position:]
        if text.lstrip().startswith("</sheetData>"):
            return
    raise Doubt


def _end_of_row(text: str, position: int) -> int:
    """Where the row that begins here ends; 0 if that is not here yet, or no row begins."""
    tag = text.find(">", position)
    if tag < 0 or text.endswith("</sheetData", position, tag):
        return 0
    if text[tag - 1] == "/":
        return tag + 1
    end = text.find("</row>", tag)
    return 0 if end < 0 else end + len("</row>")


def _row(text: str, texts: SharedTexts, limits: Limits, wanted: Container[int], known: dict[str, int]) -> list[Cell]:
    row: list[Cell] = []
    special = "&" in text
    if special and _ENTITY.search(text):
        raise Doubt
    for letters, kind, value, inline in _CELLS.findall(text):
        column = known.get(letters)
        if column is None:
            column = column_of(letters, known)
        if column not in wanted:
            continue
        if kind == "s":
            shown = texts.at(value)
        else:
            shown = value or inline
            if special:
                shown = unescape(shown)
            if "_x" in shown:
                shown = without_escapes(shown)
        shown = shown.strip()
        if shown:
            row.append((column, _KINDS.get(kind, "text"), shown[: limits.cell]))
    return row


def _whole_characters(data: bytes) -> tuple[str, bytes]:
    """What can be decoded, and the beginning of a character whose end is not here yet."""
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                raise Doubt from None
    raise Doubt
