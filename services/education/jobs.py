"""Long work of the education service: rosters that are read and applied, rules looked at for all, grants to many."""

from __future__ import annotations

from chassis.jobs import JobKind

from .handlers import applying, evaluating, granting, parsing
from .handlers import job_kinds as kinds

JOBS = {
    kinds.PARSE: JobKind(parsing.parse, parsing.gave_up, megabytes=220),
    kinds.APPLY: JobKind(applying.apply, applying.gave_up, megabytes=220),
    kinds.EVALUATE: JobKind(evaluating.evaluate, evaluating.gave_up, megabytes=220),
    kinds.GRANT: JobKind(granting.grant_all, granting.gave_up, megabytes=220),
}
