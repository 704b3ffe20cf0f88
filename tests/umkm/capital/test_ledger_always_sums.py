"""Any order of payments, covers, reversals, repeated lines, deaths and recourse: the ledger sums up, to the rupiah."""

from __future__ import annotations

import itertools
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contracts import umkm as asked
from services.umkm.domain.capital.schedule import Instalment
from services.umkm.domain.capital.standing import Payment, standing
from tests.umkm.office import NOON

from .desk import Desk
from .ledger_model import Told, World
from .test_arrears import Death

EXAMPLES, STEPS, LENT = 6, 20, 618_000
NUMBERS = itertools.count(1, 10)
WHICH = st.integers(0, 4)
SUMS = st.sampled_from([1, 206_000, 205_999, 206_001, 412_000, LENT, LENT + 1])
CREDITS = st.tuples(st.sampled_from("PPPC"), WHICH, SUMS, st.integers(0, 40), WHICH)
BACK = st.tuples(st.just("R"), st.integers(0, 30), st.integers(0, 8), st.just(0), st.just(0))
AGAIN = st.tuples(st.just("A"), st.integers(0, 30), st.just(0), st.just(0), st.just(0))
FILES = st.lists(st.one_of(CREDITS, CREDITS, BACK, AGAIN), max_size=6)


class Ledger(RuleBasedStateMachine):
    """One group of five, each with three instalments; the desk is that of the test."""

    desk: ClassVar[Desk]

    def __init__(self) -> None:
        super().__init__()
        self.world, self.lines = World(LENT), list[tuple[str, str]]()
        self.deaths: dict[int, tuple[Death, int]] = {}

    @initialize()
    def begin(self) -> None:
        self.desk.office.now = max(self.desk.office.now, NOON)
        self.first = next(NUMBERS)
        _, self.loans = self.desk.lent(first=self.first, rupiah=600_000, months=3)
        self.world.owed = dict.fromkeys(range(5), LENT)

    @rule(told=FILES)
    def file(self, told: list[tuple[str, int, int, int, int]]) -> None:
        mine, texts, seen = list[tuple[str, Told]](), list[str](), set[str]()
        for kind, which, number, age, payer in told:
            text, name, line = self._line(kind, which, number, age, payer)
            if not text or name in seen:
                continue
            seen.add(name)
            texts.append(text)
            mine.append((name, line))
            if kind != "A":
                self.lines.append((name, text))
        file = self.desk.booked(*texts)
        assert (file.booked, file.waiting, file.already) == self.world.book(mine)
        assert file.lines == file.booked + file.waiting + file.already == len(texts)

    def _line(self, kind: str, which: int, number: int, age: int, payer: int) -> tuple[str, str, Told]:
        desk = self.desk
        if kind == "A":
            name, text = self.lines[which % len(self.lines)] if self.lines else ("", "")
            return text, name, self.world.told.get(name, Told("A", 0, 0, desk.today))
        if kind == "R":
            if not self.lines:
                return "", "", Told("R", 0, 0, desk.today)
            name, text = self.lines[which % len(self.lines)]
            rupiah = int(text.split(";")[4]) + (number == 0)
            back = desk.back(text, rupiah)
            key = 1_000 + len(self.world.names)
            self.world.names[key] = name
            return back, back.split(";")[1], Told("R", key, rupiah, desk.today)
        loan = self.loans[which]
        on = max(loan.disbursed_on, desk.today.replace() - age * (desk.today.resolution))
        text = desk.pay(loan, number, on) if kind == "P" else desk.cover(loan, self.loans[payer], number, on)
        return text, text.split(";")[1], Told(kind, which, number, on, payer if kind == "C" else None)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.desk.office.later(days=days)

    @rule(which=WHICH)
    def death_or_correction(self, which: int) -> None:
        death, revision = self.deaths.get(which, (None, 0))
        if death is None:
            death = Death(self.desk, self.first + which)
        told = revision + 1
        (death.told if told % 2 else death.taken_back)(told)
        self.deaths[which] = death, told
        if told % 2 and self.desk.loan(self.loans[which].id).state == "frozen":
            self.world.frozen.add(which)
        else:
            self.world.frozen.discard(which)

    @rule(which=WHICH)
    def recourse(self, which: int) -> None:
        loan = self.desk.loan(self.loans[which].id)
        if loan.state in ("repaying", "arrears"):
            self.desk.office.ask(asked.MarkRecourse(loan_id=loan.id, reason="tidak ditemukan"))
        elif loan.state == "in_recourse":
            self.desk.office.ask(asked.LiftRecourse(loan_id=loan.id, reason="kembali"))

    @invariant()
    def sums_up(self) -> None:
        if not self.world.owed:
            return
        summed = "(SELECT sum(rupiah) FROM capital_entry e WHERE e.loan_id = b.loan_id)"
        kept = f"SELECT count(*) FROM loan_balance b WHERE owed <> {summed}"
        assert self.desk.office.rows(kept)[0][0] == 0
        for which, loan in enumerate(self.loans):
            shown = self.desk.loan(loan.id)
            assert shown.owed_rupiah == self.world.owed[which]
            assert shown.owed_rupiah == sum(row.rupiah for row in self._entries(loan))
            assert sum(one.paid_rupiah for one in shown.schedule) == LENT - shown.owed_rupiah
            self._stands(shown)
        ids = [one.id for one in self.loans]
        rows = self.desk.office.rows(
            "SELECT sum(rupiah - booked) FROM bank_line WHERE state = 'waiting' AND kind <> 'reversal'"
            " AND loan_id = ANY(:ids)",
            ids=ids,
        )
        waits = [one for one in self.world.told.values() if one.kind != "R" and not one.reversed]
        assert int(rows[0][0] or 0) == sum(one.waits for one in waits)

    def _stands(self, shown: Any) -> None:
        """The database reckons as the rule in Python does."""
        schedule = [Instalment(one.number, one.due_on, one.rupiah) for one in shown.schedule]
        kinds = ("paid", "covered", "reversed")
        entries = [row for row in self._entries(shown) if row.kind in kinds]
        payments = [Payment(-row.rupiah, row.value_date, row.payer_loan_id is None) for row in entries]
        told = standing(schedule, payments, shown.covered_until, 0)
        assert shown.state == told.state(shown.state)
        if shown.state == "settled":
            assert shown.timely == told.timely

    def _entries(self, loan: Any) -> list[Any]:
        return list(self.desk.office.ask(asked.ListCapitalEntries(loan_id=loan.id, limit=200)).items)


def test_the_ledger_always_sums(desk: Desk) -> None:
    Ledger.desk = desk
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        ),
    )
