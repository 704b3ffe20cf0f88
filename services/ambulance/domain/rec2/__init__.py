"""REC2, the dispatch method: closest idle unit, guarded reassignment, coverage-led parking. Pure: numbers in, a
proposal out; nothing is remembered between two decisions.

parameters.py   all figures                       situation.py    units, calls, who may be taken away
coverage.py     MEXCLP gain and loss              lateness.py     what a late response costs
calling.py      A  a new call                     freeing.py      B  a unit becomes free
relocating.py   where it parks; C  one move       matching.py     several calls at once
hospital.py     D  which hospital                 proposals.py    what comes out, with reasons

The published dispatch heuristic that sends a unit "just in time" (Jagtenberg et al. 2017) is deliberately not here:
with noisy travel times it made more patients late.
"""

from .calling import closest, on_new_call
from .coverage import CoverageMap
from .freeing import next_in_queue, on_unit_free, take_overs
from .hospital import Hospital, HospitalChoice, HospitalReason, rank_hospitals
from .lateness import lateness_cost
from .matching import on_several_calls
from .parameters import FRUGAL, KEEN, Parameters
from .proposals import Plan, Reason, Relocation, Sending
from .relocating import Movable, best_move, where_to_park
from .situation import Array, Arrivals, Call, EnRoute, Priority, Units, may_be_taken

__all__ = [
    "FRUGAL",
    "KEEN",
    "Array",
    "Arrivals",
    "Call",
    "CoverageMap",
    "EnRoute",
    "Hospital",
    "HospitalChoice",
    "HospitalReason",
    "Movable",
    "Parameters",
    "Plan",
    "Priority",
    "Reason",
    "Relocation",
    "Sending",
    "Units",
    "best_move",
    "closest",
    "lateness_cost",
    "may_be_taken",
    "next_in_queue",
    "on_new_call",
    "on_several_calls",
    "on_unit_free",
    "rank_hospitals",
    "take_overs",
    "where_to_park",
]
