"""Text to words: lower case, without accents; kue-kue and kue2 are kue."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
_WORD = re.compile(r"[^\W_]+")
_TWICE = re.compile(r"^([^\W\d_]{3,})2$")
STOP = frozenset(
    ["dan", "yang", "di", "ke", "dari", "untuk", "dengan", "atau", "ini", "itu", "the", "of", "and", "for"]
)
"""Words that say nothing about a product."""


def words(text: str) -> list[str]:
    """In their order, each as often as it stands there."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return [_once(found)[:LONGEST] for found in _WORD.findall(plain)]


def telling(text: str) -> list[str]:
    """Each once, without those that say nothing; if nothing else is there, those."""
    found = list(dict.fromkeys(words(text)))
    return [word for word in found if word not in STOP] or found


def _once(word: str) -> str:
    match = _TWICE.match(word)
    return match[1] if match else word
