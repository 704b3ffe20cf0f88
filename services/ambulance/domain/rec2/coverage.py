"""Expected coverage (MEXCLP, Daskin 1983, doi:10.1287/trsc.17.1.48): what one unit more or less at a base means.

A node that k idle units cover is served with probability 1 - q^k. Hence, with demand shares d and c = 1 where a
base covers a node in time:

    gain of a unit more at b   G(b) = (1-q) sum_i d_i c_bi q^k_i
    loss of a unit less at b   L(b) = (1-q) sum_i d_i c_bi q^(k_i - 1)

Coverage is 0 or 1: softening it made the method worse. Several priorities are the same nodes again, each with its
own target and its share of the demand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .situation import Array

Bases = Sequence[int] | NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CoverageMap:
    """`demand` has one share per node (sum 1); `covers[base, node]` is 1.0 where the base reaches it in time."""

    demand: Array
    covers: Array
    unavailable: float

    @classmethod
    def of(cls, demand: Array, response: Array, target: float, unavailable: float) -> CoverageMap:
        """From predicted responses [base, node] in minutes from the call. Raises ValueError for shares without a
        sum, or an `unavailable` outside 0..1."""
        total = float(np.sum(demand))
        if not total > 0 or not 0 < unavailable < 1:
            raise ValueError("demand must have a positive sum, and unavailable lie between 0 and 1")
        return cls(np.asarray(demand, float) / total, (response <= target).astype(float), unavailable)

    @classmethod
    def of_targets(
        cls, demand: Array, response: Array, shares: Mapping[float, float], unavailable: float
    ) -> CoverageMap:
        """Several targets at once; `shares[target]` is the weight of the calls that have it."""
        parts = [cls.of(demand, response, target, unavailable) for target in sorted(shares)]
        total = sum(shares.values())
        weighted = [part.demand * shares[target] / total for part, target in zip(parts, sorted(shares), strict=True)]
        return cls(np.concatenate(weighted), np.hstack([part.covers for part in parts]), unavailable)

    @property
    def bases(self) -> int:
        """How many bases there are."""
        return len(self.covers)

    def at_bases(self, bound: Bases) -> Array:
        """How many of the idle units, given by the base to which each is bound, each base has."""
        return np.bincount(np.asarray(bound, dtype=np.int64), minlength=self.bases).astype(float)

    def counts(self, bound: Bases) -> Array:
        """k: how many idle units cover each node."""
        return self.at_bases(bound) @ self.covers

    def expected(self, counts: Array) -> float:
        """The share of the demand that finds a unit in time."""
        return float(self.demand @ (1.0 - self.unavailable**counts))

    def gains(self, counts: Array) -> Array:
        """G of every base."""
        gains: Array = (1.0 - self.unavailable) * (self.covers @ (self.demand * self.unavailable**counts))
        return gains

    def losses(self, counts: Array) -> Array:
        """L of every base; it means something only for a base with a unit bound to it."""
        return self.gains(counts - 1.0)

    def gains_without(self, counts: Array, removed: Bases) -> Array:
        """[i, base]: G of every base if one unit bound to `removed[i]` were not there."""
        rest = counts[None, :] - self.covers[np.asarray(removed, dtype=np.int64)]
        weights = self.demand * self.unavailable**rest
        gains: Array = (1.0 - self.unavailable) * (weights @ self.covers.T)
        return gains
