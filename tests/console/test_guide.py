"""The guide says what the screens say: every word in bold stands on one, every picture was taken by a test."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from babel.messages.pofile import read_po

import console
from console.desks import DESKS

GUIDE = Path("docs/panduan")
PICTURES = GUIDE / "gambar"
FOLDERS = [Path(console.__file__).parent / "parts", *(desk.folder for desk in DESKS)]
KILOBYTES = 150
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md"))}


def said() -> set[str]:
    """All that a screen says in Indonesian."""
    found: set[str] = set()
    for folder in FOLDERS:
        with (folder / "texts" / "id.po").open("rb") as file:
            found |= {str(message.string) for message in read_po(file) if message.id}
        if (words := folder / "texts" / "words.csv").exists():
            with words.open(encoding="utf-8", newline="") as file:
                found |= {row["id"] for row in csv.DictReader(file)}
    return found


def test_every_desk_has_a_page_and_the_front_page_leads_to_it() -> None:
    for desk in DESKS:
        page = f"{desk.path.strip('/')}.md"
        assert page in PAGES and f"({page})" in PAGES["README.md"]


def test_what_is_in_bold_stands_on_a_screen() -> None:
    known = said()
    bold = [(name, one) for name, text in PAGES.items() for one in re.findall(r"\*\*(.+?)\*\*", text)]
    assert [(name, one) for name, one in bold if one not in known] == []


def test_the_pictures_are_those_that_the_tests_take() -> None:
    shown = {name for text in PAGES.values() for name in re.findall(r"\(gambar/([a-z-]+)\.png\)", text)}
    tests = "".join(file.read_text(encoding="utf-8") for file in Path("tests/console/browser").glob("test_*.py"))
    taken = set(re.findall(r"\.picture\(\"([a-z-]+)\"", tests))
    kept = {picture.stem for picture in PICTURES.glob("*.png")}
    assert shown == taken == kept
    assert [one.name for one in PICTURES.glob("*.png") if one.stat().st_size > KILOBYTES * 1000] == []
