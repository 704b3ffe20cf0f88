"""The education service: what it answers and what it listens to."""

from __future__ import annotations

from chassis.service import Service, answers, subscribe
from contracts.education import ListDeathNotices

from . import handlers


class Education(Service):
    """School-fee waivers."""

    name = "education"

    list_death_notices = answers(ListDeathNotices, handlers.list_death_notices)

    on_death_recorded = subscribe("hearse.death-recorded.v1", handlers.note_death)
    on_death_corrected = subscribe("hearse.death-corrected.v1", handlers.correct_death)
