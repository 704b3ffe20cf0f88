"""What a response time costs: two soft steps, at the target and well beyond it, and a little for each minute.

    x = response - target      cost = weight * (S(x/s) + 2 S((x - 8)/s) + kappa * response)      S logistic

The second step is what keeps a patient who is late already from being given up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from .parameters import Parameters
from .situation import Array, Priority


def lateness_cost(response: float | Sequence[float] | Array, priority: Priority, parameters: Parameters) -> Array:
    """The cost of responses in minutes from the call; it rises strictly with the response."""
    minutes = np.asarray(response, dtype=float)
    over = minutes - priority.target
    late = expit(over / parameters.eta_spread)
    very_late = expit((over - parameters.very_late_after) / parameters.eta_spread)
    cost: Array = priority.weight * (late + parameters.very_late_weight * very_late + parameters.per_minute * minutes)
    return cost
