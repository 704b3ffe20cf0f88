"""Facility: a hospital or puskesmas that takes patients. Diversion ranks it lower; it never filters a red
patient out (UU 17/2023 art. 174 forbids refusing an emergency).

Invariant: the version rises by one per change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.ambulance.events import FacilityStatusChanged
from contracts.ambulance.values import Capability, FacilityState, FacilityType
from contracts.base import Event
from contracts.geography import Point

BEDS_HOLD = timedelta(hours=2)
"""How long a number of free beds is believed: an emergency room turns over within hours."""


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
    beds_free: int | None = None
    beds_told_at: datetime | None = None

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

    def set_status(self, state: FacilityState, beds_free: int | None, now: datetime) -> list[Event]:
        """Open, full or on diversion, and its free beds; the same again changes nothing, but beds told again are as
        of now."""
        if (state, beds_free) == (self.state, self.beds_free) and beds_free is None:
            return []
        self.state, self.beds_free = state, beds_free
        self.beds_told_at = None if beds_free is None else now
        self.version += 1
        return [self._status()]

    def beds_known(self, now: datetime) -> bool:
        """Whether it has told lately."""
        return self.beds_told_at is not None and now - self.beds_told_at <= BEDS_HOLD

    def beds_left(self, expected: int, now: datetime) -> int | None:
        """Beds that are free once the `expected` patients have come, those brought since it told among them; None if
        that is not known."""
        if self.beds_free is None or not self.beds_known(now):
            return None
        return max(0, self.beds_free - expected)

    def _status(self) -> FacilityStatusChanged:
        return FacilityStatusChanged(
            facility_id=self.id, state=self.state, name=self.name, location=self.location, beds_free=self.beds_free
        )
