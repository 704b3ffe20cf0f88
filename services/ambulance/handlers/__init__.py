"""One function per request or timer: load, decide (domain), save, emit, audit.

intake.py      contacts           call_backs.py   cut-off calls are rung back
incidents.py   triage, place, close, look          dispatch.py     choose, send, divert, release
crew.py        milestones, corrections             positions.py    where units are
patients.py    found, triaged, taken, cared for    deaths.py       in two steps, and taken back
hospitals.py   where to take a patient, refusals
resources.py   duty, lists                         imports.py     master data
clocks.py      durable clocks: set, forgotten      run_out.py     what happens when one runs out
alerts.py      raised, cleared, settled            siaga.py       auto mode: red incidents get a unit at once
configuration.py   targets, clocks, limits         timer_kinds.py the names of the clocks
care.py        who waits when the units have left  planning.py     units reserved for a pick-up
sending.py     a unit is committed
find.py        load or refuse, row scope           ending.py       an assignment that ends early
moving.py      a pick-up whose unit can't come
hand_overs.py  to other jurisdictions
rides.py       recurring pick-ups   day_plan.py  pick-ups of a day by unit   bound.py  where they go
choosing.py    ranking units                       reasons.py      why a unit was sent
proposing.py   what the dispatch method would do   body_transports.py  bodies for which no hearse is free
progress.py    what a caller is told               standing.py     the coverage of the city
reports.py     figures of a period                 watching.py     coverage, every quarter of an hour
speeds.py      learned from our own trips          views.py        what is shown
"""

from . import (
    alerts,
    body_transports,
    call_backs,
    care,
    configuration,
    crew,
    day_plan,
    deaths,
    dispatch,
    hand_overs,
    hospitals,
    imports,
    incidents,
    intake,
    patients,
    planning,
    positions,
    progress,
    proposing,
    reasons,
    reports,
    resources,
    rides,
    speeds,
)

__all__ = [
    "alerts",
    "body_transports",
    "call_backs",
    "care",
    "configuration",
    "crew",
    "day_plan",
    "deaths",
    "dispatch",
    "hand_overs",
    "hospitals",
    "imports",
    "incidents",
    "intake",
    "patients",
    "planning",
    "positions",
    "progress",
    "proposing",
    "reasons",
    "reports",
    "resources",
    "rides",
    "speeds",
]
