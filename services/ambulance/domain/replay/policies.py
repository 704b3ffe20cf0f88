"""What is compared: who is sent is the closest idle unit everywhere; the difference lies in what else may move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..rec2 import FRUGAL, KEEN, Parameters


class Parking(StrEnum):
    """Where a unit goes that has nothing to do."""

    HOME = "home"
    COVERAGE = "coverage"
    """DMEXCLP: the freed unit alone."""

    COVERAGE_AND_MOVES = "coverage_and_moves"
    """And at most one move of a parked unit per event."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`swaps`: guarded reassignment; `oldest_first`: the queue by age alone, as a control room without help does."""

    name: str
    parking: Parking
    swaps: bool
    oldest_first: bool
    parameters: Parameters = FRUGAL


CLOSEST = Policy("closest", Parking.HOME, swaps=False, oldest_first=True)
RELOCATION = Policy("closest+J15", Parking.COVERAGE, swaps=False, oldest_first=True)
REC2_FRUGAL = Policy("REC2 frugal", Parking.COVERAGE_AND_MOVES, swaps=True, oldest_first=False, parameters=FRUGAL)
REC2_KEEN = Policy("REC2", Parking.COVERAGE_AND_MOVES, swaps=True, oldest_first=False, parameters=KEEN)
POLICIES = (CLOSEST, RELOCATION, REC2_FRUGAL, REC2_KEEN)
"""The first one is what the others are compared with."""
