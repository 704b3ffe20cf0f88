"""How groups and loans are shown. Members see what the others owe, for which they vouch, and no more of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.umkm import (
    GroupState,
    GroupSummary,
    GroupView,
    InstalmentView,
    LoanView,
    MemberView,
)

from ... import store
from ...domain.capital.group import Group, members_of
from ...domain.capital.loan import Loan
from ...domain.capital.standing import paid_of, standing
from ...domain.owner import Owner
from .. import find as known

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def invitation(work: Work, group_id: UUID) -> str:
    """Eight letters and digits that nobody can guess and nobody mistakes for others."""
    number = int.from_bytes(work.person_keys.fingerprint(f"invitation {group_id}".encode()))
    found = ""
    for _ in range(8):
        number, at = divmod(number, len(LETTERS))
        found += LETTERS[at]
    return found


def group_view(work: Work, group: Group) -> GroupView:
    """With its members; those who left are shown to the office."""
    loans = store.capital.loan.of_group(work, group.id)
    owners = store.owner.some(work, {one.owner_id for one in loans})
    own = {one.id for one in loans if known.own(work, owners[one.owner_id])}
    office = known.is_office(work)
    until = store.capital.bank_file.covered_until(work)
    figures = store.capital.standing.figures(work, [one.id for one in loans], until)
    shown = [
        one for one in loans if office or one.id in own or one.disbursed_on is not None or one in members_of(loans)
    ]
    return GroupView(
        id=group.id,
        name=group.name,
        state=group.state,
        months=group.months,
        terms=group.terms,
        invitation=invitation(work, group.id) if group.state is GroupState.FORMING else None,
        members=tuple(
            MemberView(
                loan_id=one.id,
                business_id=one.business_id,
                owner_name=_name(owners[one.owner_id], one.id in own),
                state=one.state,
                step=one.step,
                rupiah=one.rupiah,
                reasons=one.reasons if office or one.id in own else (),
                arrears_rupiah=_called(one, figures),
            )
            for one in shown
        ),
        formed_at=group.formed_at,
        due_at=group.due_at,
        overdue=group.overdue,
        disbursed_on=group.disbursed_on,
        version=group.version,
    )


def summaries(work: Work, groups: Sequence[Group]) -> tuple[GroupSummary, ...]:
    """For a list."""
    loans = store.capital.loan.of_groups(work, [one.id for one in groups])
    until = store.capital.bank_file.covered_until(work)
    figures = store.capital.standing.figures(work, [one.id for of in loans.values() for one in of], until)
    found = []
    for group in groups:
        theirs = loans.get(group.id, [])
        counted = [one for one in theirs if one.disbursed_on is not None] or members_of(theirs)
        found.append(
            GroupSummary(
                id=group.id,
                name=group.name,
                state=group.state,
                members=len(counted),
                rupiah=sum(one.rupiah for one in counted),
                arrears_rupiah=sum(_called(one, figures) for one in counted),
                due_at=group.due_at,
                overdue=group.overdue,
                formed_at=group.formed_at,
                version=group.version,
            )
        )
    return tuple(found)


def loan_view(work: Work, loan: Loan) -> LoanView:
    """One."""
    return loan_views(work, [loan])[0]


def loan_views(work: Work, loans: Sequence[Loan]) -> tuple[LoanView, ...]:
    """Several, each reckoned from its ledger."""
    ids = [one.id for one in loans]
    owners = store.owner.some(work, {one.owner_id for one in loans})
    groups = store.capital.group.seen(work, {one.group_id for one in loans})
    schedules, payments = store.capital.entry.schedules(work, ids), store.capital.entry.payments(work, ids)
    until = store.capital.bank_file.covered_until(work)
    found = []
    for loan in loans:
        plan, paid = schedules.get(loan.id, []), payments.get(loan.id, [])
        stands = standing(plan, paid, until, 0)
        shares = paid_of(plan, sum(one.rupiah for one in paid))
        found.append(
            LoanView(
                id=loan.id,
                group_id=loan.group_id,
                business_id=loan.business_id,
                owner_name=_name(owners[loan.owner_id], known.own(work, owners[loan.owner_id])),
                kecamatan_code=loan.kecamatan_code,
                size_class=loan.size_class,
                state=loan.state,
                step=loan.step,
                rupiah=loan.rupiah,
                months=groups[loan.group_id].months,
                administration_rupiah=loan.administration,
                use=loan.use,
                reasons=loan.reasons,
                reference=loan.reference,
                disbursed_on=loan.disbursed_on,
                schedule=tuple(
                    InstalmentView(number=one.number, due_on=one.due_on, rupiah=one.rupiah, paid_rupiah=share)
                    for one, share in zip(plan, shares, strict=True)
                ),
                owed_rupiah=stands.owed,
                arrears_rupiah=stands.arrears,
                covered_by_others_rupiah=stands.covered,
                covered_until=until,
                settled_on=loan.settled_on,
                timely=loan.timely,
                version=loan.version,
            )
        )
    return tuple(found)


def _called(loan: Loan, figures: dict[UUID, tuple[int, int]]) -> int:
    """What of a loan is in arrears; of a frozen one nothing is asked."""
    return 0 if loan.frozen_before is not None else figures.get(loan.id, (0, 0))[1]


def _name(owner: Owner, own: bool) -> str:
    return owner.name if own else mask_name(owner.name)
