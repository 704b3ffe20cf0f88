"""A simulated day during which things are killed, and what must be true at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kota.simulate.options import Options
from kota.simulate.report import Report
from kota.simulate.running import run_day

Fault = Callable[[], object]


@dataclass
class Faults:
    """Lets each fault happen at its share of the day's calls: told of progress, it needs no clock."""

    planned: list[tuple[float, Fault]]
    happened: list[float] = field(default_factory=list)

    def __call__(self, _what: str, done: int, total: int) -> None:
        """The simulation's progress."""
        while self.planned and total > 1 and done / total >= self.planned[0][0]:
            share, fault = self.planned.pop(0)
            fault()
            self.happened.append(share)


def day_with(options: Options, planned: Iterable[tuple[float, Fault]]) -> Report:
    """Run the day; every planned fault must have happened in it."""
    faults = Faults(sorted(planned, key=lambda one: one[0]))
    report = run_day(options, faults)
    assert not faults.planned, f"{len(faults.planned)} faults never happened"
    return report


def assert_nothing_lost_or_doubled(report: Report) -> None:
    """The account of API, databases and stream is clean, and no story broke off."""
    assert report.findings == [], report.findings
    assert report.failures == [], report.failures
    assert report.counts["lost"] == report.counts["doubled"] == 0
    assert report.account.events_published == report.account.in_stream > 0
    assert report.account.events_handled > 0
