"""What would have happened: a discrete-event simulation of recorded or traced calls under another policy, fleet or
base plan. Pure and repeatable: chance is in the calls (common random numbers), so policies meet identical days.

city.py, calls.py   what is given            reading.py   from open files
fleet.py            where every unit is      parking.py   where it waits
policies.py         what is compared         simulation.py   the events
results.py          late share, mean, p90, very late; paired differences with 95 % t-intervals
"""

from .calls import Calls
from .city import City
from .policies import CLOSEST, POLICIES, REC2_FRUGAL, REC2_KEEN, RELOCATION, STEPS, Parking, Policy
from .reading import TraceUnreadable, read_city, read_multipliers, read_trace
from .results import MEASURES, Difference, Measures, Replayed, paired
from .simulation import Simulation

__all__ = [
    "CLOSEST",
    "MEASURES",
    "POLICIES",
    "REC2_FRUGAL",
    "REC2_KEEN",
    "RELOCATION",
    "STEPS",
    "Calls",
    "City",
    "Difference",
    "Measures",
    "Parking",
    "Policy",
    "Replayed",
    "Simulation",
    "TraceUnreadable",
    "paired",
    "read_city",
    "read_multipliers",
    "read_trace",
]
