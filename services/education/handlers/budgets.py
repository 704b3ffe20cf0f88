"""Budgets, the ledger, and what schools pay back."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    BudgetList,
    BudgetSet,
    BudgetView,
    LedgerEntryView,
    LedgerKind,
    LedgerPage,
    ListBudgets,
    ListLedger,
    OwesLess,
    RecordRepayment,
    SetBudget,
)
from contracts.problems import require_version, wrong_field
from contracts.times import WIB

from .. import store
from ..domain.budget import Budget, require_enough
from ..domain.days import require_past
from . import find


def set_budget(work: Work, request: SetBudget) -> BudgetView:
    """Never below what is spent."""
    take_turn(work, f"budget {request.programme} {request.budget_year}")
    known = store.budget.get(work, request.programme, request.budget_year, lock=True)
    require_version(known.version if known else 0, request.version)
    used = store.budget.used(work, request.programme, request.budget_year)
    spent = used["paid"] + used["on_its_way"]
    if known is None:
        require_enough(request.rupiah, spent)
        known = Budget(request.programme, request.budget_year, request.rupiah, request.note)
    else:
        known.change(request.rupiah, request.note, spent)
    store.budget.put(work, known)
    subject = f"{known.programme} {known.budget_year}"
    told = BudgetSet(programme=known.programme, budget_year=known.budget_year, rupiah=known.rupiah)
    work.emit(subject, known.version, told)
    work.audit(subject, rupiah=known.rupiah)
    return _view(work, known)


def list_budgets(work: Work, query: ListBudgets) -> BudgetList:
    """The latest year first."""
    return BudgetList(items=tuple(_view(work, one) for one in store.budget.some(work, query.programme)))


def list_ledger(work: Work, query: ListLedger) -> LedgerPage:
    """Oldest first."""
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    rows, cursor = store.ledger.pages(work, query)
    return LedgerPage(items=tuple(LedgerEntryView.model_validate(dict(row)) for row in rows), next=cursor)


def record_repayment(work: Work, request: RecordRepayment) -> LedgerEntryView:
    """Up to what the school owes."""
    school = find.school(work, request.npsn)
    require_past("paid_on", request.paid_on, work.now.astimezone(WIB).date())
    take_turn(work, f"money {school.npsn}")
    cause = f"receipt {request.receipt_number}"
    if store.ledger.has_cause(work, school.npsn, cause):
        raise wrong_field("receipt_number", "twice", "this receipt was recorded before", "compare it with the ledger")
    balance = store.ledger.balance(work, request.programme, request.budget_year, school.npsn)
    if request.rupiah > -balance:
        raise OwesLess(owed=max(0, -balance))
    row = store.ledger.add_now(
        work,
        programme=request.programme,
        payee=school.npsn,
        npsn=school.npsn,
        budget_year=request.budget_year,
        kind=LedgerKind.REPAID,
        rupiah=request.rupiah,
        cause=cause,
    )
    work.audit(school.npsn, repaid=request.rupiah, budget_year=request.budget_year)
    return LedgerEntryView.model_validate(dict(row))


def _view(work: Work, one: Budget) -> BudgetView:
    used = store.budget.used(work, one.programme, one.budget_year)
    left = one.rupiah - used["paid"] - used["on_its_way"]
    return BudgetView(
        programme=one.programme,
        budget_year=one.budget_year,
        rupiah=one.rupiah,
        **used,
        unfunded=max(0, used["owed"] - used["on_its_way"] - max(0, left)),
        version=one.version,
    )
