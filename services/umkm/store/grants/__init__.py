"""SQL of the grants.

round.py         rounds and their scoresheets
application.py   applications, and what assessors gave
"""

from . import application, round

__all__ = ["application", "round"]
