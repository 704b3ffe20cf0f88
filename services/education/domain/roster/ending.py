"""Pupils who are not in a new list don't leave by that: whoever ends many says how many."""

from __future__ import annotations

import math


def free_to_end(enrolled: int) -> int:
    """How many may end without typing the count: ten, or five in a hundred."""
    return max(10, math.floor(enrolled * 0.05))
