"""Every row and every cell of a file, whoever wrote it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from services.education.domain.sheets import Limits, Unreadable, column_letters, open_sheets, plain
from services.education.domain.sheets import xlsx as reader
from tests.education.files import by_hand, by_openpyxl, by_xlsxwriter
from tests.education.hostile import changed, renumbered, with_sheet

LINES: list[list[Any]] = [
    [],
    [],
    [None, "Nama", "NISN", "Tanggal"],
    [],
    [None, " Siti & <Budi> ", "0012345678", 42136.5],
    [None, "D'Ávila", 12345678, None, True],
    [],
    [None] * 27 + ["AB"],
]
SEEN = [
    (3, [(1, "text", "Nama"), (2, "text", "NISN"), (3, "text", "Tanggal")]),
    (5, [(1, "text", "Siti & <Budi>"), (2, "text", "0012345678"), (3, "number", "42136.5")]),
    (6, [(1, "text", "D'Ávila"), (2, "number", "12345678"), (4, "flag", "1")]),
    (8, [(27, "text", "AB")]),
]


def read(content: bytes, limits: Limits | None = None, wanted: set[int] | None = None) -> list[tuple[int, list[Any]]]:
    """The first sheet."""
    sheet: Any = next(iter(open_sheets(io.BytesIO(content), limits or Limits())))
    if wanted is not None:
        sheet.wanted = frozenset(wanted)
    return [(line.number, list(line.cells)) for line in sheet]


@pytest.mark.parametrize(
    "write",
    [by_openpyxl, by_xlsxwriter, lambda lines: by_xlsxwriter(lines, inline=True)],
    ids=["openpyxl", "xlsxwriter", "inline"],
)
def test_all_writers_give_the_same_rows(write: Callable[[Sequence[Sequence[Any]]], bytes]) -> None:
    assert read(write(LINES)) == SEEN


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<sheetData>", "<!-- one --><sheetData>").replace("</row>", "<!-- end --></row>"),
        lambda xml: xml.replace("<row ", "\n  <row ").replace("<c ", "\n    <c "),
        lambda xml: xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x="),
        lambda xml: re.sub(r'<dimension ref="[A-Z0-9:]+"', '<dimension ref="A1"', xml),
    ],
    ids=["comments", "indented", "prefixed", "wrong dimension"],
)
def test_another_spelling_of_the_same_sheet_is_the_same(change: Callable[[str], str]) -> None:
    content = rewritten(by_xlsxwriter(LINES), "xl/worksheets/sheet1.xml", change)
    assert read(content) == SEEN


def rewritten(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part changed."""
    return changed(content, part, lambda text: change(text.decode()).encode())


def test_the_quick_way_and_the_parser_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        [row * 7 + column if (row + column) % 3 else f"t&{row}<{column}" for column in range(30)] for row in range(400)
    ]
    contents = [by_xlsxwriter(lines), by_xlsxwriter(lines, inline=True), by_openpyxl(lines)]
    quick = [read(content) for content in contents]

    monkeypatch.setattr(reader, "plain_lines", raises_doubt)
    assert [read(content) for content in contents] == quick
    assert quick[0] == quick[1] == quick[2]


def test_a_first_row_that_is_short_slows_down_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = [str(column) for column in range(40)]
    content = by_xlsxwriter([wide[:3], *([wide] * 30), [*wide, "one more"], *([[*wide, "one more"]] * 30)], inline=True)
    slow = []
    taken = plain._CELLS
    monkeypatch.setattr(plain, "_CELLS", Counting(taken, slow))
    assert len(read(content, wanted={0, 2, 39})) == 62
    assert len(slow) == 2, "the first row, and the first of the wider ones"


class Counting:
    """Counts the rows that are taken apart cell by cell."""

    def __init__(self, pattern: re.Pattern[str], rows: list[str]) -> None:
        self._pattern, self._rows = pattern, rows

    def findall(self, text: str, start: int, stop: int) -> Any:
        """As the pattern."""
        self._rows.append(text[start:stop])
        return self._pattern.findall(text, start, stop)


ROWS = (
    '<c r="A{n}" t="inlineStr"><is><t>a</t></is></c><c r="B{n}"><v>1</v></c><c r="C{n}"><v>2</v></c>',
    '<c r="A{n}" t="inlineStr"><is><t>b&amp;c</t></is></c><c r="B{n}"/><c r="C{n}"><v>3</v></c>',
    '<c r="C{n}"><v>4</v></c><c r="A{n}"><v>5</v></c>',
    '<c r="B{n}"><v>6</v></c><c r="E{n}"><v>7</v></c><c r="AB{n}"><v>8</v></c>',
    "",
    '<c r="C{n}" t="e"><v>#N/A</v></c>',
    '<c r="A{n}" t="str"><v>_x0041__x0009_</v></c><c r="C{n}" s="1" t="b"><v>1</v></c><c r="D{n}"><v>9</v></c>',
)


