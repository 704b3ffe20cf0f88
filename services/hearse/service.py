"""The hearse service: what it answers and what it listens to."""

from __future__ import annotations

from chassis.service import Service, answers, subscribe
from contracts.hearse import GetBooking, ListBookings

from . import handlers


class Hearse(Service):
    """Free hearse bookings."""

    name = "hearse"

    get_booking = answers(GetBooking, handlers.get_booking)
    list_bookings = answers(ListBookings, handlers.list_bookings)

    on_patient_deceased = subscribe("ambulance.patient-deceased.v1", handlers.draft_from_death)
    on_death_retracted = subscribe("ambulance.patient-deceased-retracted.v1", handlers.cancel_for_the_living)
