"""The fixed trace of the synthetic city (tests/ambulance/data/dispatch)."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.ambulance.domain.rec2 import Priority
from services.ambulance.domain.replay import Calls, City, read_city, read_multipliers, read_trace

FOLDER = Path(__file__).parent.parent / "tests" / "ambulance" / "data" / "dispatch"


@dataclass(frozen=True, eq=False)
class Bench:
    """The city, the calls by seed, and the results by seed and policy that another implementation had."""

    city: City
    calls: dict[int, Calls]
    expected: dict[str, dict[str, dict[str, float]]]


def load(seeds: int | None = None) -> Bench:
    """All of it, or only the first seeds."""
    told: dict[str, Any] = json.loads((FOLDER / "tangerang19_expected.json").read_text())
    figures = told["parameters"]
    with (FOLDER / "tangerang19_city.npz").open("rb") as archive:
        city = read_city(
            archive,
            call_taking=figures["dispatch_delay_min"],
            turnout=figures["turnout_min"],
            without_siren=figures["nonurgent_multiplier"],
        )
    with (FOLDER / "tangerang19_travel_multipliers.npz").open("rb") as archive:
        travel = read_multipliers(archive)
    with gzip.open(FOLDER / "tangerang19_calls.csv.gz", "rt") as lines:
        priority = Priority(target=figures["target_min"])
        calls = read_trace(lines, travel, city.units, priority, figures["warmup_min"])
    return Bench(city, dict(sorted(calls.items())[:seeds]), told["expected"])
