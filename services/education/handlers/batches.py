"""Events that tell of many pupils, so many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 500
Item = TypeVar("Item")


def batches(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """All of them, in tuples of at most 500."""
    for start in range(0, len(items), AT_ONCE):
        yield tuple(items[start : start + AT_ONCE])
