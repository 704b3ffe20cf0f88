"""Positions from crews' devices, in batches, and the partitions that hold them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from pydantic import ValidationError

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.requests.crew import ReportPositions, UnitPosition, Unreadable
from contracts.ambulance.values import AlertKind
from contracts.ambulance.views import PositionError, PositionsView
from contracts.language import indonesian
from contracts.problems import FieldError, Forbidden, InvalidRequest, invalid, wrong_field

from .. import store
from ..domain.alert import About
from ..domain.unit import OUTLIERS_A_DAY, Fix, Unit
from . import alerts, find
from .timer_kinds import PARTITIONS

EVERY = timedelta(days=1)
A_DAY = timedelta(days=1)
Sent = UnitPosition | Unreadable


def report_positions(work: Work, request: ReportPositions) -> PositionsView:
    """Take what is possible of a batch; the others are named with the reason and hold up nobody."""
    units = store.unit.get_many(work, {sent.unit_id for sent in request.positions if isinstance(sent, UnitPosition)})
    doubts = {id: unit.doubted for id, unit in units.items()}
    fixes, errors = [], []
    for index, sent in sorted(enumerate(request.positions), key=_by_time):
        try:
            fixes.append(_taken(work, units, sent))
        except InvalidRequest as refusal:
            errors += [(index, error) for error in refusal.data.errors]
    regained = [store.position.Fix(unit.id, one.at, one.location) for unit in units.values() for one in unit.regained]
    errors = [(at, error) for at, error in errors if not _believed_after_all(request.positions[at], units)]
    store.position.add(work, [*fixes, *regained])
    for unit in units.values():
        _settle(work, unit, unit.doubted != doubts[unit.id])
    errors.sort(key=lambda pair: pair[0])
    return PositionsView(
        accepted=len(request.positions) - len({at for at, _ in errors}),
        refused=tuple(_in_words(errors)),
        errors=tuple(_located(at, error) for at, error in errors),
    )


def keep_partitions(work: Work, timer: Timer) -> None:
    """Once a day: partitions of the coming days are made, old ones dropped."""
    store.position.keep_partitions(work)
    work.remind(PARTITIONS, timer.subject, work.now + EVERY)
    work.audit("position", partitions_from=work.now.date().isoformat())


def _by_time(numbered: tuple[int, Sent]) -> tuple[float, int]:
    index, sent = numbered
    return (sent.at.timestamp() if isinstance(sent, UnitPosition) else 0.0, index)


def _taken(work: Work, units: dict[str, Unit], sent: Sent) -> store.position.Fix:
    """Raises InvalidRequest with pointers into this one position."""
    if isinstance(sent, Unreadable):
        raise _unreadable(sent)
    try:
        find.require_unit(work, sent.unit_id)
    except Forbidden:
        raise wrong_field("unit_id", "not_yours", "this unit is not yours", "log in as its crew") from None
    if sent.unit_id not in units:
        raise wrong_field("unit_id", "unknown", "no such unit", "choose one of ambulance.list_units")
    units[sent.unit_id].report_position(sent.location, sent.at, work.now)
    return store.position.Fix(sent.unit_id, sent.at, sent.location)


def _believed_after_all(sent: Sent, units: dict[str, Unit]) -> bool:
    """It was doubted, and a later one of the same batch has settled it."""
    if not isinstance(sent, UnitPosition) or sent.unit_id not in units:
        return False
    return Fix(sent.location, sent.at) in units[sent.unit_id].regained


def _unreadable(sent: Unreadable) -> InvalidRequest:
    try:
        UnitPosition.model_validate_json(json.dumps(sent.root))  # as JSON: else the texts speak of Python's types
    except ValidationError as error:
        return invalid(error)
    raise AssertionError("unreachable: what is a position was read as one")


def _settle(work: Work, unit: Unit, doubts_changed: bool) -> None:
    """Remember what is not believed yet, mark what is not believed any more, and tell of a device that errs often."""
    if doubts_changed:
        store.unit.save_doubts(work, unit)
        work.audit(unit.id, doubted=len(unit.doubted), outliers=len(unit.outliers))
    if not unit.outliers:
        return
    times = [fix.at for fix in unit.outliers]
    outliers = store.position.mark_outliers(work, unit.id, times, work.now - A_DAY)
    if outliers >= OUTLIERS_A_DAY:
        alerts.raise_alert(work, AlertKind.DEVICE_UNRELIABLE, About(unit_id=unit.id), {"outliers": outliers})


def _located(index: int, error: FieldError) -> PositionError:
    pointer = f"/positions/{index}{error.pointer.rstrip('/')}"
    return PositionError(
        index=index,
        pointer=pointer,
        code=error.code,
        detail=error.detail,
        detail_id=indonesian(error.detail),
        fix=error.fix,
        fix_id=error.fix and indonesian(error.fix),
    )


def _in_words(errors: list[tuple[int, FieldError]]) -> Iterator[str]:
    for index in dict.fromkeys(at for at, _ in errors):
        yield f"{index}: " + "; ".join(error.detail for at, error in errors if at == index)
