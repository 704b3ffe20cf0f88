"""Trip: a vehicle and its officers, from when until when; and what happened.

held -> planned -> under_way -> ended, or released. The plan is a promise that the database guards; actual times are
kept apart and never refused. A trip that is under way is not given back. Milestones go forward only: one that comes
late fills a gap, the same one again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Event
from contracts.hearse.events import (
    BookingScheduled,
    SlotHeld,
    SlotReleased,
    TripMilestoneCorrected,
    TripProgressed,
    VehicleReplaced,
)
from contracts.hearse.values import TripMilestone, TripState
from contracts.problems import wrong_field

from .refusals import wrong_state
from .slots import Slot
from .window import Window

CLOCK_SKEW = timedelta(minutes=2)
"""How far a device's clock may be off before what it says is refused."""
ORDER = tuple(TripMilestone)
OPEN = frozenset({TripState.HELD, TripState.PLANNED, TripState.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """`at` is when it happened, `recorded_at` when we learned of it."""

    milestone: TripMilestone
    at: datetime
    recorded_at: datetime


@dataclass(slots=True)
class Trip:
    """`override_reason` is a supervisor's, in words, and not in the repr."""

    id: UUID
    booking_id: UUID
    vehicle_id: str
    officer_ids: tuple[str, ...]
    pickup_at: datetime
    arrives_at: datetime
    window: Window
    kilometres: float
    out_of_city: bool
    state: TripState
    held_until: datetime | None = None
    override_reason: str | None = field(default=None, repr=False)
    milestones: dict[TripMilestone, MilestoneRecord] = field(default_factory=dict)
    version: int = 1

    @classmethod
    def hold(
        cls, id: UUID, booking_id: UUID, slot: Slot, kilometres: float, out_of_city: bool, until: datetime
    ) -> tuple[Trip, list[Event]]:
        """Keep a time while the family decides."""
        trip = cls._of(id, booking_id, slot, kilometres, out_of_city, TripState.HELD)
        trip.held_until = until
        held = SlotHeld(booking_id=booking_id, trip_id=id, pickup_at=slot.pickup_at, held_until=until)
        return trip, [held]

    @classmethod
    def plan(
        cls,
        id: UUID,
        booking_id: UUID,
        slot: Slot,
        kilometres: float,
        out_of_city: bool,
        override_reason: str | None = None,
    ) -> tuple[Trip, list[Event]]:
        """Fix a time."""
        trip = cls._of(id, booking_id, slot, kilometres, out_of_city, TripState.PLANNED)
        trip.override_reason = override_reason
        return trip, [trip._scheduled()]

    @classmethod
    def _of(
        cls, id: UUID, booking_id: UUID, slot: Slot, kilometres: float, out_of_city: bool, state: TripState
    ) -> Trip:
        return cls(
            id=id,
            booking_id=booking_id,
            vehicle_id=slot.vehicle_id,
            officer_ids=slot.officer_ids,
            pickup_at=slot.pickup_at,
            arrives_at=slot.arrives_at,
            window=slot.window,
            kilometres=kilometres,
            out_of_city=out_of_city,
            state=state,
        )

    @property
    def open(self) -> bool:
        """Its time is reserved."""
        return self.state in OPEN

    @property
    def carrying(self) -> bool:
        """The deceased is in the vehicle."""
        return self.furthest is TripMilestone.PICKED_UP

    @property
    def fetched(self) -> bool:
        """The vehicle has been at the pick-up, also if only what came after was reported."""
        return self.furthest not in (None, TripMilestone.EN_ROUTE)

    def fix(self) -> list[Event]:
        """The family has decided: what was held is planned."""
        if self.state is TripState.PLANNED:
            return []
        if self.state is not TripState.HELD:
            raise wrong_state("confirm", self.state, [TripState.HELD])
        self.state, self.held_until = TripState.PLANNED, None
        self.version += 1
        return [self._scheduled()]

    def release(self, reason: str) -> list[Event]:
        """Give its time back; not once the deceased is in the vehicle."""
        if not self.open or self.fetched:
            return []
        self.state, self.held_until = TripState.RELEASED, None
        self.version += 1
        return [SlotReleased(booking_id=self.booking_id, trip_id=self.id, reason=reason)]

    def replace_vehicle(self, vehicle_id: str) -> list[Event]:
        """Another vehicle takes over for the rest of the trip."""
        previous, self.vehicle_id = self.vehicle_id, vehicle_id
        self.version += 1
        return [
            VehicleReplaced(
                booking_id=self.booking_id, trip_id=self.id, vehicle_id=vehicle_id, previous_vehicle_id=previous
            )
        ]

    def record(self, milestone: TripMilestone, at: datetime, now: datetime) -> list[Event]:
        """A step of the trip. Raises InvalidRequest for a time to come, or one that others contradict."""
        if milestone in self.milestones:
            return []
        if self.state not in (TripState.PLANNED, TripState.UNDER_WAY, TripState.ENDED):
            raise wrong_state(milestone, self.state, [TripState.PLANNED, TripState.UNDER_WAY])
        at = self._fit(milestone, at, now)
        self.milestones[milestone] = MilestoneRecord(milestone, at, now)
        self.state = TripState.ENDED if TripMilestone.COMPLETED in self.milestones else TripState.UNDER_WAY
        self.version += 1
        return [
            TripProgressed(
                booking_id=self.booking_id, trip_id=self.id, vehicle_id=self.vehicle_id, milestone=milestone, at=at
            )
        ]

    def correct(self, milestone: TripMilestone, at: datetime, now: datetime) -> list[Event]:
        """It happened at another time. Raises BookingWrongState for one that was never reported, InvalidRequest."""
        known = self.milestones.get(milestone)
        if known is None:
            raise wrong_state("correct", self.state, [milestone])
        if at == known.at:
            return []
        del self.milestones[milestone]
        try:
            at = self._fit(milestone, at, now)
        finally:
            self.milestones[milestone] = known
        self.milestones[milestone] = MilestoneRecord(milestone, at, known.recorded_at)
        self.version += 1
        return [
            TripMilestoneCorrected(
                booking_id=self.booking_id,
                trip_id=self.id,
                vehicle_id=self.vehicle_id,
                milestone=milestone,
                at=at,
                previous_at=known.at,
            )
        ]

    @property
    def furthest(self) -> TripMilestone | None:
        """The last step that was made."""
        return max(self.milestones, key=ORDER.index, default=None)

    def _fit(self, milestone: TripMilestone, at: datetime, now: datetime) -> datetime:
        if at > now + CLOCK_SKEW:
            fix = "set the device's clock, or send the time when it happened"
            raise wrong_field("at", "in_the_future", "the time lies in the future", fix)
        rank = ORDER.index(milestone)
        earlier = [one.at for one in self.milestones.values() if ORDER.index(one.milestone) < rank]
        later = [one.at for one in self.milestones.values() if ORDER.index(one.milestone) > rank]
        low, high = max(earlier, default=at), min([now, *later])
        if at < low - CLOCK_SKEW or at > high + CLOCK_SKEW:
            what = f"{milestone} can't have happened then: other milestones contradict"
            raise wrong_field("at", "out_of_order", what, "send the time when it happened")
        return max(low, min(at, high))

    def _scheduled(self) -> BookingScheduled:
        return BookingScheduled(
            booking_id=self.booking_id,
            trip_id=self.id,
            vehicle_id=self.vehicle_id,
            pickup_at=self.pickup_at,
            arrives_at=self.arrives_at,
            out_of_city=self.out_of_city,
        )
