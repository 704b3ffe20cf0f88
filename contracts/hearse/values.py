"""The words of the burial unit: states and codes, as used in requests, events and views."""

from __future__ import annotations

from enum import StrEnum


class BookingState(StrEnum):
    """From the family's call to the farewell; `rejected`, `cancelled` and `expired` end it before."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    EN_ROUTE = "en_route"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Origin(StrEnum):
    """Who asked: a confirmed death of the ambulance service, a relative (super app), an officer for somebody on the
    phone, or the staff of a hospital or puskesmas."""

    AMBULANCE = "ambulance"
    RELATIVE = "relative"
    OFFICER = "officer"
    FACILITY = "facility"


class DestinationKind(StrEnum):
    """Where the deceased is brought; it decides which papers are needed. `city_cemetery` has burial hours."""

    HOME = "home"
    CITY_CEMETERY = "city_cemetery"
    OTHER_CEMETERY = "other_cemetery"
    OUT_OF_CITY = "out_of_city"


class TripMilestone(StrEnum):
    """What a crew reports, in the order in which it happens."""

    EN_ROUTE = "en_route"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    COMPLETED = "completed"


class TripState(StrEnum):
    """`held`: a slot kept for some minutes while the family decides; `released`: its time was given back."""

    HELD = "held"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    RELEASED = "released"


class VehicleState(StrEnum):
    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class RejectionReason(StrEnum):
    """Why the burial unit does not serve a request."""

    NOT_SERVED = "not_served"
    DUPLICATE = "duplicate"
    NO_VEHICLE = "no_vehicle"
    NOT_REACHED = "not_reached"
    WRONG_DATA = "wrong_data"
    OTHER = "other"


class CancellationReason(StrEnum):
    """Why nobody needs it any more."""

    BY_FAMILY = "by_family"
    OWN_TRANSPORT = "own_transport"
    DUPLICATE = "duplicate"
    DEATH_RETRACTED = "death_retracted"
    OTHER = "other"


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class AlertKind(StrEnum):
    """What somebody must look at. More kinds may come: readers show one that they don't know as it is."""

    APPROVAL_OVERDUE = "approval_overdue"
    ARRIVAL_LATE = "arrival_late"
    OVERRUN = "overrun"
    CALL_NEXT_OF_KIN = "call_next_of_kin"
    NO_VEHICLE = "no_vehicle"
    DECEASED_ALIVE = "deceased_alive"
    COMPLAINT = "complaint"


class SameReason(StrEnum):
    """Why two bookings may be for one deceased."""

    SAME_PERSON = "same_person"
    SAME_NAME = "same_name"
    SAME_PLACE_AND_TIME = "same_place_and_time"
