"""Vehicle (mobil jenazah). Whether it is free is a matter of its reservations, not of its state."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.geography import Point
from contracts.hearse.values import VehicleState


@dataclass(slots=True)
class Vehicle:
    """The version rises by one per change."""

    id: str
    plate: str
    base: Point
    state: VehicleState = VehicleState.IN_SERVICE
    version: int = 1

    @property
    def in_service(self) -> bool:
        """Whether it may be planned at all."""
        return self.state is VehicleState.IN_SERVICE

    def describe(self, plate: str, base: Point) -> bool:
        """Take over master data; True if anything changed."""
        if (plate, base) == (self.plate, self.base):
            return False
        self.plate, self.base = plate, base
        self.version += 1
        return True

    def turn(self, state: VehicleState) -> bool:
        """Put it in or out of service; True if anything changed."""
        if state is self.state:
            return False
        self.state = state
        self.version += 1
        return True
