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
    PARTNER_HEARSE = "partner_hearse"
    TRANSPORT_UNIT = "transport_unit"
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


class DocumentKind(StrEnum):
    """Papers. death_letter: surat keterangan kematian; neighbourhood_letter: surat RT/RW; poverty_letter: SKTM."""

    DEATH_LETTER = "death_letter"
    DECEASED_ID_CARD = "deceased_id_card"
    REPORTER_ID_CARD = "reporter_id_card"
    FAMILY_CARD = "family_card"
    NEIGHBOURHOOD_LETTER = "neighbourhood_letter"
    HOSPITAL_LETTER = "hospital_letter"
    POVERTY_LETTER = "poverty_letter"
    TRANSPORT_PERMIT = "transport_permit"


class DocumentState(StrEnum):
    """`needed`: nobody has said anything of it; `to_follow`: the family brings it later (berkas menyusul)."""

    NEEDED = "needed"
    TO_FOLLOW = "to_follow"
    RECEIVED = "received"
    VERIFIED = "verified"
    REFUSED = "refused"


class DeathCorrection(StrEnum):
    """Why a recorded death does not hold as it was recorded."""

    WRONG_DATE = "wrong_date"
    WRONG_PERSON = "wrong_person"
    NOT_DEAD = "not_dead"


class SameReason(StrEnum):
    """Why two bookings may be for one deceased."""

    SAME_PERSON = "same_person"
    SAME_NAME = "same_name"
    SAME_PLACE_AND_TIME = "same_place_and_time"
