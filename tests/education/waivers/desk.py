"""What the people of waivers do, on the office of tests/education/office.py: rules, grants, claims, payments."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contracts import education as asked
from contracts.context import Actor
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import MANAGER, OFFICER, ONE, TWO, Office, operator

YEAR = "2026/2027"
BEGINS = date(2026, 7, 13)
NOVEMBER = datetime(2026, 11, 23, 5, tzinfo=UTC)
TREASURER = Actor(subject="treasurer-1", scopes=frozenset({"education:pay"}))
BOP = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": True,
    "grades": list(range(1, 10)),
}
CERDAS = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": False,
    "grades": list(range(1, 10)),
    "highest_decile": 4,
    "letter_for_decile": True,
    "monthly": [{"level": "SD", "rupiah": 80_000}, {"level": "SMP", "rupiah": 100_000}],
}
ACCOUNT = {"bank_code": "110", "account_number": "0012345678901", "holder": "SD CONTOH"}


class Desk:
    """Two partner schools with rules of both programmes; `quota` of each grade."""

    def __init__(self, office: Office, *, quota: int = 28, yearly: int = 2_000_000) -> None:
        self.office = office
        self.rules("bop", BOP)
        self.rules("tangerang_cerdas", CERDAS)
        for npsn in (ONE, TWO):
            self.agree(npsn, quota, yearly)

    def ask(self, request: type[Any], actor: Actor | None = None, **told: Any) -> Any:
        """A request as it would come over the wire."""
        return self.office.ask(request.model_validate(told), actor or OFFICER)

    def rules(self, programme: str, content: dict[str, Any], year: str = YEAR) -> Any:
        """The next version."""
        told = {"programme": programme, "school_year": year, "rules": content, "note": "keputusan uji"}
        return self.ask(asked.SetRules, MANAGER, **told)

    def agree(self, npsn: str, quota: int = 28, yearly: int = 2_000_000) -> UUID:
        """A signed agreement."""
        places = [{"grade": grade, "quota": quota, "yearly_rupiah": yearly} for grade in range(1, 7)]
        told = {"npsn": npsn, "school_year": YEAR, "places": places, "covered": ["tuition"]}
        drafted = self.ask(asked.DraftAgreement, MANAGER, **told)
        sign = {"agreement_id": drafted.id, "number": "420/1", "signed_on": "2026-07-01"}
        self.ask(asked.SignAgreement, MANAGER, **sign)
        return UUID(str(drafted.id))

    def enrol(self, *numbers: int, npsn: str = ONE, on: date = BEGINS) -> list[UUID]:
        """These children, from the year's beginning on; returns all of the school."""
        self.office.enrol(*numbers, npsn=npsn, effective_on=on.isoformat())
        return [one.id for one in self.office.pupils(npsn)]

    def enrol_twice(self, number: int) -> tuple[UUID, UUID]:
        """A child that school two has as well, without its numbers; both entries live in the city."""
        (one,) = self.enrol(number)
        content = by_xlsxwriter(grid([child(number, NISN="-", NIK="-")]))
        self.office.apply(self.office.preview(content, TWO), confirm_npsn=TWO)
        (two,) = [pupil.id for pupil in self.office.pupils(TWO)]
        for npsn in (ONE, TWO):
            self.attest(npsn)
        return one, two

    def attest(self, npsn: str = ONE, *elsewhere: UUID) -> Any:
        """They live in the city."""
        told = {"npsn": npsn, "shown_on": self.office.now.date().isoformat(), "elsewhere": list(elsewhere)}
        return self.ask(asked.AttestResidency, operator(npsn), **told)

    def apply(self, pupil_id: UUID, programme: str = "bop", term: int = 1, actor: Actor | None = None) -> Any:
        """For one term."""
        told = {"pupil_id": pupil_id, "programme": programme, "school_year": YEAR, "term": term}
        return self.ask(asked.SubmitApplication, actor, **told)

    def decide(self, application_id: UUID, outcome: str = "granted", note: str | None = None) -> Any:
        """By the officer."""
        told = {"application_id": application_id, "outcome": outcome, "note": note}
        return self.ask(asked.DecideApplication, OFFICER, **told)

    def grant(self, *pupils: UUID, programme: str = "bop", term: int = 1) -> None:
        """Applied and granted."""
        for pupil_id in pupils:
            self.decide(self.apply(pupil_id, programme, term).id)

    def confirm(self, month: str, npsn: str = ONE, programme: str = "bop", **more: Any) -> Any:
        """By the school."""
        told = {"npsn": npsn, "programme": programme, "month": month} | more
        return self.ask(asked.ConfirmMonth, operator(npsn), **told)

    def claim(self, first: str, last: str, npsn: str = ONE, programme: str = "bop") -> Any:
        """Submitted by the school, approved by the office."""
        told = {"npsn": npsn, "programme": programme, "first_month": first, "last_month": last}
        claim = self.ask(asked.SubmitClaim, operator(npsn), **told)
        return self.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id)

    def two_are_owed_a_month(self) -> None:
        """August of a child at each school, claimed and approved; both have an account."""
        for npsn, number in ((ONE, 1), (TWO, 2)):
            pupils = self.enrol(number, npsn=npsn)
            self.attest(npsn)
            self.grant(*pupils)
            self.confirm("2026-08-01", npsn)
            self.claim("2026-08-01", "2026-08-01", npsn)
        self.accounts()

    def budget(self, rupiah: int, year: int = 2026, programme: str = "bop") -> Any:
        """Set or changed."""
        told = {"programme": programme, "budget_year": year, "rupiah": rupiah, "note": "DPA"}
        return self.ask(asked.SetBudget, MANAGER, **told)

    def accounts(self, *npsns: str) -> None:
        """The schools have one."""
        for npsn in npsns or (ONE, TWO):
            self.ask(asked.SetSchoolAccount, TREASURER, npsn=npsn, account=ACCOUNT)

    def draft(self, year: int = 2026, programme: str = "bop") -> Any:
        """All that is owed."""
        return self.ask(asked.DraftDisbursement, TREASURER, programme=programme, budget_year=year)

    def export(self, batch: Any) -> Any:
        """Looked at once more, verified, approved by the manager, sent to the bank."""
        self.office.work()
        self.ask(asked.VerifyDisbursement, TREASURER, disbursement_id=batch.id)
        self.ask(asked.ApproveDisbursement, MANAGER, disbursement_id=batch.id)
        return self.ask(asked.ExportDisbursement, TREASURER, disbursement_id=batch.id)

    def bank_file(self, batch: Any) -> list[list[str]]:
        """Rows of the file."""
        reply = self.ask(asked.DownloadBankFile, TREASURER, disbursement_id=batch.id)
        return [line.split(";") for line in reply.content.decode().splitlines()]

    def answer(self, batch: Any, *rows: str) -> Any:
        """The bank's file: `reference;status;rupiah;date;reason`."""
        content = "\n".join(["reference;status;rupiah;date;reason", *rows]).encode()
        digest = hashlib.sha256(content).hexdigest()
        key = f"bankresults/{digest}"
        with self.office.storage.writing(key) as file:
            file.write(content)
        stored = {"key": key, "name": "hasil.csv", "size": len(content), "sha256": digest}
        return self.ask(asked.ImportBankResults, TREASURER, disbursement_id=batch.id, file=stored)

    def pay(self, batch: Any, bounced: str = "") -> Any:
        """The bank pays every line, or bounces it for this reason."""
        status = "BOUNCED" if bounced else "PAID"
        lines = [row for row in self.bank_file(batch) if row[0] == "D"]
        return self.answer(batch, *(f"{row[1]};{status};{row[5]};2026-11-23;{bounced}" for row in lines))

    def pay_all(self, year: int = 2026, programme: str = "bop") -> Any:
        """From the draft to the bank's answer."""
        batch = self.draft(year, programme)
        self.export(batch)
        return self.pay(batch)

    def ledger(self, **where: Any) -> list[Any]:
        """All rows."""
        return list(self.ask(asked.ListLedger, OFFICER, limit=200, **where).items)

    def balance(self, npsn: str = ONE, year: int = 2026) -> int:
        """What is owed to a school."""
        rows = [one for one in self.ledger(npsn=npsn, budget_year=year) if one.programme == "bop"]
        return sum(one.rupiah for one in rows)
