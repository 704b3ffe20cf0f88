"""What a search looks for: for each word that was typed the words of the market that are meant by it.

In this order, the first that finds anything counts: the word in all its forms and spellings; two words in one, or one
in two; of the last word the beginning; a word nearly like it. A word that means nothing leaves nothing to find.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .forms import forms
from .nearest import nearest
from .spelling import spellings
from .tokens import telling

SHORTEST_BEGINNING, SHORTEST_HALF = 2, 2
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Market:
    """How to ask the market's words: which of some there are, which begin so, all with how many products have them."""

    known: Callable[[Collection[str]], Collection[str]]
    beginning: Callable[[str], Sequence[str]]
    every: Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to be found: one of each group. No group: nothing can be found. `understood`: instead of what was typed."""

    groups: tuple[tuple[str, ...], ...]
    understood: tuple[str, ...] = ()


def sought(text: str, market: Market) -> Sought:
    """What a text looks for."""
    typed = telling(text)[:MOST_WORDS]
    wanted = {word: _meant(word) for word in typed}
    joined = {first + second for first, second in pairwise(typed)}
    halves = {half for word in typed for pair in _halves(word) for half in pair}
    known = set(market.known({*joined, *halves, *(word for group in wanted.values() for word in group)}))
    groups: list[tuple[str, ...]] = []
    understood: list[str] = []
    at = 0
    while at < len(typed):
        word = typed[at]
        found = tuple(one for one in wanted[word] if one in known)
        pair = word + typed[at + 1] if at + 1 < len(typed) else ""
        if not found and pair in known:
            groups.append((pair,))
            understood.append(pair)
            at += 2
            continue
        if not found and (parts := next((p for p in _halves(word) if known.issuperset(p)), None)):
            groups += [(part,) for part in parts]
            understood += parts
            at += 1
            continue
        if not found and at == len(typed) - 1 and len(word) >= SHORTEST_BEGINNING:
            found = tuple(market.beginning(word))
        if not found:
            near = nearest(word, market.every())
            understood += near[:1]
            found = tuple(market.known({other for one in near for other in _meant(one)}))
        if not found:
            return Sought(())
        groups.append(found)
        at += 1
    return Sought(tuple(groups), tuple(understood))


def _meant(word: str) -> tuple[str, ...]:
    """All forms of a word, and of each all spellings."""
    return tuple(dict.fromkeys(other for form in forms(word) for other in spellings(form)))


def _halves(word: str) -> list[tuple[str, str]]:
    places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    return [(word[:at], word[at:]) for at in places] if word.isalpha() else []
