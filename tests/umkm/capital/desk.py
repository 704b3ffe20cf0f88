"""The capital desk for tests: groups of made-up owners, an office, a bank, and files as the bank would write them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from chassis.jobs import lease, perform
from chassis.storage import Storage
from contracts import umkm as asked
from contracts.context import Actor
from contracts.times import WIB
from services.umkm.jobs import JOBS
from tests.umkm.office import KELURAHAN, NOON, Office, citizen, family_card

BANK = Actor(subject="bank-1", client="console")
CLERK = Actor(subject="officer-2", client="console")
FIRST_DAY = date(2026, 11, 20)


def file_of(number: str, begins: date, ends: date, *lines: str, bank: str = "110", **wrong: Any) -> bytes:
    """A file with head, lines and an end that agrees with them, unless told otherwise."""
    body = f"H;{bank};{number};{begins};{ends}\r\n" + "".join(f"{line}\r\n" for line in lines)
    rupiah = 0
    for line in lines:
        cells = line.split(";")
        if len(cells) > 4 and cells[4].isdecimal():
            rupiah += -int(cells[4]) if cells[0] == "R" else int(cells[4])
    content = body.encode()
    digest = wrong.get("digest") or hashlib.sha256(content).hexdigest()
    return content + f"T;{wrong.get('count', len(lines))};{wrong.get('rupiah', rupiah)};{digest}\r\n".encode()


class Desk:
    """`office` is the MSME office; here are its groups."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._files = self._transactions = 0
        self._until = FIRST_DAY - timedelta(days=1)

    @property
    def today(self) -> date:
        """In WIB."""
        return self.office.now.astimezone(WIB).date()

    def at(self, day: date, hour: int = 12) -> None:
        """It is noon of that day (WIB)."""
        self.office.now = NOON.replace(year=day.year, month=day.month, day=day.day, hour=hour - 7)

    def business(self, number: int, **owner: Any) -> Any:
        """Verified, its family known."""
        return self.office.verified(number, owner={"family_card_number": family_card(number)} | owner)

    def trained(self, *businesses: Any) -> None:
        """Their owners pass a training; then it is noon again of the day before."""
        office, now = self.office, self.office.now
        batch = office.announce(quota=len(businesses), days=0.05)
        for one in businesses:
            office.request(batch, one)
        present = tuple(range(1, len(businesses) + 1))
        for session in (1, 2):
            office.now = batch.sessions[session - 1].begins_at
            office.fire()
            office.ask(asked.RecordAttendance(batch_id=batch.id, session=session, present=present))
        results = [{"number": number, "passed": True} for number in present]
        office.ask(asked.FinishBatch.model_validate({"batch_id": batch.id, "results": results}))
        office.now = now

    def borrowers(self, first: int = 1, count: int = 5) -> list[Any]:
        """Businesses whose owners may borrow."""
        found = [self.business(number) for number in range(first, first + count)]
        self.trained(*found)
        return found

    def form(self, business: Any, rupiah: int = 2_000_000, months: int = 10, actor: Actor = CLERK, **more: Any) -> Any:
        """A group with its first member."""
        told = {"name": "Mawar", "months": months, "business_id": business.id, "rupiah": rupiah} | more
        return self.office.ask(asked.FormGroup(use="wajan dan kompor", vouches=True, **told), actor)

    def join(self, group: Any, business: Any, rupiah: int = 2_000_000, actor: Actor = CLERK, **more: Any) -> Any:
        """One more member."""
        told = {"group_id": group.id, "business_id": business.id, "rupiah": rupiah} | more
        return self.office.ask(asked.JoinGroup(use="mesin jahit", vouches=True, **told), actor)

    def formed(self, businesses: Sequence[Any], rupiah: int = 2_000_000, months: int = 10, **more: Any) -> Any:
        """A group of all of them."""
        group = self.form(businesses[0], rupiah, months, **more)
        for one in businesses[1:]:
            group = self.join(group, one, rupiah)
        return group

    def approved(self, businesses: Sequence[Any], rupiah: int = 2_000_000, months: int = 10, **more: Any) -> Any:
        """Checked by office and bank."""
        group = self.formed(businesses, rupiah, months, **more)
        group = self.office.ask(asked.SubmitGroup(group_id=group.id))
        for one in group.members:
            group = self.papers(one)
        for one in group.members:
            group = self.credit(one)
        return group

    def papers(self, member: Any, *reasons: str) -> Any:
        """The office's check."""
        told = asked.CheckPapers(loan_id=member.loan_id, passed=not reasons, reasons=reasons)
        return self.office.ask(told, CLERK)

    def credit(self, member: Any, passed: bool = True, actor: Actor = BANK) -> Any:
        """The bank's."""
        return self.office.ask(asked.CheckCredit(loan_id=member.loan_id, passed=passed), actor)

    def disburse(self, group: Any, on: date | None = None, **wrong: int) -> Any:
        """By the bank."""
        payouts = [
            {"loan_id": one.loan_id, "rupiah": wrong.get("rupiah", one.rupiah)}
            for one in group.members
            if one.state not in ("left", "refused")
        ]
        told = {"group_id": group.id, "disbursed_on": on or self.today, "payouts": payouts}
        return self.office.ask(asked.DisburseGroup.model_validate(told), BANK)

    def lent(self, first: int = 1, count: int = 5, rupiah: int = 2_000_000, months: int = 10) -> tuple[Any, list[Any]]:
        """A group that was paid out, and its loans."""
        group = self.disburse(self.approved(self.borrowers(first, count), rupiah, months))
        return group, self.loans(group)

    def loans(self, group: Any) -> list[Any]:
        """As they stand, in the order in which they joined."""
        return [self.loan(one.loan_id) for one in self.office.ask(asked.GetGroup(group_id=group.id)).members]

    def loan(self, loan_id: Any) -> Any:
        """As it stands."""
        return self.office.ask(asked.GetLoan(loan_id=loan_id))

    def pay(self, loan: Any, rupiah: int, on: date | None = None, transaction: str = "") -> str:
        """A line of a payment."""
        return f"P;{transaction or self._new()};{loan.reference};{on or self.today};{rupiah}"

    def cover(self, loan: Any, payer: Any, rupiah: int, on: date | None = None) -> str:
        """A line by which one pays for another."""
        return f"C;{self._new()};{loan.reference};{on or self.today};{rupiah};{payer.reference}"

    def back(self, line: str, rupiah: int | None = None) -> str:
        """A line by which another one comes back."""
        cells = line.split(";")
        return f"R;{self._new()};{cells[1]};{self.today};{cells[4] if rupiah is None else rupiah}"

    def _new(self) -> str:
        self._transactions += 1
        return f"BJB{self._transactions:08d}"

    def file(self, *lines: str, until: date | None = None) -> bytes:
        """The next file: from the day after the last one until today."""
        self._files += 1
        begins, ends = self._until + timedelta(days=1), until or self.today
        self._until = ends
        return file_of(f"{self._files:04d}", min(begins, ends), ends, *lines)

    def take(self, content: bytes, actor: Actor = BANK) -> Any:
        """The bank sends a file."""
        storage, digest = Storage.from_environment(), hashlib.sha256(content).hexdigest()
        key = f"bankfiles/{hashlib.sha256(uuid4().bytes).hexdigest()}"
        with storage.writing(key) as file:
            file.write(content)
        stored = {"key": key, "name": "mutasi.csv", "size": len(content), "sha256": digest}
        return self.office.ask(asked.SendBankFile.model_validate({"file": stored}), actor)

    def booked(self, *lines: str, until: date | None = None) -> Any:
        """Sent and booked."""
        return self.book(self.take(self.file(*lines, until=until)))

    def book(self, file: Any) -> Any:
        """The jobs that wait are done; the file as it is then."""
        while timer := lease(self.office.runtime, tuple(JOBS)):
            perform(self.office.runtime, JOBS[timer.kind], timer)
        return self.office.ask(asked.GetBankFile(bank_file_id=file.id))

    def waiting(self, **more: Any) -> list[Any]:
        """Lines that wait for a person."""
        return list(self.office.ask(asked.ListWaitingLines(**more)).items)

    def settle(self, line: Any, settlement: str, **more: Any) -> Any:
        """A person does this with what waits."""
        told = {"bank_file_id": line.bank_file_id, "row": line.row, "settlement": settlement, "note": "bukti dilihat"}
        return self.office.ask(asked.SettleBankLine.model_validate(told | more))

    def invited(self, group: Any, business: Any, number: int, **more: Any) -> Any:
        """Somebody joins in the super app."""
        return self.join(group, business, actor=citizen(number), invitation=group.invitation, **more)

    def place(self) -> str:
        """Where all of them live."""
        return KELURAHAN
