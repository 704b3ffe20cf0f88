"""One function per request, event, timer or job: load, decide (domain), save, emit, audit.

schools.py       the list of schools             pupils.py       pupils shown
rosters.py       uploaded, chosen, abandoned     roster_rows.py  the preview, refused rows to mend
parsing.py       a file is read (job)            sorting.py      its rows: who they are, what becomes of them
reading_ahead.py large files by a second process
applying.py      a roster is applied (job)       job_kinds.py    the names of the jobs
transfers.py     a child in two schools' lists   enrolments.py   withdrawn, graduated
merging.py       schools that are taken over     cut_offs.py      until when rosters count
joining.py       two entries of one child
correcting.py    put right                       undoing.py      a roster taken back; what is forgotten
number_tasks.py  pupils without a number
tasks.py         shown, finished                 timer_kinds.py  the names of the clocks
batches.py       many pupils in one event        name_index.py   names found without being kept
agreements.py    with partner schools            families.py     parents in the super app
find.py          load or refuse, row scope       death_notices.py   deaths that may concern a pupil

rules.py         rules as data                   evidence.py     what was shown of pupils
judging.py       the rules looked at, in words   applications.py handed in, shown
deciding.py      a person decides; replay        decision_views.py  decisions shown
waivers.py       granted, ended                  months.py       confirmed by schools
rates.py         what a month costs              claims.py       submitted, approved
family_waivers.py  parents: apply, appeal, ask, complain
complaints.py    the same at the desk             appeals.py      another person decides
reports.py       figures of a term
reviews.py       agreements that do not hold, levies
evaluations.py   all pupils at once: started, shown
evaluating.py    looking at them (job)           granting.py     granting to many (job)
settling.py      the ledger made equal to what is due
budgets.py       budgets, ledger, repayments     accounts.py     bank accounts
disbursements.py batches up to the bank          bank.py         export, file, answer
disbursement_views.py  batches shown
"""
