"""The result of a simulated day: as data, and as tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from .http import Traffic
from .ledger import Ledger
from .outage import Felt
from .reconcile.account import Account
from .reconcile.findings import Finding

MOST_SHOWN = 30


@dataclass(frozen=True)
class Spread:
    """`count` values with their percentiles."""

    count: int
    p50: float
    p90: float
    p99: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        """Percentiles; zeros for no values."""
        if len(values) < 2:
            only = values[0] if values else 0.0
            return cls(len(values), only, only, only)
        cuts = quantiles(values, n=100, method="inclusive")
        return cls(len(values), cuts[49], cuts[89], cuts[98])


@dataclass(frozen=True)
class Report:
    """`findings` empty: nothing was lost, doubled or shown otherwise than acknowledged."""

    seed: int
    seconds: float
    counts: dict[str, int]
    dispositions: dict[str, int]
    outcomes: dict[str, int]
    http_milliseconds: dict[str, Spread]
    response_seconds: Spread
    retries: dict[str, int]
    refusals: dict[str, int]
    failures: list[str]
    account: Account
    findings: list[Finding] = field(default_factory=list)
    without_broker: Felt | None = None

    @property
    def ok(self) -> bool:
        """True when the account is clean."""
        return not self.findings

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"ok": self.ok}


def make_report(
    seed: int,
    seconds: float,
    ledger: Ledger,
    traffic: Traffic,
    failures: list[str],
    account: Account,
    felt: Felt | None = None,
) -> Report:
    """Sum up a run; `felt`: of a day without its broker for a while."""
    differing = [Finding("doubled", "repeated request", one) for one in traffic.repeated_differently]
    return Report(
        seed=seed,
        seconds=seconds,
        counts=_counts(ledger, traffic, account),
        dispositions=dict(Counter(str(one.disposition) for one in ledger.contacts.values())),
        outcomes=dict(Counter(str(one.closed_as) for one in ledger.incidents.values())),
        http_milliseconds={
            operation: Spread.of([1000 * one for one in values])
            for operation, values in sorted(traffic.seconds.items())
        },
        response_seconds=Spread.of(ledger.response_seconds),
        retries=dict(traffic.retries),
        refusals=dict(traffic.refusals),
        failures=failures,
        account=account,
        findings=[*account.findings, *differing],
        without_broker=felt,
    )


def _counts(ledger: Ledger, traffic: Traffic, account: Account) -> dict[str, int]:
    endings = Counter(one.ending for one in ledger.assignments.values())
    return {
        "contacts": len(ledger.contacts) + ledger.opened_at_once,
        "incidents": len(ledger.incidents),
        "patients": sum(one.patients for one in ledger.incidents.values()),
        "assignments": len(ledger.assignments),
        "declined": endings["declined"],
        "diverted": endings["diverted"],
        "deaths confirmed": len(ledger.deaths),
        "hearses booked": len(ledger.funerals),
        "of these served": sum(one.state == "completed" for one in ledger.funerals.values()),
        "requests sent twice on purpose": traffic.repeated,
        "requests without an answer": traffic.gave_up,
        "stories left uncertain": len(ledger.uncertain),
        "events published": account.events_published,
        "events handled by subscribers": account.events_handled,
        "events in the stream": account.in_stream,
        "of these more than once": account.in_stream_again,
        "lost": sum(one.kind == "lost" for one in account.findings),
        "doubled": sum(one.kind == "doubled" for one in account.findings) + len(traffic.repeated_differently),
        "shown differently": sum(one.kind == "different" for one in account.findings),
    }


def show(report: Report, console: Console) -> None:
    """Print the tables."""
    _pairs(console, f"Simulated day, seed {report.seed}, {report.seconds:.0f} s", report.counts)
    _pairs(console, "Contacts became", report.dispositions)
    _pairs(console, "Incidents ended", report.outcomes)
    response = report.response_seconds
    times = f"p50 {response.p50 / 60:.1f} min, p90 {response.p90 / 60:.1f} min"
    console.print(f"Response, call to on scene, simulated, waits for the API left out: {times}")
    table = Table("request", "count", "p50 ms", "p90 ms", "p99 ms")
    for operation, spread in report.http_milliseconds.items():
        table.add_row(operation, str(spread.count), f"{spread.p50:.1f}", f"{spread.p90:.1f}", f"{spread.p99:.1f}")
    console.print(table)
    _pairs(console, "Refused", report.refusals)
    _pairs(console, "Tried again after", report.retries)
    if felt := report.without_broker:
        console.print(
            f"Without the broker from {clock_time(felt.began)} to {clock_time(felt.ended)}: {felt.requests} requests"
            f" answered, {felt.tried_again} of them only at another try"
        )
    _pairs(console, "Stories that broke off", dict(Counter(report.failures).most_common(MOST_SHOWN)))
    _findings(console, report)


def clock_time(seconds: float) -> str:
    """Simulated seconds since midnight as HH:MM."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _pairs(console: Console, title: str, pairs: dict[str, int]) -> None:
    if pairs:
        table = Table("", "", title=title, title_justify="left", show_header=False)
        for name, count in pairs.items():
            table.add_row(name, str(count))
        console.print(table)


def _findings(console: Console, report: Report) -> None:
    if report.ok:
        console.print("[green]✓[/] Nothing was lost, nothing was doubled.")
        return
    table = Table("kind", "where", "what", title="Lost or doubled", title_justify="left")
    for finding in report.findings[:MOST_SHOWN]:
        table.add_row(finding.kind, finding.where, finding.what)
    console.print(table)
    if len(report.findings) > MOST_SHOWN:
        console.print(f"… and {len(report.findings) - MOST_SHOWN} more: --report json shows all")
