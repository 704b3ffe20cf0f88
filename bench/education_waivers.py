"""Waivers of a whole city: the rules for 250,000 pupils, claims of a quarter for 600 schools, the page of a decision.

`python -m bench.education_waivers`: interleaved rounds of the same rules as one bare SQL statement into a bare table,
and of ours, in a process of its own as the service starts it, with a case for each kind of pupil and a row for each
pupil, counts, reasons and money. Then grants, confirmed months and claims through the service's own code.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import time
from typing import Any

from sqlalchemy import text

from bench.education_office import EVERYWHERE, YEAR, Office, private_office
from chassis.work import Cause, Work
from contracts import education as asked
from contracts.base import Request
from contracts.context import Actor
from services.education.handlers import (
    accounts,
    applications,
    budgets,
    claims,
    disbursements,
    evaluations,
    months,
    reports,
    rules,
    waivers,
)

GOAL_SECONDS, GOAL_RATIO, GOAL_CLAIMS, GOAL_MS = 60.0, 4.0, 30.0, 50.0
CHECKER = Actor(subject="officer-2")
RULES = {
    "residency": ["school_attestation", "family_card", "civil_registry"],
    "partner_school": True,
    "grades": list(range(1, 10)),
    "highest_decile": 4,
    "letter_for_decile": True,
}
CITY = """
UPDATE pupil SET household_key = 'h' || abs(hashtext(CAST(id AS text))) % 200000;
INSERT INTO welfare SELECT DISTINCT household_key, abs(hashtext(household_key)) % 10 + 1, 'DTSEN 2026-Q3',
  DATE '2026-09-30' FROM pupil WHERE abs(hashtext(household_key)) % 12 < 10;
INSERT INTO evidence (pupil_id, kind, resident, shown_on, recorded_at, recorded_by)
SELECT pupil_id, 'school_attestation', abs(hashtext(CAST(pupil_id AS text))) % 40 > 0,
  DATE '2026-08-01' + (CAST(npsn AS int) % 20), now(), 'bench'
FROM enrolment WHERE abs(hashtext(CAST(id AS text))) % 30 > 0;
INSERT INTO agreement (id, npsn, school_year, state, places, covered, number, signed_on, changed_at, version)
SELECT gen_random_uuid(), npsn, '2026/2027', CASE WHEN CAST(npsn AS int) % 50 = 0 THEN 'suspended' ELSE 'signed' END,
  (SELECT jsonb_agg(jsonb_build_object('grade', g, 'quota', 1000, 'yearly_rupiah', 2000000))
    FROM generate_series(1, 6) g),
  '["tuition"]', '420', DATE '2026-07-01', now(), 1 FROM school;
"""
BARE = """
CREATE TABLE bare AS
SELECT p.id, e.npsn, e.grade, CASE
  WHEN e.id IS NULL THEN 'evidence_needed'
  WHEN NOT e.grade = ANY(ARRAY[1,2,3,4,5,6,7,8,9]) OR s.ownership = 'state' OR a.state IS NULL OR places.quota IS NULL
    OR v.elsewhere_on >= coalesce(v.resident_on, DATE '1900-01-01')
    OR (w.decile > 4 AND v.letter_on IS NULL) THEN 'not_eligible'
  WHEN a.state = 'suspended' OR v.resident_on IS NULL OR (w.decile IS NULL AND v.letter_on IS NULL)
    THEN 'evidence_needed'
  ELSE 'eligible' END AS advice
FROM pupil p
LEFT JOIN enrolment e ON e.pupil_id = p.id AND e.to_on IS NULL
LEFT JOIN school s ON s.npsn = e.npsn
LEFT JOIN agreement a ON a.npsn = e.npsn AND a.school_year = '2026/2027' AND a.state <> 'ended'
LEFT JOIN LATERAL (SELECT CAST(one->>'quota' AS int) AS quota FROM jsonb_array_elements(a.places) one
  WHERE CAST(one->>'grade' AS int) = e.grade) places ON true
