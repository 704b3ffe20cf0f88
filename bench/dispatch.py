"""The dispatch method against its goals: `python -m bench.dispatch`; exit code 1 when one is missed.

On a fixed trace of a synthetic city: closest-idle agrees with another implementation; REC2 leaves at least a quarter
fewer patients late, surely so (paired 95 % t-interval over the seeds), and nothing else becomes worse. And one
recommendation among 1,000 units and 200 bases is a matter of milliseconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import numpy as np

from bench.dispatch_trace import Bench, load
from bench.recommending import SECONDS_ALLOWED, median_seconds
from services.ambulance.domain.replay import CLOSEST, MEASURES, POLICIES, REC2_KEEN, Measures, Simulation, paired

AGREEMENT = 0.001
"""How far closest-idle's late share may lie from the expected one, per seed."""

FEWER_LATE = 0.25
Measured = dict[str, list[Measures]]


def run(bench: Bench, policies: Iterable[object] = POLICIES) -> Measured:
    """All policies through all traces."""
    return {
        policy.name: [Simulation(bench.city, calls, policy).run().measures() for calls in bench.calls.values()]
        for policy in policies
    }


def agreement(bench: Bench, closest: list[Measures]) -> dict[int, float]:
    """Our late share less the expected one, by seed."""
    return {
        seed: ours.late - bench.expected[str(seed)]["closest/home"]["late"]
        for seed, ours in zip(bench.calls, closest, strict=True)
    }


def misses(bench: Bench, measured: Measured) -> list[str]:
    """The goals that are missed."""
    closest, ours = measured[CLOSEST.name], measured[REC2_KEEN.name]
    missed = [
        f"closest-idle, seed {seed}: {off * 100:+.2f} points from the expected late share"
        for seed, off in agreement(bench, closest).items()
        if abs(off) > AGREEMENT
    ]
    if _share(ours, "late") > (1 - FEWER_LATE) * _share(closest, "late"):
        missed.append(f"late: less than {FEWER_LATE:.0%} fewer")
    for measure in MEASURES:
        difference = paired([getattr(one, measure) for one in ours], [getattr(one, measure) for one in closest])
        if not (difference.below_zero if measure == "late" else difference.mean <= 0):
            missed.append(f"{measure}: {difference.mean:+.4f} +-{difference.half_width:.4f} against closest-idle")
    return missed


def show(bench: Bench, measured: Measured, say: Callable[[str], None] = print) -> None:
    """The table."""
    say("closest-idle against the expected late share, points by seed:")
    say("  " + "  ".join(f"{seed}: {off * 100:+.2f}" for seed, off in agreement(bench, measured[CLOSEST.name]).items()))
    say(f"{'policy':14}{'late %':>8}{'relative':>10}" + "".join(f"{name:>24}" for name in MEASURES))
    baseline = measured[CLOSEST.name]
    for policy, results in measured.items():
        relative = _share(results, "late") / _share(baseline, "late") - 1
        cells = "" if results is baseline else "".join(_cell(name, results, baseline) for name in MEASURES)
        say(f"{policy:14}{100 * _share(results, 'late'):8.2f}{relative:10.1%}{cells}")
    say("differences to closest, with paired 95 % intervals: late and very_late in points, mean and p90 in minutes")


def _share(results: list[Measures], measure: str) -> float:
    return float(np.mean([getattr(one, measure) for one in results]))


def _cell(measure: str, ours: list[Measures], theirs: list[Measures]) -> str:
    scale = 100 if measure.endswith("late") else 1
    difference = paired([getattr(one, measure) for one in ours], [getattr(one, measure) for one in theirs])
    return f"{scale * difference.mean:+14.2f} +-{scale * difference.half_width:5.2f}  "


def main() -> None:
    """Measure, print, judge."""
    bench = load()
    measured = run(bench)
    show(bench, measured)
    missed = misses(bench, measured)
    seconds = median_seconds()
    print(f"one recommendation, 1,000 units, 200 bases: median {1000 * seconds:.2f} ms")
    if seconds > SECONDS_ALLOWED:
        missed.append(f"a recommendation takes more than {1000 * SECONDS_ALLOWED:.0f} ms")
    print("\n".join(f"MISSED {one}" for one in missed) or "every goal is met")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
