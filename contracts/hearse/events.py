"""Facts that the hearse service publishes: no names, numbers or addresses of persons, only keys and codes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ..base import Event


class BookingDrafted(Event, type="hearse.booking-drafted.v1"):
    """A draft was opened for a death that the ambulance service confirmed."""

    booking_id: UUID
    incident_id: UUID
    patient_id: UUID


class BookingRequested(Event, type="hearse.booking-requested.v1"):
    """All that is needed to plan is known: an officer is to approve it."""

    booking_id: UUID
    origin: str = Field(description="ambulance, relative, officer or facility; more may come.")
    destination_kind: str
    pickup_kelurahan_code: str | None = None
    destination_kelurahan_code: str | None = None
    earliest_at: AwareDatetime


class BookingDuplicateSuspected(Event, type="hearse.booking-duplicate-suspected.v1"):
    """Two bookings may be for one deceased; told once, of the later one. Nothing is merged by itself."""

    booking_id: UUID
    other_booking_id: UUID
    reason: str = Field(description="same_person, same_name or same_place_and_time; more may come.")


class BookingApproved(Event, type="hearse.booking-approved.v1"):
    """An officer took responsibility for serving it."""

    booking_id: UUID


class BookingRejected(Event, type="hearse.booking-rejected.v1"):
    """It is not served; the reason in words stays with the service."""

    booking_id: UUID
    reason: str = Field(description="A code, such as not_served or duplicate; more may come.")


class BookingCancelled(Event, type="hearse.booking-cancelled.v1"):
    """Nobody needs it any more, or the death that it was for was taken back."""

    booking_id: UUID
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    reason: str | None = Field(default=None, description="A code, such as by_family or death_retracted.")


class BookingExpired(Event, type="hearse.booking-expired.v1"):
    """Nobody followed it up."""

    booking_id: UUID


class BookingDisputed(Event, type="hearse.booking-disputed.v1"):
    """The family does not agree: on hold, its vehicle is free again; a named person decides."""

    booking_id: UUID


class DisputeSettled(Event, type="hearse.dispute-settled.v1"):
    """The responsible person has decided that it goes on."""

    booking_id: UUID


class SlotHeld(Event, type="hearse.slot-held.v1"):
    """A time is kept while the family decides."""

    booking_id: UUID
    trip_id: UUID
    pickup_at: AwareDatetime
    held_until: AwareDatetime


class SlotReleased(Event, type="hearse.slot-released.v1"):
    """A planned or held time was given back."""

    booking_id: UUID
    trip_id: UUID
    reason: str = Field(description="hold_ended, cancelled, disputed, replanned or returned; more may come.")


class BookingScheduled(Event, type="hearse.booking-scheduled.v1"):
    """Vehicle and officers are fixed."""

    booking_id: UUID
    trip_id: UUID
    vehicle_id: str
    pickup_at: AwareDatetime
    arrives_at: AwareDatetime = Field(description="As planned, at the destination.")
    out_of_city: bool = False


class VehicleReplaced(Event, type="hearse.vehicle-replaced.v1"):
    """A vehicle broke down with the deceased in it: another one takes over."""

    booking_id: UUID
    trip_id: UUID
    vehicle_id: str
    previous_vehicle_id: str


class TripProgressed(Event, type="hearse.trip-progressed.v1"):
    """A crew reported a milestone: `at` is when it happened."""

    booking_id: UUID
    trip_id: UUID
    vehicle_id: str
    milestone: str = Field(description="en_route, picked_up, delivered or completed.")
    at: AwareDatetime


class NextOfKinAsked(Event, type="hearse.next-of-kin-asked.v1"):
    """The family is to say whether, where and when. `ask_id` is the same however often the death is told: who passes
    it on does so once."""

    booking_id: UUID
    ask_id: UUID
    incident_id: UUID
    patient_id: UUID


class VehicleUnavailable(Event, type="hearse.vehicle-unavailable.v1"):
    """No vehicle is free within the time that the city promises (three hours): the body needs another way. Told once
    for each booking."""

    booking_id: UUID
    incident_id: UUID | None = None
    patient_id: UUID | None = None
    facility_id: str | None = Field(default=None, description="Where the body is, if at a facility.")
    kelurahan_code: str | None = Field(default=None, description="Where the body is otherwise.")
    earliest_at: AwareDatetime


class AlertRaised(Event, type="hearse.alert-raised.v1"):
    """Somebody must look at a booking. More kinds may come."""

    alert_id: UUID
    kind: str = Field(description="What is wrong, such as approval_overdue, overrun or no_vehicle.")
    booking_id: UUID


class AlertResolved(Event, type="hearse.alert-resolved.v1"):
    """Nobody has to look any more."""

    alert_id: UUID
    kind: str = Field(description="As it was raised.")
    by_itself: bool = Field(description="True when its cause ended, false when a person settled it.")


class TripMilestoneCorrected(Event, type="hearse.trip-milestone-corrected.v1"):
    """A milestone happened `at`, not at `previous_at` as was said before."""

    booking_id: UUID
    trip_id: UUID
    vehicle_id: str
    milestone: str
    at: AwareDatetime
    previous_at: AwareDatetime


class BookingErased(Event, type="hearse.booking-erased.v1"):
    """The people of a closed booking are forgotten."""

    booking_id: UUID


class DeathRecorded(Event, type="hearse.death-recorded.v1"):
    """A death letter was verified. Only keys and the date."""

    booking_id: UUID
    person_key: str
    household_key: str | None = None
    died_on: date
    revision: int = Field(default=1, description="One more with each record or correction of this booking's death.")

    @property
    def day(self) -> date:
        """The date that holds."""
        return self.died_on


class DeathCorrected(Event, type="hearse.death-corrected.v1"):
    """A recorded death does not hold as it was told. Only keys and the date."""

    booking_id: UUID
    person_key: str = Field(description="Of whom it was told; empty if the booking's people were forgotten since.")
    household_key: str | None = None
    reason: str = Field(description="wrong_date, wrong_person or not_dead; more may come.")
    died_on: date | None = Field(default=None, description="The date that holds; null: it does not hold at all.")
    previous_died_on: date = Field(description="As it was told before.")
    revision: int

    @property
    def day(self) -> date:
        """The date that holds, else the one that was told and does not."""
        return self.died_on or self.previous_died_on
