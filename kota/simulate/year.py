"""A term of fee waivers at the demo schools: granted, confirmed month by month, claimed, paid — with what goes wrong.

Each month some children are absent, one confirmation is taken back after it was claimed, the budget is cut once so
that only a part of what is owed can be paid, the bank bounces lines. At the end nothing may be owed, and ledger, bank
files and budget must agree to the rupiah.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import create_engine, text

from contracts.times import WIB
from kota.demo.school import SCHOOL_YEAR, WITH_ROSTER, YEARLY_RUPIAH
from kota.suite import Suite

from .education_api import EducationApi

OFFICER, MANAGER, TREASURER = "education-officer", "education-manager", "education-treasurer"
PROGRAMME = "bop"
BOUNCED = 0.3
_LEDGER = text("""
SELECT npsn, sum(rupiah) AS balance, sum(rupiah) FILTER (WHERE kind IN ('due', 'clawback')) AS due,
  -coalesce(sum(rupiah) FILTER (WHERE kind IN ('paid', 'returned')), 0) AS paid
FROM ledger WHERE programme = :programme AND npsn = ANY(:npsns) GROUP BY npsn
""")


@dataclass
class Result:
    """What was found; rupiah of all demo schools together."""

    seed: int
    months: int = 0
    granted: int = 0
    pupil_months: int = 0
    corrected: int = 0
    batches: int = 0
    bounced: int = 0
    paid_rupiah: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)


class Year:
    """One run. A second one finds what the first has done, and does what is left."""

    def __init__(self, gateway: str, issuer: str, seed: int) -> None:
        self._api, self._draw = EducationApi(gateway, issuer), random.Random(seed)
        self._npsns = sorted(WITH_ROSTER)
        self._sent: Counter[str] = Counter()
        self.result = Result(seed)

    def run(self) -> Result:
        """All of it."""
        began = time.monotonic()
        before = self._paid()
        months = _months_over(datetime.now(WIB).date())
        self.result.months = len(months)
        self._grant()
        for place, month in enumerate(months):
            for npsn in self._npsns:
                self._confirm(npsn, month)
            if place == len(months) // 2:
                self._with_a_cut_budget(month.year)
            self._pay_all(month.year)
        for year in {month.year for month in months}:
            self._pay_all(year)
        self._compare(before)
        self.result.seconds = time.monotonic() - began
        return self.result

    def reconcile(self, suite: Suite) -> None:
        """The API's ledger against the database's."""
        engine = create_engine(suite.database_url("education"), connect_args={"connect_timeout": 5})
        with engine.connect() as connection:
            told = {"programme": PROGRAMME, "npsns": self._npsns}
            rows = {row.npsn: row for row in connection.execute(_LEDGER, told)}
        engine.dispose()
        for npsn in self._npsns:
            kept = (int(rows[npsn].balance), int(rows[npsn].due), int(rows[npsn].paid)) if npsn in rows else (0, 0, 0)
            if kept != (shown := self._ledger(npsn)):
                self._find(f"{npsn}: the database has {kept}, the API {shown}")

    def _grant(self) -> None:
        for npsn in self._npsns:
            today = {"shown_on": datetime.now(WIB).date().isoformat()}
            self._api.ask(f"school-{npsn}", "POST", f"schools/{npsn}/attestation", json=today)
        start = {"programme": PROGRAMME, "school_year": SCHOOL_YEAR, "term": 1}
        path = f"evaluations/{self._api.ask(OFFICER, 'POST', 'evaluations', json=start)['id']}"
        found = self._api.until(OFFICER, path, "done", "failed")
        if found["to_grant"]:
            act = {"count": found["to_grant"], "note": "simulasi"}
            self._api.ask(OFFICER, "POST", f"{path}/grant", json=act)
            self.result.granted = self._api.until(OFFICER, path, "granted", "failed")["granted"]

    def _confirm(self, npsn: str, month: date) -> None:
        """Confirmed but for some, claimed, approved; then one is taken back."""
        user, told = f"school-{npsn}", {"programme": PROGRAMME, "month": month.isoformat()}
        waivers = self._api.every(user, f"waivers?npsn={npsn}&programme={PROGRAMME}&state=active")
        pupils = [one["pupil_id"] for one in waivers if one["starts_on"] <= told["month"] <= one["ends_on"]]
        absent = self._draw.sample(pupils, min(2, len(pupils)))
        confirmed = self._api.ask(user, "POST", f"schools/{npsn}/months", json=told | {"absent": absent})["confirmed"]
        if not confirmed:
            return
        self.result.pupil_months += confirmed
        months = {"first_month": month.isoformat(), "last_month": month.isoformat()}
        claim = self._api.ask(user, "POST", "claims", json={"npsn": npsn, "programme": PROGRAMME, **months})
        approved = self._api.ask(OFFICER, "POST", f"claims/{claim['id']}/approval", json={})
        if approved["rupiah"] != sum(one["rupiah"] for one in approved["lines"]):
            self._find(f"{npsn}: the claim of {month:%B} does not add up")
        one = self._draw.choice([one for one in pupils if one not in absent])
        self._api.ask(user, "POST", f"pupils/{one}/month-correction", json=told | {"reason": "simulasi"})
        self.result.corrected += 1

    def _with_a_cut_budget(self, year: int) -> None:
        """Three fifths of what is owed can be paid; then the budget is as it was."""
        budget = self._budget(year)
        wanted = {"programme": PROGRAMME, "budget_year": year, "note": "simulasi"}
        cut = budget["paid"] + budget["on_its_way"] + (budget["owed"] - budget["on_its_way"]) * 3 // 5
        left = self._api.ask(MANAGER, "POST", "budgets", json=wanted | {"rupiah": cut})
        self._pay(year, left["rupiah"] - left["paid"] - left["on_its_way"])
        self._api.ask(MANAGER, "POST", "budgets", json=wanted | {"rupiah": budget["rupiah"]})

    def _pay_all(self, year: int) -> None:
        """Batch after batch, until nothing is owed: what bounced is in the next one."""
        while (budget := self._budget(year))["owed"] > budget["on_its_way"]:
            self._pay(year, budget["rupiah"])

    def _pay(self, year: int, at_most: int) -> None:
        if at_most <= 0 or not self._budget(year)["owed"]:
            return
        told = {"programme": PROGRAMME, "budget_year": year}
        drafted = self._api.ask(TREASURER, "POST", "disbursements", json=told)
        batch = f"disbursements/{drafted['id']}"
        self._api.until(OFFICER, f"evaluations/{drafted['recheck']['evaluation_id']}", "done", "failed")
        self._api.ask(TREASURER, "POST", f"{batch}/verification", json={})
        self._api.ask(MANAGER, "POST", f"{batch}/approval", json={})
        exported = self._api.ask(TREASURER, "POST", f"{batch}/export", json={})
        rows = [row.split(";") for row in self._api.fetch(TREASURER, "GET", f"{batch}/bank-file").text.splitlines()]
        lines = [row for row in rows if row[0] == "D"]
        if sum(int(row[5]) for row in lines) != exported["rupiah"] or exported["rupiah"] > at_most:
            self._find(f"{batch}: the bank's file has another sum than the batch, or more than the budget allows")
        answers = [self._answer(row) for row in lines]
        content = "\n".join(["reference;status;rupiah;date;reason", *answers]).encode()
        done = self._api.ask(
            TREASURER, "POST", f"{batch}/bank-results", files={"file": ("hasil.csv", content)}, data={}
        )
        if done["disbursement"]["state"] != "reconciled":
            self._find(f"{batch} is {done['disbursement']['state']}")
        self.result.batches += 1

    def _answer(self, row: list[str]) -> str:
        today, bounces = datetime.now(WIB).date(), self._draw.random() < BOUNCED
        self.result.bounced += bounces
        self._sent["paid"] += 0 if bounces else int(row[5])
        return f"{row[1]};{'BOUNCED' if bounces else 'PAID'};{row[5]};{today};{'simulasi' if bounces else ''}"

    def _compare(self, before: int) -> None:
        """The bank's files against budget and ledger; what is due against the months that are confirmed."""
        self.result.paid_rupiah = self._sent["paid"]
        if (paid := self._paid() - before) != self._sent["paid"]:
            self._find(f"the bank has paid {self._sent['paid']}, the budgets say {paid}")
        for npsn in self._npsns:
            balance, due, _ = self._ledger(npsn)
            months = Counter(one["month"] for one in self._api.every(f"school-{npsn}", f"schools/{npsn}/months"))
            expected = sum(_share(date.fromisoformat(month)) * count for month, count in months.items())
            if due != expected:
                self._find(f"{npsn}: {due} is due, the confirmed months come to {expected}")
            if balance > 0:
                self._find(f"{npsn}: {balance} is still owed")

    def _ledger(self, npsn: str) -> tuple[int, int, int]:
        """Balance, due, paid."""
        rows = self._api.every(OFFICER, f"ledger?npsn={npsn}&programme={PROGRAMME}")
        due = sum(row["rupiah"] for row in rows if row["kind"] in ("due", "clawback"))
        paid = -sum(row["rupiah"] for row in rows if row["kind"] in ("paid", "returned"))
        return sum(row["rupiah"] for row in rows), due, paid

    def _budget(self, year: int) -> Any:
        budgets = self._api.ask(MANAGER, "GET", f"budgets?programme={PROGRAMME}")["items"]
        return next(one for one in budgets if one["budget_year"] == year)

    def _paid(self) -> int:
        budgets = self._api.ask(MANAGER, "GET", f"budgets?programme={PROGRAMME}")["items"]
        return sum(one["paid"] for one in budgets)

    def _find(self, what: str) -> None:
        self.result.findings.append(what)


def _months_over(today: date) -> list[date]:
    """Of the demo's first term, those that have passed."""
    every = [date(int(SCHOOL_YEAR[:4]), month, 1) for month in range(7, 13)]
    return [month for month in every if (month.year, month.month) < (today.year, today.month)]


def _share(month: date) -> int:
    place = (month.month - 7) % 12
    return YEARLY_RUPIAH * (place + 1) // 12 - YEARLY_RUPIAH * place // 12
