"""Booking: from a family's call to the farewell.

draft -> requested -> approved -> scheduled -> en_route -> picked_up -> delivered -> completed; rejected, cancelled or
expired before the deceased is in the vehicle. Invariants: the version rises by one per change; a closed one
stays closed; only an approved booking without a dispute is scheduled. The trip's side of it is in trip.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from contracts.base import Event
from contracts.hearse import events as told
from contracts.hearse.problems import BookingOnHold
from contracts.hearse.values import BookingState, CancellationReason, Origin, RejectionReason, TripMilestone
from contracts.problems import wrong_field

from .people import Deceased, Dispute, Reporter
from .place import Destination, Place
from .refusals import wrong_state
from .said import soonest, text

BEFORE_TRIP = frozenset({BookingState.DRAFT, BookingState.REQUESTED, BookingState.APPROVED, BookingState.SCHEDULED})
CLOSED = frozenset({BookingState.COMPLETED, BookingState.REJECTED, BookingState.CANCELLED, BookingState.EXPIRED})
CANCELLABLE = BEFORE_TRIP | {BookingState.EN_ROUTE}
WAITING = frozenset({BookingState.REQUESTED, BookingState.APPROVED})
PLANNABLE = frozenset({BookingState.APPROVED, BookingState.SCHEDULED})


@dataclass(slots=True)
class Booking:
    """`confirmation` tells which confirmation of the patient's death it is for."""

    id: UUID
    state: BookingState
    origin: Origin
    created_at: datetime
    deceased: Deceased
    pickup: Place
    reporter: Reporter | None = None
    destination: Destination | None = None
    earliest_at: datetime | None = None
    note: str | None = field(default=None, repr=False)
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    confirmation: int | None = None
    police_hold: bool = False
    requested_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str | None = None
    closed_at: datetime | None = None
    reason: str | None = None
    reason_note: str | None = field(default=None, repr=False)
    dispute: Dispute | None = None
    unavailable_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 1

    @classmethod
    def request(
        cls,
        id: UUID,
        origin: Origin,
        reporter: Reporter,
        deceased: Deceased,
        pickup: Place,
        destination: Destination,
        earliest_at: datetime,
        now: datetime,
        note: str | None = None,
    ) -> tuple[Booking, list[Event]]:
        """Ask for a hearse. Raises InvalidRequest for an earliest time that has long passed."""
        booking = cls(id, BookingState.REQUESTED, origin, now, deceased, pickup, reporter, destination)
        booking.earliest_at, booking.note = soonest(earliest_at, now), text(note)
        booking.requested_at = now
        return booking, [booking._requested()]

    def submit(
        self,
        reporter: Reporter,
        deceased: Deceased,
        pickup: Place,
        destination: Destination,
        earliest_at: datetime,
        now: datetime,
        note: str | None = None,
    ) -> list[Event]:
        """The family's word on a draft: all that is needed is known."""
        self._require("submit", {BookingState.DRAFT})
        self.reporter, self.deceased, self.pickup, self.destination = reporter, deceased, pickup, destination
        self.earliest_at, self.note, self.requested_at = soonest(earliest_at, now), text(note), now
        self._move(BookingState.REQUESTED)
        return [self._requested()]

    @property
    def key(self) -> str:
        """Its id as clocks carry it."""
        return str(self.id)

    @property
    def open(self) -> bool:
        """Somebody still has to do something."""
        return self.state not in CLOSED

    def approve(self, by: str, now: datetime) -> list[Event]:
        """Take responsibility for serving it; approved already, it changes nothing."""
        if self.state is BookingState.APPROVED:
            return []
        self._require("approve", {BookingState.REQUESTED})
        self.approved_at, self.approved_by = now, by
        self._move(BookingState.APPROVED)
        return [told.BookingApproved(booking_id=self.id)]

    def reject(self, reason: RejectionReason, note: str | None, now: datetime) -> list[Event]:
        """Not served. The same again changes nothing."""
        if self.state is BookingState.REJECTED and self.reason == reason:
            return []
        self._require("reject", WAITING)
        if reason is RejectionReason.OTHER and text(note) is None:
            raise wrong_field("note", "missing", "another reason is said in words", "say in `note` why")
        self._close(BookingState.REJECTED, now, reason, note)
        return [told.BookingRejected(booking_id=self.id, reason=reason)]

    def cancel(self, reason: CancellationReason, note: str | None, now: datetime) -> list[Event]:
        """Nobody needs it any more; cancelled before, it changes nothing. Not once the deceased is in the vehicle."""
        if self.state is BookingState.CANCELLED:
            return []
        self._require("cancel", CANCELLABLE)
        self._close(BookingState.CANCELLED, now, reason, note)
        return [
            told.BookingCancelled(
                booking_id=self.id, incident_id=self.incident_id, patient_id=self.patient_id, reason=reason
            )
        ]

    def expire(self, now: datetime) -> list[Event]:
        """Nobody followed it up. A draft stays: the body lies somewhere."""
        if self.state not in WAITING or self.dispute:
            return []
        self._close(BookingState.EXPIRED, now)
        return [told.BookingExpired(booking_id=self.id)]

    def open_dispute(self, responsible: str, note: str, by: str, now: datetime) -> list[Event]:
        """On hold; a scheduled one waits to be planned anew. The same again changes nothing."""
        if self.dispute is not None and (self.dispute.responsible, self.dispute.note) == (responsible, note):
            return []
        self._require("dispute", BEFORE_TRIP)
        self._require_released()
        first = self.dispute is None
        self.dispute = Dispute(self.dispute.opened_at if self.dispute else now, by, responsible, note)
        self._move(BookingState.APPROVED if self.state is BookingState.SCHEDULED else self.state)
        return [told.BookingDisputed(booking_id=self.id)] if first else []

    def settle_dispute(self) -> list[Event]:
        """The responsible person has decided that it goes on."""
        if self.dispute is None:
            return []
        self.dispute, self.police_hold = None, False
        self._move(self.state)
        return [told.DisputeSettled(booking_id=self.id)]

    def no_vehicle(self, now: datetime) -> list[Event]:
        """No vehicle is free soon enough; told once."""
        if self.unavailable_at is not None or self.earliest_at is None:
            return []
        self.unavailable_at = now
        self._move(self.state)
        place = self.pickup
        return [
            told.VehicleUnavailable(
                booking_id=self.id,
                incident_id=self.incident_id,
                patient_id=self.patient_id,
                facility_id=place.facility_id,
                kelurahan_code=place.kelurahan_code,
                earliest_at=self.earliest_at,
            )
        ]

    def erase(self, now: datetime) -> list[Event]:
        """Forget its people; forgotten already, it changes nothing. Only once it is closed."""
        if self.erased_at is not None:
            return []
        self._require("erase", CLOSED)
        self.reporter, self.note, self.reason_note = None, None, None
        self.deceased = Deceased(died_at=self.deceased.died_at)
        self.pickup = self.pickup.coarse
        if self.destination is not None:
            self.destination = replace(self.destination, place=self.destination.place.coarse)
        self.erased_at = now
        self._move(self.state)
        return [told.BookingErased(booking_id=self.id)]

    def require_plannable(self, step: str, states: Collection[BookingState] = PLANNABLE) -> None:
        """Raise BookingWrongState or BookingOnHold unless a time may be chosen now."""
        self._require(step, states)
        self._require_released()
        if self.dispute is not None:
            raise BookingOnHold("a dispute is open", detail_id="ada sengketa yang belum selesai")

    def schedule(self) -> None:
        """Vehicle and officers are fixed; what is told of it is the trip's."""
        self.require_plannable("confirm")
        self._move(BookingState.SCHEDULED)

    def unschedule(self) -> None:
        """Its vehicle is gone: it waits to be planned anew."""
        if self.state in (BookingState.SCHEDULED, BookingState.EN_ROUTE):
            self._move(BookingState.APPROVED)

    def touch(self) -> None:
        """Something that belongs to it has changed."""
        self._move(self.state)

    def progress(self, furthest: TripMilestone, now: datetime) -> None:
        """The trip has come this far."""
        self._move(BookingState(furthest))
        if self.state is BookingState.COMPLETED and self.closed_at is None:
            self.closed_at = now

    def _requested(self) -> told.BookingRequested:
        assert self.destination is not None and self.earliest_at is not None, "a request has both"
        return told.BookingRequested(
            booking_id=self.id,
            origin=self.origin,
            destination_kind=self.destination.kind,
            pickup_kelurahan_code=self.pickup.kelurahan_code,
            destination_kelurahan_code=self.destination.place.kelurahan_code,
            earliest_at=self.earliest_at,
        )

    def _require_released(self) -> None:
        if self.police_hold and self.dispute is not None:
            raise BookingOnHold("the police hold the body", detail_id="jenazah masih ditahan kepolisian")

    def _require(self, step: str, states: Collection[BookingState]) -> None:
        if self.state not in states:
            raise wrong_state(step, self.state, states)

    def _move(self, state: BookingState) -> None:
        self.state = state
        self.version += 1

    def _close(self, state: BookingState, now: datetime, reason: str | None = None, note: str | None = None) -> None:
        self.closed_at, self.reason, self.reason_note, self.dispute = now, reason, text(note), None
        self._move(state)
