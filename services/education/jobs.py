"""Long work of the education service: reading rosters, applying them."""

from __future__ import annotations

from chassis.jobs import JobKind

from .handlers import applying, parsing
from .handlers import job_kinds as kinds

JOBS = {
    kinds.PARSE: JobKind(parsing.parse, parsing.gave_up, megabytes=220),
    kinds.APPLY: JobKind(applying.apply, applying.gave_up, megabytes=220),
}
