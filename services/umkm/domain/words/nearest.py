"""Words that are nearly what was typed: a letter wrong, missing, too much, or two exchanged."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONG = 4, 8
MOST = 3


def nearest(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """The nearest of the known words (with how many products have it), most frequent first; none if nothing is near:
    one fault from four letters on, two from eight. The first letter is seldom wrong, and another one is often another
    thing (pasak, masak): it has to be right, or exchanged with the second."""
    if len(word) < SHORTEST or not word.isalpha():
        return ()
    most = 2 if len(word) >= LONG else 1
    found = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    starts = (word[0], word[1::-1])
    alike = [(distance, other) for other, distance, _ in found if len(other) >= SHORTEST and other.startswith(starts)]
    if not alike:
        return ()
    best = min(distance for distance, _ in alike)
    closest = [other for distance, other in alike if distance == best]
    return tuple(sorted(closest, key=lambda other: (-known[other], other))[:MOST])
