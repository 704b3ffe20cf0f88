"""Lists that went through LibreOffice: in every format that it writes, and from a CSV, where numbers lose digits."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from services.education.domain.roster.reading import Roster, RosterRow
from services.education.domain.sheets import Limits, open_sheets
from tests.education.files import by_hand, by_openpyxl, by_xlsxwriter, child, grid

PROGRAM = shutil.which("soffice")
CHILDREN = [child(number) for number in range(1, 61)]
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no LibreOffice: apt install libreoffice-calc-nogui")


def through(folder: Path, content: bytes, name: str, into: str) -> bytes:
    """Opened by LibreOffice and saved as another format."""
    source, target = folder / name, folder / "out"
    source.write_bytes(content)
    command = [
        str(PROGRAM),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        into,
        "--outdir",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (target / f"{source.stem}.{into.partition(':')[0]}").read_bytes()


def rows(content: bytes) -> list[RosterRow]:
    """As the education service reads them."""
    return list(Roster(open_sheets(io.BytesIO(content), Limits()), "SD", TODAY, 100_000))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("into", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter], ids=["openpyxl", "xlsxwriter"])
def test_every_format_gives_the_same_children(tmp_path: Path, write: Callable[..., bytes], into: str) -> None:
    content = write(grid(CHILDREN, above=2))
    expected = [(row.number, row.details) for row in rows(content)]
    assert len(expected) == len(CHILDREN)
    name = "again.xlsx" if into != "xlsx" else "list.xlsx"
    assert [(row.number, row.details) for row in rows(through(tmp_path, content, name, into))] == expected


@pytest.mark.timeout(300)
@pytest.mark.parametrize("into", ["xlsx", "ods", "xls"])
def test_numbers_that_lost_their_digits_on_the_way_are_refused(tmp_path: Path, into: str) -> None:
    """A CSV opened without saying that a column is text: a NIK becomes a value and is saved with 15 digits."""
    found = rows(through(tmp_path, by_hand(grid(CHILDREN), ","), "list.csv", into))
    assert len(found) == len(CHILDREN), "no file yields fewer rows than it has"
    told = {row.nik for row in found if not row.refused}
    assert told <= {one["NIK"] for one in CHILDREN}, "a child with another one's number"
    faults = Counter(fault.code for row in found for fault in row.faults if fault.field == "nik")
    assert faults["number_lost_digits"] + len(told - {None}) == len(CHILDREN)
