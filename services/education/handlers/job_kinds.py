"""The names of the jobs. They stand in databases: never change one."""

from __future__ import annotations

PARSE, APPLY = "roster-parse", "roster-apply"
EVALUATE, GRANT = "evaluate", "grant-evaluated"
