"""Any order of confirming, claiming, transfers, leaving, corrections, payments, bounced lines: the ledger sums up."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contracts import education as asked
from services.education.domain.months import months
from tests.education.files import by_hand, child, grid
from tests.education.office import MANAGER, OFFICER, Office, operator

from .desk import BEGINS, TREASURER, Desk
from .ledger_model import QUOTA, YEARLY, Child, Stay, World

EXAMPLES, STEPS = 8, 25
MONTHS = list(months(date(2026, 7, 1), date(2026, 10, 1)))
NUMBERS = itertools.count(6, 6)
"""Children of one grade; none is used twice."""
SCHOOLS = itertools.count(99_000_100)
WHICH = st.integers(0, 11)
DAYS = st.dates(date(2026, 7, 10), date(2026, 11, 20))


class Ledger(RuleBasedStateMachine):
    """One pair of schools with four children; the desk is that of the test."""

    desk: ClassVar[Desk]

    def __init__(self) -> None:
        super().__init__()
        self.world, self.pupils = World(), dict[int, UUID]()
        self.schools = [str(next(SCHOOLS)) for _ in range(2)]
        self.exported: list[tuple[Any, list[list[str]]]] = []

    @initialize()
    def begin(self) -> None:
        rows = [
            {
                "npsn": npsn,
                "name": f"SD {npsn}",
                "level": "SD",
                "ownership": "private",
                "kecamatan_code": "36.71.01",
            }
            for npsn in self.schools
        ]
        self.desk.ask(asked.ImportSchools, MANAGER, schools=rows)
        for npsn in self.schools:
            self.desk.agree(npsn, quota=QUOTA, yearly=YEARLY)
        self.desk.accounts(*self.schools)
        numbers = [next(NUMBERS) for _ in range(4)]
        self._list(numbers, self.schools[0], BEGINS)
        for number, pupil in zip(numbers, self.desk.office.pupils(self.schools[0]), strict=True):
            self.world.children[number] = Child([Stay(self.schools[0], BEGINS)])
            self.pupils[number] = pupil.id
        self.desk.attest(self.schools[0])
        self.desk.grant(*self.pupils.values())
        self.desk.confirm("2026-08-01", self.schools[0])
        self.world.confirm(self.schools[0], date(2026, 8, 1))

    def _list(self, numbers: list[int], npsn: str, on: date) -> None:
        office = self.desk.office
        roster = office.preview(by_hand(grid([child(number) for number in numbers])), npsn, effective_on=on)
        office.apply(roster, confirm_npsn=npsn)

    @rule(at=st.integers(0, 1), month=st.sampled_from(MONTHS))
    def confirm(self, at: int, month: date) -> None:
        told = self.desk.confirm(month.isoformat(), self.schools[at])
        assert told.confirmed == self.world.confirm(self.schools[at], month)

    @rule(at=st.integers(0, 1))
    def claim(self, at: int) -> None:
        npsn = self.schools[at]
        expected = self.world.claim(npsn)
        told = {"npsn": npsn, "programme": "bop", "first_month": MONTHS[0], "last_month": MONTHS[-1]}
        if not expected:
            with pytest.raises(asked.NothingToClaim):
                self.desk.ask(asked.SubmitClaim, operator(npsn), **told)
            return
        claim = self.desk.ask(asked.SubmitClaim, operator(npsn), **told)
        assert self.desk.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id).pupil_months == expected

    def _here(self) -> list[int]:
        return [number for number, one in self.world.children.items() if one.stays[-1].ended is None]

    @precondition(lambda self: self._here())
    @rule(which=WHICH, on=DAYS)
    def transfer(self, which: int, on: date) -> None:
        number = self._here()[which % len(self._here())]
        stay = self.world.children[number].stays[-1]
        on = max(on, stay.begins + timedelta(days=1))
        to = next(npsn for npsn in self.schools if npsn != stay.npsn)
        self._list([number], to, on)
        open_ones = self.desk.ask(asked.ListTransfers, operator(to), npsn=to, state="proposed").items
        self.desk.ask(asked.ConfirmTransfers, operator(to), transfer_ids=[one.id for one in open_ones])
        self.world.transfer(number, to, on)

    @precondition(lambda self: len(self._here()) > 1)
    @rule(which=WHICH, last=DAYS, dies=st.booleans())
    def leave(self, which: int, last: date, dies: bool) -> None:
        number = self._here()[which % len(self._here())]
        reason = "deceased" if dies else "moved_out"
        self.desk.ask(asked.WithdrawPupil, pupil_id=self.pupils[number], reason=reason, last_day=last)
        self.world.leave(number, last, "deceased" if dies else "withdrawn")

    @precondition(lambda self: self.world.confirmed)
    @rule(which=WHICH)
    def correct(self, which: int) -> None:
        number, month = sorted(self.world.confirmed)[which % len(self.world.confirmed)]
        npsn = self.world.confirmed[number, month]
        told = {"pupil_id": self.pupils[number], "programme": "bop", "month": month, "reason": "keliru"}
        self.desk.ask(asked.CorrectMonth, operator(npsn), **told)
        self.world.void(number, month)

    @rule(which=WHICH, day=DAYS, leaves=st.booleans())
    def end_waiver(self, which: int, day: date, leaves: bool) -> None:
        number = sorted(self.pupils)[which % len(self.pupils)]
        waivers = self.desk.ask(asked.ListWaivers, pupil_id=self.pupils[number], state="active").items
        for waiver in waivers:
            reason = "left_city" if leaves else "given_up"
            told = {"waiver_id": waiver.id, "ends_on": day, "reason": reason, "note": "uji"}
            self.desk.ask(asked.EndWaiver, **told)
            self.world.children[number].covered_until = day
            self.world.children[number].left_city = leaves

    @rule()
    def send_to_bank(self) -> None:
        try:
            batch = self.desk.draft()
        except asked.NothingToPay:
            return
        self.desk.export(batch)
        lines = [row for row in self.desk.bank_file(batch) if row[0] == "D"]
        self.exported.append((batch, lines))

    @precondition(lambda self: self.exported)
    @rule(which=WHICH, choices=st.lists(st.sampled_from(["PAID", "BOUNCED", ""]), min_size=8, max_size=8))
    def bank_answers(self, which: int, choices: list[str]) -> None:
        batch, lines = self.exported[which % len(self.exported)]
        before = {one.number: one for one in self._lines(batch)}
        rows = []
        for row, choice in zip(lines, choices * len(lines), strict=False):
            line = before[int(row[1].rpartition("-")[2])]
            if not choice or (line.state == "bounced" and choice == "PAID"):
                continue
            rows.append(f"{row[1]};{choice};{row[5]};2026-11-23;rekening ditutup")
            if line.npsn in self.schools and choice.lower() != line.state:
                self.world.moved[line.npsn] += int(row[5]) * (
                    choice == "PAID" or -1 if (choice == "PAID" or line.state == "paid") else 0
                )
        self.desk.answer(batch, *rows)

    def _lines(self, batch: Any) -> list[Any]:
        return list(self.desk.ask(asked.ListDisbursementLines, disbursement_id=batch.id, limit=200).items)

    @invariant()
    def sums_up(self) -> None:
        self.world.sweep()
        for npsn in self.schools:
            rows = self.desk.ledger(npsn=npsn)
            due = sum(one.rupiah for one in rows if one.kind in ("due", "clawback"))
            assert due == self.world.due(npsn)
            assert due - self.desk.balance(npsn) == self.world.moved[npsn]

    def teardown(self) -> None:
        """What was owed at the end is paid: nothing is left over, and nothing was paid twice."""
        if not self.pupils:
            return
        for batch, lines in self.exported:
            rows = {one.number: one for one in self._lines(batch)}
            open_ones = [row for row in lines if rows[int(row[1].rpartition("-")[2])].state == "waiting"]
            self.desk.answer(batch, *(f"{row[1]};PAID;{row[5]};2026-11-23;" for row in open_ones))
        owed = sum(max(0, self.desk.balance(npsn)) for npsn in self.schools)
        if owed:
            self.desk.pay_all()
        assert not [npsn for npsn in self.schools if self.desk.balance(npsn) > 0]


@pytest.fixture
def funded(office: Office) -> Iterator[Desk]:
    desk = Desk(office)
    desk.budget(1_000_000_000_000)
    yield desk


def test_the_ledger_always_sums(funded: Desk) -> None:
    given = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        derandomize=True,
    )
    run_state_machine_as_test(type("Bound", (Ledger,), {"desk": funded}), settings=given)


@pytest.mark.stress
@pytest.mark.timeout(1_200)
def test_the_ledger_always_sums_in_many_orders(funded: Desk) -> None:
    given = settings(max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(type("Bound", (Ledger,), {"desk": funded}), settings=given)


def test_the_model_pays_for_no_more_than_the_quota() -> None:
    world = World({number: Child([Stay("1", BEGINS)]) for number in range(3)})
    world.confirm("1", MONTHS[1])
    world.claim("1")
    assert world.due("1") == 2 * 166_667
    assert TREASURER.subject != OFFICER.subject
