"""Long work of the UMKM service: files of the partner bank."""

from __future__ import annotations

from chassis.jobs import JobKind

from .handlers import job_kinds as kinds
from .handlers.capital import booking

JOBS = {kinds.BANK_FILE: JobKind(booking.book_file, booking.gave_up_file, megabytes=200)}
