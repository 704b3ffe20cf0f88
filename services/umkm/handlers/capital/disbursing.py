"""The bank pays a group out: all members or none, exactly what was approved."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import (
    AdministrationTaken,
    CapitalDisbursed,
    CapitalEntryKind,
    DisburseGroup,
    GroupState,
    GroupView,
    NotEligibleForCapital,
)

from ... import store
from ...domain.capital.group import members_of
from ...domain.capital.loan import Loan
from ...domain.capital.schedule import schedule
from ...domain.capital.terms import Terms
from ...domain.certificate import code_of
from .. import find as known
from ..day import day_of, today
from . import find, groups, ladder, views


def disburse_group(work: Work, request: DisburseGroup) -> GroupView:
    """What was right when they joined is looked at once more: it may be weeks ago."""
    group = find.group(work, request.group_id, lock=False)
    loans = members_of(store.capital.loan.of_group(work, group.id))
    owners = store.owner.some(work, {one.owner_id for one in loans})
    ladder.take_borrowers_turns(work, *owners.values())
    store.capital.entry.take_ledger(work)
    group = find.group(work, group.id, seen=request.version)
    group.require("disburse_group", GroupState.APPROVED)
    if not day_of(group.formed_at) <= request.disbursed_on <= today(work):
        raise wrong_field(
            "disbursed_on",
            "day",
            "the day is still to come, or before the group was formed",
            "send the day on which the bank has paid",
        )
    loans = members_of(store.capital.loan.of_group(work, group.id))
    payouts = {one.loan_id: one.rupiah for one in request.payouts}
    if payouts.keys() != {one.id for one in loans}:
        raise wrong_field(
            "payouts", "members", "these are not exactly the group's members", "send a sum for each member"
        )
    terms = store.capital.terms.of_group(work, group.terms)
    for loan in loans:
        owner, business = owners[loan.owner_id], known.business(work, loan.business_id)
        if owner.household_key != loan.household_key:
            raise NotEligibleForCapital(
                "a member's family card is another one by now: let the member leave and join again",
                detail_id="kartu keluarga seorang anggota sudah berubah: keluarkan lalu daftarkan kembali",
                why="household_unknown",
                loan_id=str(loan.id),
            )
        loan.disburse(request.disbursed_on, payouts[loan.id], _reference(work, loan.id), terms)
        ladder.require_may_borrow(work, owner, business, terms, loan.step, loan)
        _book(work, loan, group.months, terms)
        work.emit(
            loan.id,
            loan.version,
            CapitalDisbursed(
                loan_id=loan.id,
                group_id=group.id,
                person_key=owner.person_key,
                rupiah=loan.rupiah,
                administration_rupiah=loan.administration,
                step=loan.step,
                disbursed_on=request.disbursed_on,
            ),
        )
    group.disburse(request.disbursed_on)
    store.capital.group.put(work, group, known=True)
    groups.tell_moved(work, group, loans)
    return views.group_view(work, group)


def _book(work: Work, loan: Loan, months: int, terms: Terms) -> None:
    assert loan.disbursed_on is not None, "just paid out"
    owed = loan.rupiah
    store.capital.loan.put(work, loan, known=True)
    store.capital.entry.add(work, loan.id, CapitalEntryKind.DISBURSED, loan.rupiah, loan.disbursed_on)
    if terms.administration_taken is AdministrationTaken.INSTALMENTS and loan.administration:
        owed += loan.administration
        store.capital.entry.add(work, loan.id, CapitalEntryKind.FEE, loan.administration, loan.disbursed_on)
    store.capital.entry.add_schedule(work, loan.id, schedule(owed, months, loan.disbursed_on))
    work.audit(loan.id, state=loan.state, step=loan.step, rupiah=loan.rupiah, owed=owed)


def _reference(work: Work, loan_id: UUID) -> str:
    """Thirteen digits, the last of which checks the others; none comes twice."""
    for attempt in range(20):
        code = code_of(work.person_keys.fingerprint(f"loan {loan_id} {attempt}".encode()))
        if not store.capital.loan.has_reference(work, code):
            return code
    raise RuntimeError("twenty references in a row were taken")
