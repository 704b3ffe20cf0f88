"""One function per request or timer: load, decide (domain), save, emit, audit.

intake.py      contacts           call_backs.py   cut-off calls are rung back
incidents.py   triage, place, close, look          dispatch.py     choose, send, divert, release
crew.py        milestones, patients, deaths        positions.py    where units are
resources.py   duty, lists                         imports.py     master data
find.py        load or refuse, row scope           ending.py       an assignment that ends early
choosing.py    ranking units                       proposing.py   what the dispatch method would do now
standing.py    the coverage of the city            views.py       what is shown of it
"""

from . import call_backs, crew, dispatch, imports, incidents, intake, positions, proposing, resources

__all__ = ["call_backs", "crew", "dispatch", "imports", "incidents", "intake", "positions", "proposing", "resources"]
