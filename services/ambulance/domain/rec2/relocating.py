"""Where idle units wait: DMEXCLP for the freed one (Jagtenberg, Bhulai, van der Mei 2015), and R2, at most one move
of an idle unit per event, whether it is parked or on its way to a base.

Invariants: a freed unit goes to a base with the highest gain computed without it; a move raises the expected
coverage by more than `move_gain`, drives at most `move_minutes`, and leaves alone who was moved a while ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .coverage import Bases, CoverageMap
from .parameters import Parameters
from .proposals import Reason, Relocation
from .situation import Array

SAME = 1e-12
"""Gains closer than this are equal: sums in another order differ by rounding."""


@dataclass(frozen=True, slots=True)
class Movable:
    """A unit that waits at its base or drives to it; `minutes[b]` is its drive to each base from where it is."""

    unit: int
    base: int
    minutes: Array
    moved_ago: float = float("inf")


def where_to_park(unit: int, minutes: Array, others: Bases, coverage: CoverageMap) -> Relocation:
    """The base for a freed unit; `others` are the bases to which the other idle units are bound."""
    gains = coverage.gains(coverage.counts(others))
    best = np.flatnonzero(gains >= np.max(gains) - SAME)
    base = int(best[np.argmin(minutes[best])])
    return Relocation(unit, base, None, float(gains[base]), float(minutes[base]), Reason.RETURN)


def best_move(
    idle: Sequence[Movable], bound: Bases, coverage: CoverageMap, parameters: Parameters
) -> Relocation | None:
    """The one move worth making, or None. `bound` are the bases of all idle units, also of those that may not move."""
    movable = [one for one in idle if one.moved_ago >= parameters.move_rest]
    if not movable:
        return None
    here = np.array([one.base for one in movable])
    distinct, row = np.unique(here, return_inverse=True)
    gains = coverage.gains_without(coverage.counts(bound), distinct)[row]
    added = gains - gains[np.arange(len(here)), here][:, None]
    minutes = np.array([one.minutes for one in movable])
    added[minutes > parameters.move_minutes] = -np.inf
    first, base = np.unravel_index(np.argmax(added), added.shape)
    if not added[first, base] > parameters.move_gain:
        return None
    chosen = movable[first]
    drive = float(minutes[first, base])
    return Relocation(chosen.unit, int(base), chosen.base, float(added[first, base]), drive, Reason.MOVE)
