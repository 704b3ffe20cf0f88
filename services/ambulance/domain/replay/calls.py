"""The calls of a replay with everything that chance decided, so that every policy meets the same day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rec2 import Array, Priority


@dataclass(frozen=True, eq=False)
class Calls:
    """One entry per call, in the order of time. `at`, `on_scene` and `handover` in minutes; `travel[call, unit]` and
    `to_hospital` are realised over predicted driving time; calls before `counted_from` warm the city up."""

    at: Array
    node: NDArray[np.int64]
    on_scene: Array
    transported: NDArray[np.bool_]
    handover: Array
    to_hospital: Array
    travel: Array
    priorities: tuple[Priority, ...]
    counted_from: float = 0.0

    def __len__(self) -> int:
        return len(self.at)

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which calls count."""
        return self.at >= self.counted_from