@pytest.mark.parametrize("wanted", [{0, 2}, {1, 27}, {3}, set(range(28))], ids=str)
def test_rows_of_any_shape_lose_no_cell_that_is_wanted(wanted: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not they look like the row before, their cells stand in order, or one is wider than the first."""
    lines = "".join(f'<row r="{n}">{row.format(n=n)}</row>' for n, row in enumerate(ROWS * 2, start=1))
    content = rewritten(
        by_xlsxwriter([["x"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub("<sheetData>.*</sheetData>", f"<sheetData>{lines}</sheetData>", xml, flags=re.DOTALL),
    )
    monkeypatch.setattr(reader.Sheet, "_parsed", lambda _: pytest.fail("the parser was needed"))
    quick = read(content, wanted=wanted)
    monkeypatch.undo()

    monkeypatch.setattr(reader, "plain_lines", raises_doubt)
    assert read(content, wanted=wanted) == quick
    assert {column for _, cells in quick for column, *_ in cells} == wanted & {0, 1, 2, 3, 4, 27}


@pytest.mark.parametrize("inline", [False, True])
def test_what_usual_writers_write_needs_no_parser(inline: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing would be wrong, and everything slow."""
    lines = [[f"t&{row}", row, None, "zwölf"] for row in range(50)]
    monkeypatch.setattr(reader.Sheet, "_parsed", lambda _: pytest.fail("the parser was needed"))
    assert len(read(by_xlsxwriter(lines, inline))) == len(read(by_openpyxl(lines))) == 50


def test_errors_and_formulas_that_nobody_calculated_are_told_apart() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["a", "#N/A", "=A1", "z"])
    output = io.BytesIO()
    book.save(output)
    assert read(output.getvalue()) == [
        (1, [(0, "text", "a"), (1, "error", "#N/A"), (2, "formula", ""), (3, "text", "z")])
    ]


def test_a_calculated_formula_is_its_result() -> None:
    import xlsxwriter

    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+1", None, 2)
    sheet.write_formula(0, 1, '="a"&"b"', None, "ab")
    book.close()
    assert read(output.getvalue()) == [(1, [(0, "number", "2"), (1, "text", "ab")])]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv(separator: str, encoding: str) -> None:
    content = by_hand([["Nama", "NISN"], [], ["D'Ávila; Joko, S", '="0012"'], ["x", "#N/A"]], separator, encoding)
    assert read(content) == [
        (1, [(0, "text", "Nama"), (1, "text", "NISN")]),
        (3, [(0, "text", "D'Ávila; Joko, S"), (1, "text", "0012")]),
        (4, [(0, "text", "x"), (1, "error", "#N/A")]),
    ]


def test_a_sheet_beyond_the_limit_is_refused_even_if_it_is_empty() -> None:
    content = rewritten(
        by_xlsxwriter([["a"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", rows(300) + "</sheetData>"),
    )
    with pytest.raises(Unreadable) as refused:
        read(content, Limits(row_number=200))
    assert refused.value.code == "too_many_rows"


def rows(count: int) -> str:
    """Empty ones."""
    return "".join(f'<row r="{number}"/>' for number in range(2, count))


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_as_people_see_them(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize("inline", [False, True])
def test_line_breaks_of_windows_and_other_escapes(inline: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    content = by_xlsxwriter([["Jml. Saudara\r\nKandung", "a\x01b", "_x0041_"]], inline)
    seen = [(1, [(0, "text", "Jml. Saudara \nKandung"), (1, "text", "a b"), (2, "text", "_x0041_")])]
    assert read(content) == seen
    monkeypatch.setattr(reader, "plain_lines", raises_doubt)
    assert read(content) == seen


@pytest.mark.parametrize("digits", [b"8", b"2", b"0", b"-3"])
def test_rows_out_of_order_are_refused_by_the_parser_too(digits: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_sheet(renumbered(digits))
    monkeypatch.setattr(reader, "plain_lines", raises_doubt)
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.code == "rows_out_of_order"


def raises_doubt(*_: Any) -> Any:
    """As for a sheet that is not plain."""
    raise reader.Doubt
