"""Every quarter of an hour: how much of the city is covered now, for the reports."""

from __future__ import annotations

from datetime import timedelta

from chassis.timers import Timer
from chassis.work import Work

from .. import store
from ..domain.eligibility import LIFE_SUPPORT
from . import choosing, proposing, standing
from .timer_kinds import COVERAGE

EVERY = timedelta(minutes=15)


def sample_coverage(work: Work, timer: Timer) -> None:
    """Without units or a map there is nothing to say."""
    following = timer.due_at + EVERY
    work.remind(COVERAGE, timer.subject, following if following > work.now else work.now + EVERY)
    fleet = choosing.fleet_of(work)
    board, standby = proposing.board(work, fleet), standing.standby(work, fleet.units)
    if standby is not None:
        committed = sum(unit.id in fleet.committed and unit.type in LIFE_SUPPORT for unit in fleet.units)
        expected = standby.expected(board.bound(standby))
        store.coverage_sample.add(work, expected, len(board.idle), committed)
    work.audit("coverage", sampled=standby is not None)
