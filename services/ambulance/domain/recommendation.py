"""Which unit to send: the closest one that may go, by travel time, with the reason for every other one.

A position older than 30 min is not believed: the travel time is counted from the base, and the unit is
offered only while no unit with a believed position can be, because when tracking fails for everyone somebody
must still be sent. A unit that never reported a position is taken to be at its base.

Beside each unit that may go stands what it costs: the share of the city's demand that nobody else would reach in time
(`standby`). The method ranks by travel time alone; the cost breaks ties and informs the dispatcher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from contracts.ambulance.values import UnitState
from contracts.ambulance.views import Candidate, Recommendation
from contracts.geography import Point

from .eligibility import LIFE_SUPPORT, REASON_TEXT, obstacle
from .incident import Incident
from .standby import Standby, distances
from .travel import TravelTime, TravelTimes
from .unit import Unit

OFFERED = ("closest", "further_away")
NO_POSITION_TEXT = "no position yet, taken to be at its base"


@dataclass(frozen=True, slots=True)
class Limits:
    """What disqualifies a unit."""

    stale_after: timedelta = timedelta(minutes=30)
    range_metres: float = 25_000.0


class _Option(NamedTuple):
    """Compared as it stands: by time, by who is missed least, by id; no two have the same id."""

    seconds: int
    missed: float
    id: str
    unit: Unit
    obstacle: str | None
    coverage_cost: float | None
    source: str


def rank(
    incident: Incident,
    destination: Point,
    units: Iterable[Unit],
    committed: Collection[str],
    now: datetime,
    travel: TravelTime,
    limits: Limits = Limits(),
    limit: int = 10,
    standby: Standby | None = None,
    also: str | None = None,
) -> Recommendation:
    """The first `limit` units to send, then the nearest `limit` that are not offered; ties go to who is missed least,
    then by id. `also` is a unit that is shown in any case.

    `committed` holds the ids of units with an active assignment; `destination` is the incident's point, or
    one that stands for its kelurahan (`Locator.destination`). Without `standby` no coverage is told.
    """
    fleet = list(units)
    origins = [origin(unit, now, limits) for unit in fleet]
    times = travel.to(destination, origins, now)
    far = (distances(destination, origins) > limits.range_metres).tolist()
    reasons = [
        _obstacle(unit, too_far, incident, committed, now, limits) for unit, too_far in zip(fleet, far, strict=True)
    ]
    costs = _coverage_costs(fleet, origins, committed, standby)
    sources = times.sources or (times.source,) * len(fleet)
    options = [
        _Option(round(seconds), cost or 0.0, unit.id, unit, reason, cost, source)
        for seconds, unit, reason, cost, source in zip(times.seconds, fleet, reasons, costs, sources, strict=True)
    ]
    options.sort()
    return _recommendation(incident, options, times, now, limits, limit, also)


def _recommendation(
    incident: Incident,
    options: Sequence[_Option],
    times: TravelTimes,
    now: datetime,
    limits: Limits,
    limit: int,
    also: str | None,
) -> Recommendation:
    offered, others = _split(options)
    shown = [option for place, option in enumerate(offered) if place < limit or option.id == also]
    candidates = [_offer(option, offered[0], now) for option in shown]
    shown = [option for place, option in enumerate(others) if place < limit or option.id == also]
    candidates += [_refusal(option, now, limits) for option in shown]
    first = offered[0].unit.id if offered else None
    seconds = offered[0].seconds if offered else None
    return Recommendation(
        incident_id=incident.id,
        recommended=first,
        recommended_seconds=seconds,
        closest=first,
        closest_seconds=seconds,
        travel_time_source=times.source,
        road_engine_out_since=times.engine_out_since,
        built_at=now,
        units_considered=len(options),
        left_out=dict(sorted(Counter(option.obstacle or "" for option in others).items())),
        stale_after_seconds=round(limits.stale_after.total_seconds()),
        range_metres=round(limits.range_metres),
        candidates=tuple(candidates),
    )


def idle_for_emergencies(unit: Unit, committed: Collection[str]) -> bool:
    """Whether it counts for the coverage: on duty, free, with life support."""
    return unit.state is UnitState.AVAILABLE and unit.type in LIFE_SUPPORT and unit.id not in committed


def _coverage_costs(
    fleet: Sequence[Unit], origins: Sequence[Point], committed: Collection[str], standby: Standby | None
) -> list[float | None]:
    costs: list[float | None] = [None] * len(fleet)
    idle = [number for number, unit in enumerate(fleet) if idle_for_emergencies(unit, committed)]
    if standby is not None and idle:
        bound = standby.bound([fleet[number] for number in idle], [origins[number] for number in idle])
        for number, cost in zip(idle, np.round(standby.costs(bound), 6).tolist(), strict=True):
            costs[number] = cost
    return costs


def origin(unit: Unit, now: datetime, limits: Limits) -> Point:
    """From where a unit would start: its position if that can be believed, else its base."""
    return unit.base if unit.location is None or stale(unit, now, limits) else unit.location


def stale(unit: Unit, now: datetime, limits: Limits) -> bool:
    """Whether its last position is too old to be believed."""
    return unit.located_at is not None and now - unit.located_at > limits.stale_after


def _obstacle(
    unit: Unit,
    too_far: bool,
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
    if too_far:
        return "out_of_range"
    return "stale_position" if stale(unit, now, limits) else None


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
    return f"; {NO_POSITION_TEXT}" if option.unit.location is None else ""


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
        travel_time_source=option.source,
        coverage_cost=option.coverage_cost,
        offered=offered,
        reason=reason,
        reason_text=text,
    )


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min" + (f" {rest} s" if rest else "")
