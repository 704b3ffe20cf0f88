"""What a budget that does not suffice leaves for each: the same share, in whole rupiah, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence


def shares(owed: Sequence[int], budget: int) -> list[int]:
    """Of each sum what is paid. All of it if the budget suffices, else pro rata by largest remainder; those that come
    first get the odd rupiah. The result adds up to the budget or to what is owed, whichever is less."""
    total = sum(owed)
    if total <= budget:
        return list(owed)
    if budget <= 0:
        return [0] * len(owed)
    parts = [divmod(one * budget, total) for one in owed]
    left = budget - sum(whole for whole, _ in parts)
    odd = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    result = [whole for whole, _ in parts]
    for place in odd:
        result[place] += 1
    return result
