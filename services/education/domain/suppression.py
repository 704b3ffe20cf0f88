"""Small counts are not published, nor what would tell them: whoever knows the sum and the rest could subtract."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5


def least_told(children: int, pupil_months: int, rupiah: int) -> int:
    """Of how few children or months a cell's numbers can tell: rupiah divided by the rate are months, and for those who
    hold no waiver any more something was paid all the same."""
    return min((count for count in (children, pupil_months) if count), default=int(rupiah != 0))


def hidden(counts: Mapping[str, int], least: int = LEAST) -> set[str]:
    """Which cells are not shown beside their sum: those from 1 to `least` - 1, and as many of the next smallest as it
    takes for what is hidden to be two cells that come to `least` together. Empty cells tell of nobody."""
    small = {name for name, count in counts.items() if 0 < count < least}
    if not small:
        return set()
    others = sorted((count, name) for name, count in counts.items() if count >= least)
    for _, name in others:
        if len(small) >= 2 and sum(counts[one] for one in small) >= least:
            break
        small.add(name)
    return small


def sum_is_shown(counts: Mapping[str, int], cells: set[str], least: int = LEAST) -> bool:
    """Whether the sum tells nothing of fewer than `least`: not if all that is hidden is one cell, or too little."""
    return not cells or (len(cells) >= 2 and sum(counts[one] for one in cells) >= least)
