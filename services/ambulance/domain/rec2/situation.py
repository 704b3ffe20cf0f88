"""What a decision looks at. Units and calls are numbers: the caller's own, in the order in which ties go.

All times are minutes. An `Arrivals` answers: when would each of these units be at this call, counted from now,
with everything that has to happen before (call taking, turnout) included?
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .parameters import Parameters

Array = NDArray[np.float64]
Units = Sequence[int] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Priority:
    """`rank` 0 goes before 1; `target` is the response time aimed at; `weight` is what its lateness counts."""

    rank: int = 0
    target: float = 12.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Call:
    """A patient who waits or to whom a unit is on its way. `reassigned`: it has lost a unit to another call;
    `doubted`: its callers have played pranks, so that equals go first."""

    number: int
    waited: float
    priority: Priority = Priority()
    reassigned: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class EnRoute:
    """A unit on its way; `remaining` is the predicted time until it is there."""

    unit: int
    call: Call
    remaining: float


Arrivals = Callable[[Call, Units], Array]


def may_be_taken(going: EnRoute, parameters: Parameters) -> bool:
    """The rail of every reassignment from which a patient may lose: not from a call that has lost a unit before, and
    not a unit that is nearly there."""
    return not going.call.reassigned and may_be_helped(going, parameters)


def may_be_helped(going: EnRoute, parameters: Parameters) -> bool:
    """Whether another unit may take over because it is there sooner: no matter how often, as the patient only gains;
    but not from a unit that is less than two minutes away or has arrived (who has arrived is not en route)."""
    return going.remaining >= parameters.nearly_there