LEFT JOIN (SELECT pupil_id, max(shown_on) FILTER (WHERE resident) AS resident_on,
  max(shown_on) FILTER (WHERE NOT resident) AS elsewhere_on,
  max(shown_on) FILTER (WHERE kind = 'social_letter') AS letter_on
  FROM evidence GROUP BY pupil_id) v ON v.pupil_id = p.id
LEFT JOIN welfare w ON w.household_key = p.household_key
"""


def main() -> None:
    """Run the rounds and print ratios, then the claims."""
    parser = argparse.ArgumentParser(prog="python -m bench.education_waivers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pupils", type=int, default=250_000)
    parser.add_argument("--schools", type=int, default=600)
    options = parser.parse_args()
    with private_office() as office:
        office.fill(options.pupils, options.schools)
        _run(office, *(one for one in CITY.split(";\n") if one.strip()))
        _run(office, "VACUUM ANALYZE")
        told = {"programme": "bop", "school_year": YEAR, "rules": RULES, "note": "bench"}
        office.ask(rules.set_rules, asked.SetRules.model_validate(told))
        print(f"{options.pupils} pupils in {options.schools} schools", flush=True)
        evaluation = _rounds(office, options)
        _grant(office, evaluation)
        _claims(office, options)
        _pages(office)
        _afterwards(office)


def _rounds(office: Office, options: argparse.Namespace) -> Any:
    ratios = []
    for number in range(1, options.rounds + 1):
        began = time.perf_counter()
        _run(office, "SET work_mem = '64MB'", BARE)
        bare = time.perf_counter() - began
        counts = dict(_rows(office, "SELECT advice, count(*) FROM bare GROUP BY advice"))
        _run(office, "DROP TABLE bare")
        told = {"programme": "bop", "school_year": YEAR, "term": 1}
        one = office.ask(evaluations.start_evaluation, asked.StartEvaluation.model_validate(told))
        began = time.perf_counter()
        _job(office, "evaluate")
        ours = time.perf_counter() - began
        found = office.ask(evaluations.get_evaluation, asked.GetEvaluation(evaluation_id=one.id))
        assert found.counts == counts, (found.counts, counts)
        ratios.append(ours / bare)
        cases = _rows(office, f"SELECT count(*) FROM evaluation_case WHERE evaluation_id = '{one.id}'")[0][0]
        print(f"round {number}  bare {bare:.1f} s  ours {ours:.1f} s ({cases} cases)  {ratios[-1]:.2f} x", flush=True)
    print(f"median {statistics.median(ratios):.2f} x (goal: {GOAL_RATIO:.0f}, under {GOAL_SECONDS:.0f} s)", flush=True)
    return found


def _grant(office: Office, evaluation: Any) -> None:
    told = {"evaluation_id": evaluation.id, "count": evaluation.to_grant, "note": "bench"}
    office.ask(evaluations.grant_evaluated, asked.GrantEvaluated.model_validate(told))
    began = time.perf_counter()
    _job(office, "grant-evaluated")
    spent = time.perf_counter() - began
    granted = _rows(office, "SELECT count(*) FROM waiver")[0][0]
    print(f"granted {granted} in {spent:.0f} s: each judged again, with decision, waiver and event", flush=True)


def _claims(office: Office, options: argparse.Namespace) -> None:
    npsns = [str(99_000_001 + number) for number in range(options.schools)]
    began = time.perf_counter()
    for npsn in npsns:
        for month in ("2026-07-01", "2026-08-01", "2026-09-01"):
            told = {"npsn": npsn, "programme": "bop", "month": month}
            office.ask(months.confirm_month, asked.ConfirmMonth.model_validate(told))
    confirmed = time.perf_counter() - began
    spent, pupil_months = 0.0, 0
    for npsn in npsns:
        if int(npsn) % 50:
            told = {"npsn": npsn, "programme": "bop", "first_month": "2026-07-01", "last_month": "2026-09-01"}
            began = time.perf_counter()
            claim = office.ask(claims.submit_claim, asked.SubmitClaim.model_validate(told))
            _ask(office, CHECKER, claims.approve_claim, asked.ApproveClaim(claim_id=claim.id))
            spent += time.perf_counter() - began
            pupil_months += claim.pupil_months
    print(
        f"a quarter: {pupil_months} pupil-months confirmed in {confirmed:.0f} s, claimed and approved in {spent:.1f} s"
        f" (goal: under {GOAL_CLAIMS:.0f} s)",
        flush=True,
    )


def _pages(office: Office) -> None:
    pupils = [row[0] for row in _rows(office, "SELECT id FROM pupil ORDER BY id LIMIT 20000")]
    draw, spent = random.Random(5), []
    for pupil_id in draw.sample(pupils, 200):
        told = {"pupil_id": pupil_id, "programme": "bop", "school_year": YEAR, "term": 2}
        one = office.ask(applications.submit_application, asked.SubmitApplication.model_validate(told))
        began = time.perf_counter()
        office.ask(applications.get_application, asked.GetApplication(application_id=one.id))
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    late = spent[int(len(spent) * 0.95)]
    print(f"page of a decision: median {statistics.median(spent):.1f} ms, p95 {late:.1f} ms (goal: {GOAL_MS:.0f} ms)")


def _afterwards(office: Office) -> None:
    """What people ask when the city has its waivers: right after the tables grew, before they are analysed."""
    told = {"programme": "bop", "school_year": YEAR, "term": 1}
    one = office.ask(evaluations.start_evaluation, asked.StartEvaluation.model_validate(told))
    budget = {"programme": "bop", "budget_year": 2026, "rupiah": 10**12, "note": "bench"}
    account = {"bank_code": "110", "account_number": "0012345678901", "holder": "SD CONTOH"}
    for npsn in {row[0] for row in _rows(office, "SELECT npsn FROM claim")}:
        office.ask(
            accounts.set_school_account, asked.SetSchoolAccount.model_validate({"npsn": npsn, "account": account})
        )
    term = {"school_year": YEAR, "term": 1}
    about = {"evaluation_id": one.id}
    asks = (
        (budgets.set_budget, asked.SetBudget, budget),
        (disbursements.draft_disbursement, asked.DraftDisbursement, {"programme": "bop", "budget_year": 2026}),
        (evaluations.get_evaluation, asked.GetEvaluation, about),
        (evaluations.list_evaluations, asked.ListEvaluations, {}),
        (evaluations.list_evaluated, asked.ListEvaluated, {**about, "in_doubt": True}),
        (budgets.list_budgets, asked.ListBudgets, {}),
        (budgets.list_ledger, asked.ListLedger, {}),
        (waivers.list_waivers, asked.ListWaivers, {}),
        (reports.get_waiver_report, asked.GetWaiverReport, term),
        (reports.list_waiver_figures, asked.ListWaiverFigures, term),
    )
    began = time.perf_counter()
    _job(office, "evaluate")
    print(f"{'a second evaluation':<24} {time.perf_counter() - began:.2f} s", flush=True)
    for handler, request, fields in asks:
        began = time.perf_counter()
        office.ask(handler, request.model_validate(fields))
        print(f"{request.operation.partition('.')[2]:<24} {time.perf_counter() - began:.2f} s", flush=True)


def _job(office: Office, kind: str) -> None:
    """Its standard input stays open: a job ends when whoever started it has gone."""
    with subprocess.Popen(office.job(kind), stdin=subprocess.PIPE) as process:
        assert process.wait(timeout=1_200) == 0, kind


def _ask(office: Office, actor: Actor, handler: Any, request: Request) -> Any:
    def task(work: Work) -> Any:
        reply = handler(work, request)
        work.commit(reply.model_dump_json().encode())
        return reply

    assert actor != EVERYWHERE
    return office.runtime.run(task, Cause(actor=actor, action="bench", correlation_id="bench", purpose="bench"))


def _run(office: Office, *statements: str) -> None:
    with office.runtime.engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))


def _rows(office: Office, statement: str) -> list[Any]:
    with office.runtime.engine.connect() as connection:
        return list(connection.execute(text(statement)))


if __name__ == "__main__":
    main()
