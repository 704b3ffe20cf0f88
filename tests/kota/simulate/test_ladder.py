"""A compressed year of the capital programme: it balances, it is the same for the same seed, and it can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kota.simulate.ladder.bank import Bank
from kota.simulate.ladder.members import TIMELY, Habit
from kota.simulate.ladder.year import Result, Year

FIRST_DAY = date(2026, 1, 5)


def run(days: int = 170) -> Result:
    """Two groups of seed 3; some of them are on the next step by then."""
    return Year(3, 2, FIRST_DAY, days).run()


def test_every_rupiah_is_found_again() -> None:
    found = run()
    assert found.findings == []
    assert found.next_step >= 5 and found.waited >= 2 and found.told_again, "or nothing was tried"
    assert {"settled", "frozen"} <= found.states.keys() and 0 < found.paid_rupiah < found.lent_rupiah


@pytest.mark.stress
def test_the_same_seed_is_the_same_year() -> None:
    assert replace(run(30), seconds=0) == replace(run(30), seconds=0)


def test_one_rupiah_is_missed_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    lend = Bank.lend

    def with_one_more(self: Bank, loan: object) -> None:
        lend(self, loan)
        if len(self.lent) == 1:
            self.paid[next(iter(self.lent))] += 1

    monkeypatch.setattr(Bank, "lend", with_one_more)
    findings = "\n".join(run(30).findings)
    for where in ("the API", "the instalments", "ledger and balance", "the events", "the years' figures"):
        assert where in findings


def test_a_ladder_that_opens_for_others_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kota.simulate.ladder.year.TIMELY", TIMELY - {Habit.EARLY})
    assert any("the ladder of member" in one for one in run(130).findings)
