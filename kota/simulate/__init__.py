"""`kota simulate day`: a day of the city against the public API, and an account of everything lost or doubled.

profile.py     the day: who calls when, where and why (seeded, pure)
clock.py       simulated time, faster than the wall clock
http.py        the API client: retries with the same Idempotency-Key, timings
callers.py     contacts arrive and are taken        dispatchers.py  triage, choose, send, divert, close
crews.py       milestones, patients, deaths         positions.py, hospitals.py  what happens meanwhile
replay/        `kota simulate replay`: recorded or traced calls under another policy, fleet or base plan
ledger.py      what was acknowledged                reconcile/      compared with API, databases and stream
"""

from kota.simulate.options import Options
from kota.simulate.report import Report
from kota.simulate.running import run_day

__all__ = ["Options", "Report", "run_day"]
