"""Facility: a hospital or puskesmas that takes patients. Diversion ranks it lower; it never filters a red
patient out (UU 17/2023 art. 174 forbids refusing an emergency).

Invariant: the version rises by one per change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.ambulance.events import FacilityStatusChanged
from contracts.ambulance.values import Capability, FacilityState, FacilityType
from contracts.base import Event
from contracts.geography import Point


@dataclass(slots=True)
class Facility:
    id: str
    name: str
    type: FacilityType
    location: Point
    kelurahan_code: str | None = None
    emergency_24h: bool = False
    state: FacilityState = FacilityState.OPEN
    version: int = 1
    capabilities: frozenset[Capability] = frozenset()

    @classmethod
    def register(
        cls,
        id: str,
        name: str,
        type: FacilityType,
        location: Point,
        kelurahan_code: str | None = None,
        emergency_24h: bool = False,
        capabilities: Iterable[Capability] = (),
    ) -> tuple[Facility, list[Event]]:
        """A new facility starts open."""
        facility = cls(id, name, type, location, kelurahan_code, emergency_24h)
        facility.capabilities = frozenset(capabilities)
        return facility, [facility._status()]

    def describe(
        self,
        name: str,
        type: FacilityType,
        location: Point,
        kelurahan_code: str | None,
        emergency_24h: bool,
        capabilities: Iterable[Capability] = (),
    ) -> list[Event]:
        """Correct the master data; the same again changes nothing."""
        given = (name, type, location, kelurahan_code, emergency_24h, frozenset(capabilities))
        if given == self._description:
            return []
        self.name, self.type, self.location, self.kelurahan_code, self.emergency_24h, self.capabilities = given
        self.version += 1
        return [self._status()]

    @property
    def _description(self) -> tuple[object, ...]:
        data = (self.name, self.type, self.location, self.kelurahan_code, self.emergency_24h)
        return (*data, self.capabilities)

    def set_status(self, state: FacilityState) -> list[Event]:
        """Open, full or on diversion; the same again changes nothing."""
        if state is self.state:
            return []
        self.state = state
        self.version += 1
        return [self._status()]

    def _status(self) -> FacilityStatusChanged:
        return FacilityStatusChanged(facility_id=self.id, state=self.state, name=self.name, location=self.location)
