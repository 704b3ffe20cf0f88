"""Everything the hearse service keeps in PostgreSQL, one module per aggregate: the only SQL of this service.

    booking.py, booking_values.py   bookings      duplicates.py    bookings that may be for one deceased
    trip.py          trips with their milestones  reservation.py   who is taken when: guarded by an exclusion constraint
    vehicle.py, officer.py, burial_place.py       the burial unit's master data
    retraction.py    deaths that were taken back  configuration.py what the city decides
    settlement.py    how disputes were settled    alert.py         alerts
    complaint.py     what families say            report.py        counts of a period
    block.py         maintenance and leave        document.py      papers, and the deaths that they prove
    facility.py      where hospitals are           columns.py       the tables' metadata

Locks: a handler that changes something locks what it reads in this order and no other, so that two never wait for each
other: booking (several: by id) with its alerts, the city reserve, vehicles (by id), officers (by id), burial place.
Names, phone numbers, addresses and free text are encrypted.
"""

from . import (
    alert,
    block,
    booking,
    burial_place,
    complaint,
    configuration,
    document,
    duplicates,
    facility,
    officer,
    report,
    reservation,
    retraction,
    settlement,
    trip,
    vehicle,
)
from .columns import metadata

__all__ = [
    "alert",
    "block",
    "booking",
    "burial_place",
    "complaint",
    "configuration",
    "document",
    "duplicates",
    "facility",
    "metadata",
    "officer",
    "report",
    "reservation",
    "retraction",
    "settlement",
    "trip",
    "vehicle",
]
