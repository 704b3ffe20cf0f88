"""By what a name is found and known again: keyed, so that the database alone tells no name."""

from __future__ import annotations

from chassis.privacy import PersonKeys

from ..domain.roster.names import beginnings, comparable, words_of


def name_key(keys: PersonKeys, name: str) -> bytes:
    """Names that are spelled alike, but for capitals, accents and dots, have the same."""
    return keys.fingerprint(b"name\0" + comparable(name).encode())


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
