"""The rules of ambulance dispatch, in pure Python: no clock, no randomness, no input or output of their own.

Methods take `now` (UTC) and ids from the caller, change the entity, raise a typed problem when a rule forbids
the step, and return the events that the step causes. Every aggregate has a `version`: 1 when it is made, one
more per change; it is the `sequence` of the events of that change. A step that changes nothing returns no
events.

    contact.py         every call, tap or relay: open -> claimed -> disposed
    incident.py        received -> triaged -> dispatching -> active -> closed
    patient.py, patient_steps.py        an incident's patients, and what it does with each
    outcomes.py, hand_over.py, hand_over_steps.py, place.py how it may end, who took over, where it is
    assignment.py      one unit sent to one incident, milestone by milestone (milestone.py), with corrections
    care.py, duplicates.py   who was left behind; incidents that may be one
    caller.py, progress.py   how a number's calls turned out; what a caller is told
    hospital.py        where to take a patient, and why not elsewhere
    unit.py            vehicle, duty, latest position        facility.py   hospitals and puskesmas
    alert.py           open -> acknowledged -> resolved       configuration.py, deadlines.py   when which clock runs out
    ride_series.py, day_plan.py   patients fetched again and again; the pick-ups of a day by unit
    plan.py, pickups.py   a unit reserved for a pick-up, and for how long
    siaga.py           who gets a unit in mode auto
    triage.py          the question protocol (protocols/*.json is data) -> a provisional colour
    geography.py       point -> kelurahan             travel.py, speeds.py   how long a drive takes; learned
    recommendation.py  which unit to send, and why not the others
    rec2/              the dispatch method            standby.py, priorities.py   coverage, what a colour means
    board.py, proposals.py   what the method would do now     replay/   what it would have done
    clock.py, refusals.py   device clocks; refusals in the same words everywhere
"""
