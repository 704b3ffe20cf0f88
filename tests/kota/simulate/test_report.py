"""The report sums up, and is clean only if the account is."""

from __future__ import annotations

import json

from kota.simulate.http import Traffic
from kota.simulate.ledger import Ledger
from kota.simulate.reconcile.account import Account
from kota.simulate.reconcile.findings import Finding
from kota.simulate.report import Spread, make_report


def test_percentiles() -> None:
    spread = Spread.of([float(value) for value in range(1, 102)])
    assert (spread.count, spread.p50, spread.p90, spread.p99) == (101, 51, 91, 100)
    assert Spread.of([]) == Spread(0, 0.0, 0.0, 0.0)
    assert Spread.of([3.0]) == Spread(1, 3.0, 3.0, 3.0)


def test_a_finding_or_a_differing_answer_makes_it_fail() -> None:
    assert make_report(1, 1.0, Ledger(), Traffic(), [], Account()).ok
    lost = Account(findings=[Finding("lost", "stream", "an event")])
    assert not make_report(1, 1.0, Ledger(), Traffic(), [], lost).ok
    differing = Traffic(repeated_differently=["record_contact: 201, then 201"])
    report = make_report(1, 1.0, Ledger(), differing, [], Account())
    assert not report.ok and report.counts["doubled"] == 1


def test_it_is_json() -> None:
    assert json.loads(json.dumps(make_report(1, 1.0, Ledger(), Traffic(), [], Account()).as_dict()))["ok"] is True
