"""Traces and cities from files that the caller has opened; nothing here opens one.

A trace is CSV with a header: seed, t_min (from midnight of day 0), node, on_scene_min, transport (0 or 1),
handover_min, mult_hospital, and if there are several priorities rank, target_min, weight. A city is a NumPy archive.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import IO, Any

import numpy as np

from ..rec2 import Array, Priority
from .calls import Calls
from .city import City

COLUMNS = ("seed", "t_min", "node", "on_scene_min", "transport", "handover_min", "mult_hospital")


class TraceUnreadable(ValueError):
    """The trace has no such column, or a value that is no number; the text names line and column."""


def read_city(archive: IO[bytes], **settings: float) -> City:
    """The city of an `.npz` archive; `settings` are City's figures, such as `turnout`. Without a matrix `T_min` the
    minutes are those of planar distances: equal distances must stay apart by the rounding with which the expected
    figures were made, because ties between units decide calls."""
    with np.load(archive, allow_pickle=False) as data:
        coordinates = data["xy_km"].astype(float)
        return City(
            coordinates=coordinates,
            demand=data["demand"].astype(float),
            minutes=data["T_min"].astype(float) if "T_min" in data else _planar(coordinates, data),
            bases=data["bases"],
            hospitals=data["hospitals"],
            homes=data["home_base_index"],
            slow=data["hourly_slow"].astype(float),
            **settings,
        )


def _planar(coordinates: Array, data: Mapping[str, Array]) -> Array:
    kilometres = np.sqrt(((coordinates[:, None] - coordinates[None]) ** 2).sum(axis=-1))
    minutes: Array = np.maximum(kilometres, data["within_node_km"]) * data["detour"] / data["kmh"] * 60
    return minutes


def read_multipliers(archive: IO[bytes]) -> dict[int, Array]:
    """Realised over predicted driving time [call, unit] by seed."""
    with np.load(archive, allow_pickle=False) as data:
        return {int(name.removeprefix("seed")): data[name].astype(float) for name in data}


def read_trace(
    lines: Iterable[str], travel: Mapping[int, Array], units: int, priority: Priority, counted_from: float = 0.0
) -> dict[int, Calls]:
    """The calls of each seed. Without multipliers for a seed, driving takes as long as predicted. Raises
    TraceUnreadable."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise TraceUnreadable(f"line 1: no column {', '.join(missing)}; the header must name {', '.join(COLUMNS)}")
    rows: dict[int, list[dict[str, float]]] = {}
    for row in reader:
        numbers = _numbers(row, reader.line_num)
        rows.setdefault(int(numbers["seed"]), []).append(numbers)
    return {seed: _calls(some, travel.get(seed), units, priority, counted_from) for seed, some in rows.items()}


def _numbers(row: Mapping[str, Any], line: int) -> dict[str, float]:
    numbers = {}
    for name, value in row.items():
        try:
            numbers[name] = float(value)
        except (TypeError, ValueError):
            raise TraceUnreadable(f"line {line}: {name} is no number: {value!r}") from None
    return numbers


def _calls(
    rows: list[dict[str, float]], travel: Array | None, units: int, priority: Priority, counted_from: float
) -> Calls:
    column = {name: np.array([row[name] for row in rows]) for name in COLUMNS}
    return Calls(
        at=column["t_min"],
        node=column["node"].astype(np.int64),
        on_scene=column["on_scene_min"],
        transported=column["transport"].astype(bool),
        handover=column["handover_min"],
        to_hospital=column["mult_hospital"],
        travel=np.ones((len(rows), units)) if travel is None else travel,
        priorities=tuple(_priority(row, priority) for row in rows),
        counted_from=counted_from,
    )


def _priority(row: Mapping[str, float], usual: Priority) -> Priority:
    rank, target = int(row.get("rank", usual.rank)), row.get("target_min", usual.target)
    return Priority(rank, target, row.get("weight", usual.weight))
