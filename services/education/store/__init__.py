"""SQL of the education service: a table or a question a file.

school.py        schools                         pupil.py        pupils, found by school, name, number
enrolment.py     times at schools                note.py         what people wrote about an act
roster.py        uploaded lists                  roster_row.py   their rows: the preview
matching.py      whom the office knows           applying.py     a roster becomes pupils
transfer.py      moves between schools           moving.py       pupils from one school to another, set by set
undoing.py       a roster taken back             task.py         what a person has to look at
number_task.py   of pupils without a number
agreement.py     with partner schools            family.py       who is whose parent
joining.py       two entries of one child         cut_off.py      until when rosters count
death_notice.py  deaths that may concern a pupil

rules.py         of who gets a waiver            evidence.py     what was shown of pupils; welfare register
known.py         what the rules are given        application.py  applications
decision.py      decisions                       waiver.py       waivers
month.py         months that schools confirmed   claim.py        claims, and the rates that they froze
ledger.py        what is due and what was paid   owed.py         what is not paid yet
budget.py        budgets                         account.py      bank accounts
disbursement.py  batches of payments             evaluation.py   all pupils looked at
evaluating.py    looking at them, set by set     review.py       agreements and waivers to look at
waiver_report.py  figures of a term
family_request.py  what parents ask and complain of
"""

from . import (
    account,
    agreement,
    application,
    applying,
    budget,
    claim,
    cut_off,
    death_notice,
    decision,
    disbursement,
    enrolment,
    evaluating,
    evaluation,
    evidence,
    family,
    family_request,
    joining,
    known,
    ledger,
    matching,
    month,
    moving,
    note,
    number_task,
    owed,
    pupil,
    review,
    roster,
    roster_row,
    rules,
    school,
    task,
    transfer,
    undoing,
    waiver,
    waiver_report,
)

__all__ = [
    "account",
    "agreement",
    "application",
    "applying",
    "budget",
    "claim",
    "cut_off",
    "death_notice",
    "decision",
    "disbursement",
    "enrolment",
    "evaluating",
    "evaluation",
    "evidence",
    "family",
    "family_request",
    "joining",
    "known",
    "ledger",
    "matching",
    "month",
    "moving",
    "note",
    "number_task",
    "owed",
    "pupil",
    "review",
    "roster",
    "roster_row",
    "rules",
    "school",
    "task",
    "transfer",
    "undoing",
    "waiver",
    "waiver_report",
]
