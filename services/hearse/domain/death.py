"""Drafts for deaths that the ambulance service confirmed, and deaths that were told twice.

A death may be taken back at any step. Each confirmation of a patient's death has a number; taking one back takes back
those before it too, so the two facts give the same result in either order.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from contracts.ambulance.events import PatientDeceased
from contracts.ambulance.sealed import DeathDetails
from contracts.base import Event
from contracts.context import SYSTEM
from contracts.hearse.events import BookingDisputed, BookingDrafted, BookingDuplicateSuspected, NextOfKinAsked
from contracts.hearse.values import BookingState, CancellationReason, Origin, SameReason

from .booking import Booking
from .people import Deceased, Dispute, Reporter
from .place import Place

SAME_TIME = timedelta(hours=1)
"""Two deaths told for one place within this time may be one, if the deceased are not known by their numbers."""
SAME_NAME_WITHIN = timedelta(days=3)
"""Two bookings for one name within this time may be for one deceased."""

ASKED = UUID("0f3d1c52-6a0e-5b57-8d0b-6c2a4a1f7e11")
"""Namespace of the questions to the next of kin: one for each confirmed death, whatever message tells it."""
POLICE = ("Kepolisian", "Menunggu izin dari kepolisian.")
"""Who decides about a body that the police hold, and what is awaited."""
TITLES = frozenset({"alm", "almh", "almarhum", "almarhumah", "bapak", "bp", "bpk", "ibu", "h", "hj", "tn", "ny", "sdr"})
"""Said before a name, and left out as often."""
_NO_LETTERS = re.compile(r"[\W\d_]+")


def draft(id: UUID, death: PatientDeceased, now: datetime, retracted: int = 0) -> tuple[Booking, list[Event]]:
    """Open the draft for a death that the ambulance service confirmed; the family is asked before a car moves.

    `retracted` is the highest confirmation that is known to be taken back: a death that comes after its own
    retraction is only noted, and nobody is told of it.
    """
    alive = death.confirmation <= retracted
    details = DeathDetails() if alive or death.sealed is None else death.sealed
    phone, held = details.next_of_kin_phone, death.police_hold and not alive
    booking = Booking(
        id=id,
        state=BookingState.CANCELLED if alive else BookingState.DRAFT,
        origin=Origin.AMBULANCE,
        created_at=now,
        reporter=Reporter(details.next_of_kin_name, phone) if phone else None,
        deceased=Deceased(nik=details.nik, died_at=death.died_at, person_key=death.person_key),
        pickup=Place(details.location, death.kelurahan_code, death.facility_id, details.landmark),
        incident_id=death.incident_id,
        patient_id=death.patient_id,
        confirmation=death.confirmation,
        police_hold=death.police_hold,
        dispute=Dispute(now, SYSTEM.subject, *POLICE) if held else None,
        closed_at=now if alive else None,
        reason=CancellationReason.DEATH_RETRACTED if alive else None,
    )
    of = {"booking_id": id, "incident_id": death.incident_id, "patient_id": death.patient_id}
    ask_id = uuid5(ASKED, f"{death.patient_id} {death.confirmation}")
    on_hold = [BookingDisputed(booking_id=id)] if held else []
    return booking, [] if alive else [BookingDrafted(**of), NextOfKinAsked(**of, ask_id=ask_id), *on_hold]


def same(one: Booking, other: Booking) -> SameReason | None:
    """Why two bookings may be for one deceased; None if they are not. One incident may have several dead, and two who
    are known by their keys are two."""
    if other.id == one.id or (one.patient_id is not None and other.patient_id == one.patient_id):
        return None
    mine, theirs = one.deceased, other.deceased
    if mine.person_key is not None and theirs.person_key is not None:
        return SameReason.SAME_PERSON if mine.person_key == theirs.person_key else None
    if mine.name_key is not None and theirs.name_key is not None:
        near = abs(one.created_at - other.created_at) <= SAME_NAME_WITHIN
        return SameReason.SAME_NAME if mine.name_key == theirs.name_key and near else None
    if one.incident_id is not None and one.incident_id == other.incident_id:
        return None
    return (
        SameReason.SAME_PLACE_AND_TIME if _same_place(one.pickup, other.pickup) and _same_time(mine, theirs) else None
    )


def shared(booking: Booking) -> set[str]:
    """What two bookings for one deceased have in common: at least one of these."""
    deceased, place = booking.deceased, booking.pickup
    found = {"person": deceased.person_key, "name": deceased.name_key}
    if deceased.died_at is not None:
        found["place"] = place.facility_id or place.kelurahan_code
    return {f"same {what} {key}" for what, key in found.items() if key}


def comparable(name: str) -> str:
    """A name in the spelling in which names are compared: small letters without accents, titles and signs."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    words = [word for word in _NO_LETTERS.sub(" ", plain.replace("'", "")).split() if word not in TITLES]
    return " ".join(words)


def suspect(one: Booking, other: Booking, reason: SameReason) -> BookingDuplicateSuspected:
    """What is told of two bookings that may be one."""
    return BookingDuplicateSuspected(booking_id=one.id, other_booking_id=other.id, reason=reason)


def _same_place(one: Place, other: Place) -> bool:
    if one.facility_id or other.facility_id:
        return one.facility_id == other.facility_id
    return one.kelurahan_code is not None and one.kelurahan_code == other.kelurahan_code


def _same_time(one: Deceased, other: Deceased) -> bool:
    if one.died_at is None or other.died_at is None:
        return False
    return abs(one.died_at - other.died_at) <= SAME_TIME
