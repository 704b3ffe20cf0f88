"""The texts that a workbook keeps once and refers to: as bytes in a row, a third of the memory of a list."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache

from .cells import without_escapes
from .limits import Limits, Unreadable
from .listening import Attributes, Listener
from .package import Package

_INDEX = re.compile(r"[0-9]{1,9}")
PART = "xl/sharedStrings.xml"


class SharedTexts:
    """`at` gives the text at the index that a cell holds; one that is not there is empty."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("L", [0])
        self.at = lru_cache(maxsize=4096)(self._at)  # what many rows say is looked up once

    def add(self, text: str) -> None:
        """One more."""
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def _at(self, index: str) -> str:
        place = int(index) if _INDEX.fullmatch(index) else len(self._ends)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode() if place + 1 < len(self._ends) else ""

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self._bytes)


def shared_texts(package: Package, part: str = PART) -> SharedTexts:
    """All of a workbook; none if it has no such part. Raises Unreadable."""
    listener = _Texts(package.limits)
    if part in package.names:
        package.parse(part, listener.parser)
    return listener.texts


class _Texts(Listener):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.texts, self._limits, self._aloud = SharedTexts(), limits, False
        self.starts = {"si": self._begin, "t": self._listen, "rPh": self._read_aloud}
        self.ends = {"si": self._take, "t": self._stop, "rPh": self._silent}

    def _begin(self, _: Attributes) -> None:
        self.pieces.clear()

    def _listen(self, _: Attributes) -> None:
        self.listening = not self._aloud

    def _stop(self) -> None:
        self.listening = False

    def _read_aloud(self, _: Attributes) -> None:
        """How it is pronounced is not what is written."""
        self._aloud = True

    def _silent(self) -> None:
        self._aloud = False

    def _take(self) -> None:
        text = without_escapes(self.text) if "_x" in self.text else self.text
        self.texts.add(text[: self._limits.cell])
        if self.texts.size > self._limits.texts:
            raise Unreadable("too_much_text", "the file holds more text than a roster", "split the file")
