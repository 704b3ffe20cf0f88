"""Hearing an XML parser: a step for each tag that matters, and the text while it matters."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from .package import DAMAGED, new_parser

Attributes = dict[str, str]
MOST_PIECES = 64
"""Of one text, each at most the parser's buffer: a cell without end must not fill the memory."""


class Listener:
    """Derived classes fill `starts` and `ends` by the names of tags, without prefix."""

    prefixed = False
    """Whether tags keep their prefix: OpenDocument needs it, and all its writers use the same."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.listening, self.pieces = False, list[str]()
        self.parser: expat.XMLParserType = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def text(self) -> str:
        """What was heard."""
        return "".join(self.pieces)

    def _start(self, tag: str, at: Attributes) -> None:
        step = self.starts.get(tag if self.prefixed or ":" not in tag else tag.rpartition(":")[2])
        if step is not None:
            try:
                step(at)
            except (KeyError, ValueError):
                raise DAMAGED from None

    def _end(self, tag: str) -> None:
        step = self.ends.get(tag if self.prefixed or ":" not in tag else tag.rpartition(":")[2])
        if step is not None:
            step()

    def _characters(self, data: str) -> None:
        if self.listening and len(self.pieces) < MOST_PIECES:
            self.pieces.append(data)
