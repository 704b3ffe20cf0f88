"""`kota simulate replay`, without its options: gather, replay, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from contracts.geography import Point
from contracts.times import WIB
from kota.errors import OperatorError
from kota.importing.faults import BadFile
from kota.importing.reading import read_table
from services.ambulance.domain.replay import POLICIES, Calls, City, Policy, Replayed

from .api import read_recorded
from .comparing import Row, Run, compare, replay
from .ground import Plan, lay_out
from .recorded import History, read_calls
from .traces import Traced, read_traced, with_plan


@dataclass(frozen=True)
class Replaying:
    """What is asked: a trace (with its city, or with coordinates) or, without one, the API's closed incidents."""

    trace: Path | None = None
    city: Path | None = None
    travel: Path | None = None
    units: Path | None = None
    bases: Path | None = None
    hospitals: Path | None = None
    policies: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    target: float = 12.0
    warm_up_hours: float = 24.0
    gateway: str | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Compared:
    """The rows, and how many incidents were left out for which reason."""

    rows: list[Row]
    left_out: dict[str, int]


def run(asked: Replaying) -> Compared:
    """Raises OperatorError (BadFile too)."""
    policies = _chosen(asked.policies)
    if asked.trace is not None and asked.city is not None:
        traced = read_traced(asked.trace, asked.city, asked.travel, asked.target, asked.warm_up_hours)
        planned = with_plan(traced, asked.units, asked.bases) if asked.units or asked.bases else None
        return _compared(traced, planned, policies, [], {})
    return _recorded(asked, policies)


def _recorded(asked: Replaying, policies: Sequence[Policy]) -> Compared:
    read, plan = _gather(asked)
    present = [lay_out(read.calls, plan)]
    other = replace(
        plan,
        homes=_points(asked.units) if asked.units else plan.homes,
        bases=_points(asked.bases) if asked.bases else plan.bases,
    )
    planned = [lay_out(read.calls, other)] if other != plan else None
    return _compared(present, planned, policies, _as_it_was(read, *present[0]), dict(read.left_out))


def _gather(asked: Replaying) -> tuple[History, Plan]:
    if asked.trace is None:
        return read_recorded(asked.gateway, asked.issuer, asked.since, asked.until)
    if asked.units is None or asked.hospitals is None:
        raise OperatorError(
            "A trace with coordinates says nothing of the fleet.",
            "Name --units and --hospitals (CSV: id, longitude, latitude), or --city for a trace of nodes.",
        )
    return read_calls(asked.trace), Plan(_points(asked.units), _points(asked.hospitals))


def _compared(
    present: Traced,
    planned: Traced | None,
    policies: Sequence[Policy],
    more: Sequence[Run],
    left_out: dict[str, int],
) -> Compared:
    replayed = [replay(policy.name, present, policy) for policy in policies]
    if planned is not None:
        replayed += [replay(f"{policy.name}, planned", planned, policy) for policy in policies]
    return Compared(compare([*replayed[:1], *more, *replayed[1:]]), left_out)


def _as_it_was(read: History, city: City, calls: Calls) -> list[Run]:
    response = np.array([np.nan if call.response is None else call.response for call in read.calls])
    if not np.isfinite(response).all():
        return []  # a trace of others may not tell
    return [Run("as recorded", city, (Replayed("as recorded", response, calls, 0, 0),))]


def _chosen(names: Sequence[str]) -> list[Policy]:
    known = {policy.name: policy for policy in POLICIES}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise OperatorError(f"No policy {', '.join(unknown)}.", f"Choose from: {', '.join(known)}.")
    return [policy for policy in POLICIES if not names or policy.name in names]


def _points(path: Path) -> tuple[Point, ...]:
    try:
        return tuple(
            Point(coordinates=(float(row["longitude"]), float(row["latitude"])))
            for _, row in read_table(path, ("longitude", "latitude"))
        )
    except ValueError as error:
        reason = str(error).partition("\n")[0]
        raise BadFile(f"{path.name}: {reason}.", "Write longitude and latitude in degrees.") from None


def day(text: str | None) -> datetime | None:
    """Midnight in the city of a date such as 2026-11-23. Raises OperatorError."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=WIB)
    except ValueError:
        raise OperatorError(f"{text} is no date.", "Write it as 2026-11-23.") from None
