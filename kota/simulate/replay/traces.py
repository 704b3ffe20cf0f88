"""A traced city: nodes, minutes and calls that somebody has prepared (as `python -m bench.dispatch` uses them)."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kota.importing.faults import BadFile
from kota.importing.reading import read_table
from services.ambulance.domain.rec2 import Priority
from services.ambulance.domain.replay import Calls, City, TraceUnreadable, read_city, read_multipliers, read_trace

Traced = list[tuple[City, Calls]]


def read_traced(trace: Path, city: Path, travel: Path | None, target: float, warm_up_hours: float) -> Traced:
    """The city once, and one set of calls per seed. Raises BadFile."""
    try:
        with city.open("rb") as archive:
            ground = read_city(archive)
        multipliers: Any = {}
        if travel is not None:
            with travel.open("rb") as archive:
                multipliers = read_multipliers(archive)
        opener: Any = gzip.open if trace.suffix == ".gz" else open
        with opener(trace, "rt") as lines:
            priority = Priority(target=target)
            calls = read_trace(lines, multipliers, ground.units, priority, 60 * warm_up_hours)
    except (OSError, ValueError, KeyError) as error:
        name = trace.name if isinstance(error, TraceUnreadable) else "The trace or its city"
        raise BadFile(f"{name} can't be read: {error}.", "See tests/ambulance/data/dispatch/README.md.") from None
    return [(ground, one) for one in calls.values()]


def with_plan(traced: Traced, units: Path | None, bases: Path | None) -> Traced:
    """The same calls with other homes (one row per unit) or other bases: CSVs with x_km and y_km, put on the nearest
    node. Driving luck is the call's and the unit's: units beyond the traced ones share it again."""
    return [_replanned(city, calls, units, bases) for city, calls in traced]


def _replanned(city: City, calls: Calls, units: Path | None, bases: Path | None) -> tuple[City, Calls]:
    where = city.bases if bases is None else _nodes(bases, city)
    homes = city.bases[city.homes] if units is None else _nodes(units, city)
    every = np.array(list(dict.fromkeys([*where.tolist(), *homes.tolist()])), dtype=np.int64)
    planned = replace(city, bases=every, homes=np.array([every.tolist().index(home) for home in homes.tolist()]))
    columns = np.arange(len(homes)) % calls.travel.shape[1]
    return planned, replace(calls, travel=calls.travel[:, columns])


def _nodes(path: Path, city: City) -> Any:
    rows: Sequence[tuple[int, dict[str, str]]] = read_table(path, ("x_km", "y_km"))
    if not rows:
        raise BadFile(f"{path.name} has no rows.", "Write one row per unit or base.")
    try:
        spots = np.array([[float(row["x_km"]), float(row["y_km"])] for _, row in rows])
    except ValueError as error:
        raise BadFile(f"{path.name}: {error}.", "Write kilometres as numbers with a point.") from None
    return np.argmin(((city.coordinates[None] - spots[:, None]) ** 2).sum(axis=2), axis=1)
