"""Which unit to send: the closest one that may go, by travel time, with the reason for every other one.

A position older than 30 min is not believed: the travel time is counted from the base, and the unit is
offered only while no unit with a believed position can be, because when tracking fails for everyone somebody
must still be sent. A unit that never reported a position is taken to be at its base.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.ambulance.values import UnitState
from contracts.ambulance.views import Candidate, Recommendation
from contracts.geography import Point

from .distance import metres
from .eligibility import REASON_TEXT, obstacle
from .incident import Incident
from .travel import TravelTime
from .unit import Unit

OFFERED = ("closest", "further_away")


@dataclass(frozen=True, slots=True)
class Limits:
    """What disqualifies a unit."""

    stale_after: timedelta = timedelta(minutes=30)
    range_metres: float = 25_000.0


class _Option(NamedTuple):
    seconds: int
    unit: Unit
    obstacle: str | None


def rank(
    incident: Incident,
    destination: Point,
    units: Iterable[Unit],
    committed: Collection[str],
    now: datetime,
    travel: TravelTime,
    limits: Limits = Limits(),
    limit: int = 10,
) -> Recommendation:
    """The first `limit` units to send, then the nearest `limit` that are not offered; ties go by id.

    `committed` holds the ids of units with an active assignment; `destination` is the incident's point, or
    one that stands for its kelurahan (`Locator.destination`).
    """
    fleet = list(units)
    origins = [_origin(unit, now, limits) for unit in fleet]
    times = travel.to(destination, origins, now)
    options = sorted(
        (
            _Option(round(seconds), unit, _obstacle(unit, origin, destination, incident, committed, now, limits))
            for unit, origin, seconds in zip(fleet, origins, times.seconds, strict=True)
        ),
        key=lambda option: (option.seconds, option.unit.id),
    )
    offered, others = _split(options)
    candidates = [_offer(option, offered[0], now) for option in offered[:limit]]
    candidates += [_refusal(option, now, limits) for option in others[:limit]]
    first = offered[0].unit.id if offered else None
    return Recommendation(
        incident_id=incident.id,
        recommended=first,
        closest=first,
        travel_time_source=times.source,
        candidates=tuple(candidates),
    )


def _origin(unit: Unit, now: datetime, limits: Limits) -> Point:
    return unit.base if unit.location is None or _stale(unit, now, limits) else unit.location


def _stale(unit: Unit, now: datetime, limits: Limits) -> bool:
    return unit.located_at is not None and now - unit.located_at > limits.stale_after


def _obstacle(
    unit: Unit,
    origin: Point,
    destination: Point,
    incident: Incident,
    committed: Collection[str],
    now: datetime,
    limits: Limits,
) -> str | None:
    if unit.id in committed and unit.state is UnitState.AVAILABLE:
        return "committed"
    reason = obstacle(unit, incident.incident_class, incident.triage)
    if reason is not None:
        return reason
    if metres(origin, destination) > limits.range_metres:
        return "out_of_range"
    return "stale_position" if _stale(unit, now, limits) else None


def _split(options: Sequence[_Option]) -> tuple[list[_Option], list[_Option]]:
    free = [option for option in options if option.obstacle is None]
    wanted = None if free else "stale_position"
    offered = [option for option in options if option.obstacle == wanted]
    return offered, [option for option in options if option.obstacle != wanted]


def _offer(option: _Option, closest: _Option, now: datetime) -> Candidate:
    if option.obstacle is not None:
        text = "position too old, time from its base; no unit with a fresh position is free: ask by radio"
        return _candidate(option, now, True, option.obstacle, text)
    if option is closest:
        return _candidate(option, now, True, "closest", "the closest unit that may go" + _assumed(option))
    later = option.seconds - closest.seconds
    return _candidate(
        option,
        now,
        True,
        "further_away",
        f"{_minutes(later)} later than {closest.unit.id}" + _assumed(option),
    )


def _assumed(option: _Option) -> str:
    return "; no position yet, taken to be at its base" if option.unit.location is None else ""


def _refusal(option: _Option, now: datetime, limits: Limits) -> Candidate:
    reason = option.obstacle or ""
    texts = {
        **REASON_TEXT,
        "committed": "the unit is on another assignment",
        "out_of_range": f"more than {limits.range_metres / 1000:g} km away",
        "stale_position": f"no position for {_minutes(limits.stale_after.total_seconds())}: time from base",
    }
    return _candidate(option, now, False, reason, texts[reason])


def _candidate(option: _Option, now: datetime, offered: bool, reason: str, text: str) -> Candidate:
    return Candidate(
        unit_id=option.unit.id,
        type=option.unit.type,
        expected_seconds=option.seconds,
        position_age_seconds=option.unit.position_age(now),
        offered=offered,
        reason=reason,
        reason_text=text,
    )


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min" + (f" {rest} s" if rest else "")
