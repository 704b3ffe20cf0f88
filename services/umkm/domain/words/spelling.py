"""Spellings of one word that are all in use: keripik and kripik, cabai and cabe, kaus and kaos, sambal and sambel."""

from __future__ import annotations

import re

MOST = 16
_SCHWA = re.compile(r"(?<=[bcdfgjkpst])e(?=[lr][aiueo])")
_CLUSTER = re.compile(r"(?<=[bcdfgjkpst])(?=[lr][aiueo])")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ai$"), "e"),
    (re.compile(r"(?<=[^aiueo])e$"), "ai"),
    (re.compile(r"au"), "ao"),
    (re.compile(r"ao"), "au"),
    (re.compile(r"(?<=[aiueo][^aiueo])a(?=[lm]$)"), "e"),
    (re.compile(r"(?<=[aiueo][^aiueo])e(?=[lm]$)"), "a"),
    (re.compile(r"(?<=[aiueo][^aiueo][^aiueo])a(?=[lm]$)"), "e"),
    (re.compile(r"(?<=[aiueo][^aiueo][^aiueo])e(?=[lm]$)"), "a"),
)


def spellings(word: str) -> tuple[str, ...]:
    """The word and its other spellings, at most 16."""
    if not word.isalpha() or len(word) < 4:
        return (word,)
    found = {word: None}
    for change in (_schwa, _endings):
        for known in tuple(found):
            found |= dict.fromkeys(change(known))
    return tuple(found)[:MOST]


def _schwa(word: str) -> set[str]:
    return {_SCHWA.sub("", word), *_each(_CLUSTER, "e", word)}


def _endings(word: str) -> set[str]:
    return {pattern.sub(other, word) for pattern, other in _RULES}


def _each(pattern: re.Pattern[str], other: str, word: str) -> set[str]:
    """The word with one place changed, for each place."""
    return {word[: match.start()] + other + word[match.start() :] for match in pattern.finditer(word)}
