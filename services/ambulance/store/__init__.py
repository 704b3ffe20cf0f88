"""Everything the ambulance service keeps in PostgreSQL, one module per aggregate: the only SQL of this service.

    contact.py     calls            caller.py      how the calls from one number turned out
    incident.py    incidents with their patients
    assignment.py  assignments with their milestones      choice.py   why units were sent
    unit.py        vehicles and their latest position       position.py  the history of positions
    open_call.py   emergencies that wait or are driven to, for the dispatch method
    facility.py    hospitals        area.py        kelurahan polygons and the locator made of them
    configuration.py  targets, clocks, limits, siaga mode      alert.py   alerts and tasks
    ride_series.py, ride.py   patients who are fetched again and again, and their pick-ups
    correction.py  milestones that were reported wrongly       plan.py    units reserved for pick-ups
    refusal.py     patients whom a hospital did not take      hand_over_time.py   how long hospitals took
    expected.py    patients on their way to hospitals
    death_retraction.py   deaths that were taken back  body_transport.py   bodies for which no hearse is free
    incident_lists.py   pages of incidents             trip.py, travel_speed.py   drives, and what they taught
    response.py, coverage_sample.py, report.py   how long everything took, what was covered, and figures of both
    columns.py, hand_over.py     what several of them share

Locks: a handler that changes something locks what it reads in this order and no other, so that two never wait
for each other: contact, ride series, incident (several: by id), assignment, unit (several: by id), alert. Rows are
locked FOR NO KEY UPDATE, so that a new row that only refers to them doesn't wait. Free text and phone numbers are
encrypted.
"""

from . import (
    alert,
    area,
    assignment,
    body_transport,
    caller,
    choice,
    configuration,
    contact,
    correction,
    coverage_sample,
    death_retraction,
    expected,
    facility,
    hand_over_time,
    incident,
    incident_lists,
    milestone,
    open_call,
    patient,
    plan,
    position,
    refusal,
    report,
    response,
    ride,
    ride_series,
    travel_speed,
    trip,
    unit,
)

__all__ = [
    "alert",
    "area",
    "assignment",
    "body_transport",
    "caller",
    "choice",
    "configuration",
    "contact",
    "correction",
    "coverage_sample",
    "death_retraction",
    "expected",
    "facility",
    "hand_over_time",
    "incident",
    "incident_lists",
    "milestone",
    "open_call",
    "patient",
    "plan",
    "position",
    "refusal",
    "report",
    "response",
    "ride",
    "ride_series",
    "travel_speed",
    "trip",
    "unit",
]
