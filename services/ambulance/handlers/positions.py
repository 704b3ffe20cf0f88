"""Positions from crews' devices, in batches, and the partitions that hold them."""

from __future__ import annotations

from datetime import timedelta

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.requests.crew import ReportPositions, UnitPosition
from contracts.ambulance.views import PositionsView
from contracts.problems import InvalidRequest

from .. import store
from ..domain.unit import Unit
from . import find
from .timer_kinds import PARTITIONS

EVERY = timedelta(days=1)


def report_positions(work: Work, request: ReportPositions) -> PositionsView:
    """Take what is possible of a batch; the others are named with the reason. Another's unit refuses it whole."""
    for position in request.positions:
        find.require_unit(work, position.unit_id)
    units = store.unit.get_many(work, {position.unit_id for position in request.positions})
    fixes, refused = [], []
    for index, position in sorted(enumerate(request.positions), key=lambda item: item[1].at):
        problem = _take(units.get(position.unit_id), position, work)
        if problem:
            refused.append((index, problem))
        else:
            fixes.append(store.position.Fix(position.unit_id, position.at, position.location))
    store.position.add(work, fixes)
    return PositionsView(accepted=len(fixes), refused=tuple(f"{index}: {why}" for index, why in sorted(refused)))


def keep_partitions(work: Work, timer: Timer) -> None:
    """Once a day: partitions of the coming days are made, old ones dropped."""
    store.position.keep_partitions(work)
    work.remind(PARTITIONS, timer.subject, work.now + EVERY)
    work.audit("position", partitions_from=work.now.date().isoformat())


def _take(unit: Unit | None, position: UnitPosition, work: Work) -> str | None:
    if unit is None:
        return "no such unit"
    try:
        unit.report_position(position.location, position.at, work.now)
    except InvalidRequest as error:
        return "; ".join(wrong.detail for wrong in error.data.errors)
    return None
