"""What came out of replays, and how sure a difference between two policies is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ..rec2 import Array
from .calls import Calls

MEASURES = ("late", "mean", "p90", "very_late")
VERY_LATE_MINUTES = 8.0
DAY_MINUTES = 1440.0
CONFIDENCE = 0.95
FEWEST = 2
"""Replays that an interval needs."""


@dataclass(frozen=True, slots=True)
class Measures:
    """`late` and `very_late` (target + 8 min) are shares of the calls; `mean` and `p90` are minutes from the call."""

    late: float
    mean: float
    p90: float
    very_late: float
    calls: int


@dataclass(frozen=True, eq=False)
class Replayed:
    """One policy through one trace: the response of every call, in minutes."""

    policy: str
    response: Array
    calls: Calls
    lost_a_unit: int
    moves: int
    moving_minutes: float = 0.0
    """What the relocations of idle units took."""

    units: int = 1

    @property
    def unit_days(self) -> float:
        """The days that the trace lasts, for each unit."""
        return self.units * max(1.0, float(self.calls.at[-1] - self.calls.at[0]) / DAY_MINUTES)

    @property
    def late(self) -> Array:
        """Minutes beyond the target, for each call; negative in time."""
        targets = np.array([priority.target for priority in self.calls.priorities])
        late: Array = self.response - targets
        return late

    def measures(self) -> Measures:
        """Over the calls that count. Raises ValueError if none does."""
        return self._measures(self.calls.counted)

    def by_day(self) -> dict[int, Measures]:
        """The same for each day that has calls: the pairs of a comparison when there is one trace only."""
        day = (self.calls.at // DAY_MINUTES).astype(int)
        days = np.unique(day[self.calls.counted])
        return {int(one): self._measures(self.calls.counted & (day == one)) for one in days}

    def _measures(self, chosen: NDArray[np.bool_]) -> Measures:
        response, late = self.response[chosen], self.late[chosen]
        if not len(response):
            raise ValueError("no call lies after the warm-up")
        return Measures(
            late=float((late > 0).mean()),
            mean=float(response.mean()),
            p90=float(np.quantile(response, 0.9)),
            very_late=float((late > VERY_LATE_MINUTES).mean()),
            calls=len(response),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of paired differences and half the width of its 95 % t-interval."""

    mean: float
    half_width: float

    @property
    def below_zero(self) -> bool:
        """True if the whole interval is."""
        return self.mean + self.half_width < 0

    @property
    def not_above_zero(self) -> bool:
        """True unless the whole interval is above."""
        return self.mean - self.half_width <= 0


def paired(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """Ours minus theirs, pair by pair (one pair per trace). Raises ValueError for fewer than two pairs."""
    differences = np.subtract(ours, theirs)
    if len(differences) < FEWEST:
        raise ValueError("a confidence interval needs at least two pairs")
    error = float(stats.sem(differences))
    quantile = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(differences) - 1))
    return Difference(float(differences.mean()), quantile * error)
