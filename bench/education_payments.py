"""A payment to many pupils: a batch drafted, verified, approved, exported, and the bank's answer of as many lines.

`python -m bench.education_payments [--pupils 20000]`: each step is one request, which the gateway waits 15 s for, and
30 s for the draft and the answer. Pupils are owed a month each, as the ledger would say; all else is the service's.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from bench.education_office import EVERYWHERE, YEAR, Office, private_office
from chassis.work import Cause, Work
from contracts import education as asked
from contracts.context import Actor
from services.education.domain.disbursement import Account
from services.education.handlers import bank, budgets, disbursements, rules
from services.education.store import account

RULES = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": False,
    "grades": list(range(1, 10)),
    "monthly": [{"level": "SD", "rupiah": 80_000}],
}
CHECKER = Actor(subject="manager-1")
OWED = text("""
INSERT INTO ledger (programme, payee, npsn, pupil_id, month, budget_year, kind, rupiah, cause, at, by)
SELECT 'tangerang_cerdas', CAST(pupil_id AS text), npsn, pupil_id, DATE '2026-08-01', 2026, 'due', 80000, 'claim',
  now(), 'bench' FROM enrolment RETURNING pupil_id
""")


def main() -> None:
    """Print the seconds of each step."""
    parser = argparse.ArgumentParser(prog="python -m bench.education_payments", description=__doc__)
    parser.add_argument("--pupils", type=int, default=20_000)
    options = parser.parse_args()
    with private_office() as office:
        office.fill(options.pupils, 100)
        programme = {"programme": "tangerang_cerdas"}
        told = {**programme, "school_year": YEAR, "rules": RULES, "note": "bench"}
        office.ask(rules.set_rules, asked.SetRules.model_validate(told))
        budget = {**programme, "budget_year": 2026, "rupiah": 10**13, "note": "bench"}
        office.ask(budgets.set_budget, asked.SetBudget.model_validate(budget))
        as_checker(office, owe)
        pay(office, asked.DraftDisbursement.model_validate({**programme, "budget_year": 2026}))


def owe(work: Work) -> None:
    """A month to each pupil, who has an account."""
    for pupil_id in work.read(OWED).scalars().all():
        account.put(work, str(pupil_id), Account("110", "0012345678901", "ANAK CONTOH"))
    work.audit("bench")


def pay(office: Office, draft: asked.DraftDisbursement) -> None:
    """From the draft to the bank's answer."""
    batch = timed("draft", lambda: office.ask(disbursements.draft_disbursement, draft))
    print(f"{batch.lines} lines", flush=True)
    with subprocess.Popen(office.job("evaluate"), stdin=subprocess.PIPE) as process:
        assert process.wait(timeout=600) == 0
    about = {"disbursement_id": batch.id}
    verify, approve = asked.VerifyDisbursement(**about), asked.ApproveDisbursement(**about)
    timed("verification", lambda: office.ask(disbursements.verify_disbursement, verify))
    timed("approval", lambda: as_checker(office, lambda work: disbursements.approve_disbursement(work, approve)))
    timed("export", lambda: office.ask(bank.export_disbursement, asked.ExportDisbursement(**about)))
    file = timed("bank's file", lambda: office.ask(bank.download_bank_file, asked.DownloadBankFile(**about)))
    rows = [row.split(";") for row in file.content.decode().splitlines() if row.startswith("D")]
    answers = [f"{row[1]};PAID;{row[5]};2026-11-23;" for row in rows]
    content = "\n".join(["reference;status;rupiah;date;reason", *answers]).encode()
    digest = hashlib.sha256(content).hexdigest()
    with office.storage.writing(f"bankresults/{digest}") as target:
        target.write(content)
    stored = {"key": f"bankresults/{digest}", "name": "hasil.csv", "size": len(content), "sha256": digest}
    answer = asked.ImportBankResults.model_validate({**about, "file": stored})
    told = timed("bank's answer", lambda: office.ask(bank.import_bank_results, answer))
    assert told.paid == batch.lines, told


def as_checker(office: Office, task: Callable[[Work], Any]) -> Any:
    """By another person than the one who drafts."""
    assert CHECKER != EVERYWHERE

    def committed(work: Work) -> Any:
        reply = task(work)
        work.commit()
        return reply

    return office.runtime.run(committed, Cause(actor=CHECKER, action="bench", correlation_id="bench"))


def timed(what: str, step: Callable[[], Any]) -> Any:
    """Its reply; prints how long it took."""
    began = time.perf_counter()
    reply = step()
    print(f"{what:<14} {time.perf_counter() - began:5.2f} s", flush=True)
    return reply


if __name__ == "__main__":
    main()
