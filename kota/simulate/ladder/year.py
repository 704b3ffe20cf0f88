"""A year, day by day: groups are paid out, members pay as they are, the bank sends a file every working day."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

from lokal.holidays import is_working_day

from contracts import umkm as asked
from contracts.hearse import DeathCorrected, DeathRecorded

from . import groups
from .bank import Bank
from .members import TIMELY, Deed, Habit, Member, Plan, plan_of
from .office import BANK, CHECKER, new_office
from .reconciling import differences
from .result import Result

FIRST_RUPIAH, NEXT_RUPIAH = 2_000_000, 5_000_000
EVERY_DAYS = 12
FEWEST = 5
Progress = Callable[[str, int], None]


class Year:
    """One run; the same seed is the same year."""

    def __init__(self, seed: int, first_groups: int, first_day: date, days: int) -> None:
        self._draw, self._first_groups = random.Random(seed), first_groups
        self._first_day, self._days = first_day, days
        self._bank = Bank(covered=first_day - timedelta(days=1))
        self._members: list[Member] = []
        self._habits = itertools.cycle(self._draw.sample(list(Habit), len(Habit)))
        self._deaths: dict[int, UUID] = {}
        self.result = Result(seed, days)

    def run(self, progress: Progress = lambda *_: None) -> Result:
        """All of it, on a database of its own."""
        began = time.monotonic()
        with new_office(self._first_day) as office:
            self._office = office
            for place in range(self._days):
                progress(f"{office.today:%d %b %Y}", place)
                self._day(place)
                office.tomorrow()
            self.result.findings += differences(office, self._bank, self._members)
            states = office.rows("SELECT state, count(*) AS many FROM loan GROUP BY state ORDER BY state")
            self.result.states = {row.state: row.many for row in states}
        self.result.lent_rupiah, self.result.paid_rupiah = self._bank.lent.total(), self._bank.paid.total()
        self.result.files, self.result.lines = self._bank.files, len(self._bank.sent)
        self.result.seconds = time.monotonic() - began
        return self.result

    def _day(self, place: int) -> None:
        if place % EVERY_DAYS == 0 and place // EVERY_DAYS < self._first_groups:
            self._begin(place)
        self._climb()
        self._office.afternoon()
        if _banks(self._office.today):
            for one in self._members:
                while one.plan and one.plan[0].day <= self._office.today:
                    self._do(one, one.plan.pop(0))
            self._send()
            self._settle_lines()
            self._look()

    def _begin(self, place: int) -> None:
        """A group of new members, trained before."""
        office, first = self._office, len(self._members)
        new = [groups.register(office, first + number) for number in range(self._draw.randint(5, 8))]
        groups.train(office, new)
        for one in new:
            one.habit = next(self._habits)
        self._members += new
        self._lend(f"Mawar {place}", new, FIRST_RUPIAH, self._draw.randint(3, 4))

    def _climb(self) -> None:
        """Those who have paid in time and by themselves form a group on the next step."""
        free = [one for one in self._members if one.loan is None and len(one.settled) == 1 and one.settled[0][1]]
        if len(free) >= FEWEST:
            taken = free[: 2 * FEWEST]
            for one in taken:
                one.habit = self._draw.choice(sorted(TIMELY | {Habit.LATE}))
            self._lend("Melati", taken, NEXT_RUPIAH, self._draw.randint(4, 6))
            self.result.next_step += len(taken)

    def _lend(self, name: str, members: list[Member], rupiah: int, months: int) -> None:
        loans = groups.lend(self._office, name, members, rupiah, months)
        self.result.groups += 1
        self.result.loans += len(loans)
        for one, loan in zip(members, loans, strict=True):
            self._bank.lend(loan)
            one.loan, one.plan = loan, plan_of(one.habit, loan.schedule, self._draw)

    def _do(self, one: Member, plan: Plan) -> None:
        bank, today = self._bank, self._office.today
        match plan.deed:
            case Deed.PAY:
                bank.pay(one.loan, plan.rupiah, today)
            case Deed.MISTYPE:  # two digits that have changed places: the last digit of all tells it
                bank.pay(one.loan, plan.rupiah, today, _mistyped(one.loan.reference))
            case Deed.BOUNCE:
                bank.bounce(one.loan, today)
            case Deed.RECOURSE:
                self._office.ask(asked.MarkRecourse(loan_id=one.loan.id, reason="pindah tanpa kabar"), CHECKER)
            case Deed.COVER:
                bank.cover(one.loan, self._neighbour(one).loan, plan.rupiah, today)
            case Deed.DIE | Deed.LIVE:
                self._tell_death(one, plan.deed is Deed.DIE)

    def _neighbour(self, of: Member) -> Member:
        """Somebody of the same group."""
        return next(
            one
            for one in self._members
            if one is not of and one.loan is not None and one.loan.group_id == of.loan.group_id
        )

    def _tell_death(self, one: Member, died: bool) -> None:
        key, booking = self._office.person_key(one.nik), self._deaths.setdefault(one.number, uuid4())
        if died:
            told = DeathRecorded(booking_id=booking, person_key=key, died_on=self._office.today, revision=1)
            self._office.tell(told)
        else:
            back = DeathCorrected(
                booking_id=booking,
                person_key=key,
                died_on=None,
                previous_died_on=self._office.today,
                reason="salah orang",
                revision=2,
            )
            self._office.tell(back)

    def _send(self) -> None:
        """Now and then a line is told twice, or a whole file."""
        again = self._draw.choice(self._bank.sent) if self._bank.sent and self._draw.random() < 0.1 else None
        self.result.told_again += again is not None
        content = self._bank.file(self._office.today, again)
        for _ in range(1 + (self._draw.random() < 0.05)):
            taken = self._office.ask(asked.SendBankFile.model_validate({"file": self._office.stored(content)}), BANK)
            self._office.work()
        file = self._office.ask(asked.GetBankFile(bank_file_id=taken.id), BANK)
        if file.state is not asked.BankFileState.BOOKED:
            self.result.findings.append(f"file {self._bank.files} is {file.state}: {file.fault}")

    def _settle_lines(self) -> None:
        """A clerk looks at what waits: what is too much goes back, what was mistyped is booked."""
        for line in self._office.ask(asked.ListWaitingLines(limit=200)).items:
            self.result.waited += 1
            told = {"bank_file_id": line.bank_file_id, "row": line.row, "note": "bukti dilihat"}
            if line.problem is asked.BankLineProblem.UNKNOWN_REFERENCE:
                loans = (one.loan for one in self._members if one.loan is not None)
                meant = next(loan for loan in loans if _mistyped(loan.reference) == line.reference)
                told |= {"settlement": "book", "loan_id": meant.id}
            else:
                told |= {"settlement": "return"}
            self._office.ask(asked.SettleBankLine.model_validate(told))

    def _look(self) -> None:
        """Whose loan is paid is free for the next."""
        for one in self._members:
            if one.loan is not None and self._bank.paid[one.loan.id] == self._bank.lent[one.loan.id]:
                one.settled.append((one.loan.step, one.habit in TIMELY))
                if one.plan:
                    self.result.findings.append(f"member {one.number} has paid all and has still plans")
                one.loan = None


def _banks(day: date) -> bool:
    try:
        return bool(is_working_day(day))
    except ValueError:  # a year whose holidays are not decreed yet
        return day.weekday() < 5


def _mistyped(reference: str) -> str:
    place = next((n for n in range(len(reference) - 1) if reference[n] != reference[n + 1]), 0)
    return f"{reference[:place]}{reference[place + 1]}{reference[place]}{reference[place + 2 :]}"
