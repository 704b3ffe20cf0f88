"""Names as they are compared and found: capitals, accents, dots and titles' commas don't count."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SHORTEST, LONGEST_START = 3, 5
_PLAIN = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}
"""Letters of the beginnings by which a word is found."""


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in capitals, letters and digits only."""
    if name.isascii():
        return tuple(name.upper().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", name.upper())
    kept = "".join(
        one if one.isalnum() else " " for one in plain if not unicodedata.combining(one) and one not in "'’`"
    )
    return tuple(kept.split())


def comparable(name: str) -> str:
    """The name as names are compared."""
    return " ".join(words_of(name))


@lru_cache(maxsize=65536)
def beginnings(word: str) -> tuple[str, ...]:
    """What is kept of a word to find it by: its beginnings of three, four and five letters, or itself if shorter."""
    if len(word) < SHORTEST:
        return (word,)
    return tuple(word[:length] for length in range(SHORTEST, min(len(word), LONGEST_START) + 1))


def sought(search: str) -> tuple[str, ...]:
    """Of each word that is searched for, the beginning to look up; longer ones are compared afterwards."""
    return tuple(word[:LONGEST_START] for word in words_of(search))


def matches(name: str, search: str) -> bool:
    """Whether every word that is searched for begins a word of the name."""
    words = words_of(name)
    return all(any(word.startswith(one) for word in words) for one in words_of(search))
