"""Bank accounts of schools and pupils."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import AccountView, BankAccount, SetPupilAccount, SetSchoolAccount

from .. import store
from ..domain.disbursement import Account
from . import find
from .disbursement_views import account_view


def set_school_account(work: Work, request: SetSchoolAccount) -> AccountView:
    """In place of another."""
    return _put(work, find.school(work, request.npsn).npsn, request.account)


def set_pupil_account(work: Work, request: SetPupilAccount) -> AccountView:
    """In place of another."""
    return _put(work, str(find.pupil(work, request.pupil_id).id), request.account)


def _put(work: Work, payee: str, given: BankAccount) -> AccountView:
    new = Account(given.bank_code, given.account_number, given.holder)
    store.account.put(work, payee, new)
    work.audit(payee, account="set", bank_code=new.bank_code)
    return account_view(new)
