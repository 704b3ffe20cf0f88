"""By which numbers a name is found: keyed, so that the database alone tells no name."""

from __future__ import annotations

from chassis.privacy import PersonKeys

from ..domain.roster.names import beginnings, words_of


def index_of(keys: PersonKeys, name: str, known: dict[str, tuple[int, ...]] | None = None) -> list[int]:
    """The codes of the beginnings of its words; `known` remembers those of words."""
    known = {} if known is None else known
    found: set[int] = set()
    for word in words_of(name):
        codes = known.get(word)
        if codes is None:
            codes = known[word] = tuple(keys.word_code(one) for one in beginnings(word))
        found.update(codes)
    return sorted(found)
