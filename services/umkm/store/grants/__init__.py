"""SQL of the grants.

round.py         rounds and their scoresheets
application.py   applications, and what assessors gave
earlier.py       grants from elsewhere
"""

from . import application, earlier, round

__all__ = ["application", "earlier", "round"]
