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

    PARKED_MOVE = "parked_move"
    """And at most one move of a parked unit per event."""

    MOVE = "move"
    """And at most one move of an idle unit per event, parked or on its way to a base."""

    @property
    def moves(self) -> bool:
        """Whether idle units are moved."""
        return self in (Parking.PARKED_MOVE, Parking.MOVE)


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
REASSIGNMENT = Policy("+ reassignment", Parking.COVERAGE, swaps=True, oldest_first=False)
PARKED_MOVES = Policy("+ parked move", Parking.PARKED_MOVE, swaps=True, oldest_first=False)
REC2_FRUGAL = Policy("REC2 frugal", Parking.MOVE, swaps=True, oldest_first=False)
REC2_KEEN = Policy("REC2", Parking.MOVE, swaps=True, oldest_first=False, parameters=KEEN)
POLICIES = (CLOSEST, RELOCATION, REC2_FRUGAL, REC2_KEEN)
"""The first one is what the others are compared with."""

STEPS = (CLOSEST, RELOCATION, REASSIGNMENT, PARKED_MOVES, REC2_FRUGAL, REC2_KEEN)
"""Each with one thing more than the one before it: what does it bring?"""
