"""Texts in two languages. Templates say English; `texts/id.po` of each folder has the Indonesian, read at the start."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("id", "en")
Words = dict[tuple[str, str], tuple[str, str]]


class Texts:
    """`folders` have a `texts/id.po`, and perhaps a `texts/words.csv`: list, code, Indonesian, English."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._indonesian: dict[str, str] = {}
        self._words: Words = {}
        for folder in folders:
            self._read(folder / "texts")

    def say(self, language: str, text: str, **values: object) -> str:
        """The text in this language, with `{name}` replaced."""
        said = text if language == "en" else self._indonesian.get(text, text)
        return said.format(**values) if values else said

    def word(self, language: str, kind: str, code: object) -> str:
        """A code of the API for people; one that is not known is shown as it is."""
        if code is None:
            return ""
        known = self._words.get((kind, str(code)))
        return str(code).replace("_", " ") if known is None else known[LANGUAGES.index(language)]

    @property
    def indonesian(self) -> dict[str, str]:
        """Every text that is translated."""
        return self._indonesian

    @property
    def words(self) -> Words:
        """Every word of a code."""
        return self._words

    def _read(self, folder: Path) -> None:
        if (folder / "id.po").exists():
            with (folder / "id.po").open("rb") as file:
                self._indonesian |= {str(m.id): str(m.string) for m in read_po(file, locale="id") if m.id and m.string}
        if (folder / "words.csv").exists():
            with (folder / "words.csv").open(encoding="utf-8", newline="") as file:
                words = {(row["list"], row["code"]): (row["id"], row["en"]) for row in csv.DictReader(file)}
            for code, said in words.items():
                if self._words.setdefault(code, said) != said:
                    raise ValueError(f"{folder}: {code} has other words elsewhere")
