"""Facilities, of which the ambulance service tells: who names one need not know where it is."""

from __future__ import annotations

from dataclasses import replace

from chassis.work import Work
from contracts.ambulance.events import FacilityStatusChanged

from .. import store
from ..domain.place import Facility, Place


def remember(work: Work, told: FacilityStatusChanged) -> None:
    """Its name and where it is; whether it takes patients is no matter here."""
    if told.location is None or told.name is None:
        return  # told by an older version
    facility = Facility(told.facility_id, told.name, told.location)
    if store.facility.get(work, facility.id) == facility:
        return
    store.facility.put(work, facility)
    work.audit(facility.id, facility="placed")


def located(work: Work, place: Place) -> Place:
    """With the point of the facility that it names, and its name for people, unless they were said otherwise."""
    facility = store.facility.get(work, place.facility_id) if place.facility_id else None
    if facility is None:
        return place
    return replace(place, location=place.location or facility.location, address=place.address or facility.name)
