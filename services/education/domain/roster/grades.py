"""The grade that a class' name tells: `Kelas IX A`, `1A`, `Tingkat 7 - VII B`."""

from __future__ import annotations

import re
from functools import lru_cache

GRADES = {"SD": range(1, 7), "MI": range(1, 7), "SMP": range(7, 10), "MTs": range(7, 10)}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_WORD = re.compile(r"(?<![0-9A-Z])([1-9](?![0-9])|VIII|VII|VI|IV|IX|V|III|II|I(?![A-Z]))(?=[^0-9]|$)")


@lru_cache(maxsize=4096)
def grade_of(class_name: str, level: str) -> int | None:
    """The first number in the name that is a grade of this level; None if there is none."""
    possible = GRADES[level]
    for match in _WORD.finditer(class_name.upper()):
        told = _ROMAN.get(match[1]) or int(match[1])
        if told in possible:
            return told
    return None


def ages(level: str, grade: int) -> range:
    """Years of age that can be right: a little early, a few years late."""
    first = 5 + grade
    return range(first - 2, first + 12)
