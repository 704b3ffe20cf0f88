"""One function per request, event or timer: load, decide (domain), save, emit, audit.

booking.py    asked for, completed, shown       deciding.py   approved, rejected, cancelled, disputed
planning.py   free times, held, fixed           situation.py  what a plan has to reckon with
trips.py      milestones                        deaths.py     drafts of confirmed deaths, deaths taken back
fleet.py      master data                       twice.py      bookings that may be for one deceased
find.py       load or refuse, row scope         views.py      what is shown of it
clocks.py     set and forgotten                 run_out.py    what happens when one runs out
alerts.py     raised, cleared, settled          overruns.py   trips that take longer than planned
blocks.py     maintenance, leave                replanning.py trips whose vehicle or officer is gone
documents.py  papers, recorded deaths          configuration.py   what the city decides
other_transport.py   brought by others           timer_kinds.py   the names of the clocks
day.py        the day's plan                   day_pdf.py    the same on paper
reports.py    counts of a period                supervision.py   complaints, corrections, erasure
releasing.py  a time is given back              facilities.py where hospitals are
"""

from . import booking, deaths, deciding, fleet, planning, trips

__all__ = ["booking", "deaths", "deciding", "fleet", "planning", "trips"]
