"""Interleaved rounds of candidates that measure a rate; candidates named raw... are the baseline."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping


def print_rounds(candidates: Mapping[str, Callable[[], float]], rounds: int, unit: str) -> None:
    """Measure each candidate once a round; print medians, ratios to the fastest raw one, and every figure."""
    rates: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, measure in candidates.items():
            rates[name].append(measure())
    medians = {name: statistics.median(figures) for name, figures in rates.items()}
    best = max(rate for name, rate in medians.items() if name.startswith("raw"))
    for name, rate in medians.items():
        every = ", ".join(f"{figure:.0f}" for figure in rates[name])
        print(f"{name:28} {rate:8.0f} {unit}   of best raw {rate / best:.2f}   ({every})", flush=True)
