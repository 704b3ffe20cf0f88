"""Groups formed, joined, left, sent to the office, dissolved."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.identity import kecamatan_of
from contracts.problems import wrong_field
from contracts.umkm import (
    AlreadyBorrowing,
    DissolveGroup,
    FormGroup,
    GroupFormed,
    GroupJoined,
    GroupLeft,
    GroupMoved,
    GroupSize,
    GroupState,
    GroupView,
    JoinGroup,
    LeaveGroup,
    SubmitGroup,
)

from ... import store
from ...domain.capital.group import UNPAID, Group, members_of
from ...domain.capital.loan import Loan
from ...domain.capital.terms import Terms
from .. import find as known
from ..timer_kinds import CHECK_DUE
from . import find, ladder, views


def form_group(work: Work, request: FormGroup) -> GroupView:
    """A group with its first member."""
    terms = store.capital.terms.newest(work)
    loan = _asked(work, request, work.new_id(), request.months, terms)
    group = Group(loan.group_id, request.name, request.months, terms.version, work.now, work.actor.subject)
    store.capital.group.put(work, group, known=False)
    store.capital.loan.put(work, loan, known=False)
    work.emit(group.id, group.version, GroupFormed(group_id=group.id, terms=terms.version))
    _tell_joined(work, group, loan)
    return views.group_view(work, group)


def join_group(work: Work, request: JoinGroup) -> GroupView:
    """One more; whoever joins by themselves knows the invitation."""
    known.business(work, request.business_id)  # somebody else's is refused before anything is told of the group
    group = find.group(work, request.group_id, anybody=True, lock=False)
    invited = request.invitation == views.invitation(work, group.id)
    if not invited and (request.invitation is not None or known.account(work) is not None):
        raise wrong_field(
            "invitation", "invitation", "this is not the group's invitation", "ask a member of the group for it"
        )
    terms = store.capital.terms.of_group(work, group.terms)
    loan = _asked(work, request, group.id, group.months, terms)
    group = find.group(work, group.id, anybody=True)
    group.require("join_group", GroupState.FORMING)
    members = members_of(store.capital.loan.of_group(work, group.id))
    if len(members) >= terms.most_members:
        raise GroupSize(members=len(members) + 1, least=terms.least_members, most=terms.most_members)
    group.version += 1
    store.capital.group.put(work, group, known=True)
    store.capital.loan.put(work, loan, known=False)
    _tell_joined(work, group, loan)
    return views.group_view(work, group)


def leave_group(work: Work, request: LeaveGroup) -> GroupView:
    """Before anything was paid out; the office takes out who has died, too."""
    group, loans, loan = find.held(work, request.loan_id, request.version)
    group.require("leave_group", *UNPAID)
    loan.leave(also_frozen=known.account(work) is None)
    tell_left(work, loan)
    keep(work, group, loans)
    return views.group_view(work, group)


def submit_group(work: Work, request: SubmitGroup) -> GroupView:
    """To the office, which has so many hours."""
    group = find.group(work, request.group_id, seen=request.version)
    loans = store.capital.loan.of_group(work, group.id)
    before = [one.version for one in loans]
    group.submit(loans, store.capital.terms.of_group(work, group.terms), work.now)
    for loan, version in zip(loans, before, strict=True):
        if loan.version != version:
            store.capital.loan.put(work, loan, known=True)
    store.capital.group.put(work, group, known=True)
    tell_moved(work, group, loans)
    return views.group_view(work, group)


def dissolve_group(work: Work, request: DissolveGroup) -> GroupView:
    """All leave."""
    group = find.group(work, request.group_id, seen=request.version)
    group.dissolve(request.reason)
    loans = store.capital.loan.of_group(work, group.id)
    for loan in members_of(loans):
        loan.leave(also_frozen=True)
        tell_left(work, loan)
    store.capital.group.put(work, group, known=True)
    tell_moved(work, group, loans)
    return views.group_view(work, group)


def keep(work: Work, group: Group, loans: list[Loan]) -> None:
    """Store a group after one of its loans has changed, and tell if it stands elsewhere by that."""
    terms = store.capital.terms.of_group(work, group.terms)
    moved = group.follow(loans, terms, work.now)
    store.capital.group.put(work, group, known=True)
    if moved:
        tell_moved(work, group, loans)


def tell_left(work: Work, loan: Loan) -> None:
    """Store a loan that is out of its group."""
    store.capital.loan.put(work, loan, known=True)
    owner = known.owner_of(work, loan.owner_id)
    told = GroupLeft(group_id=loan.group_id, loan_id=loan.id, person_key=owner.person_key, state=loan.state)
    work.emit(loan.id, loan.version, told)
    work.audit(loan.id, group=str(loan.group_id), state=loan.state, reasons=list(map(str, loan.reasons)))


def tell_moved(work: Work, group: Group, loans: list[Loan]) -> None:
    """A clock looks after those who are to check; it is forgotten when nobody is."""
    if group.due_at is not None:
        work.remind(CHECK_DUE, group.id, group.due_at)
    else:
        work.forget(CHECK_DUE, group.id)
    members = len(members_of(loans))
    told = GroupMoved(group_id=group.id, state=group.state, members=members, due_at=group.due_at)
    work.emit(group.id, group.version, told)
    work.audit(group.id, state=group.state, members=members)


def _asked(work: Work, request: FormGroup | JoinGroup, group_id: UUID, months: int, terms: Terms) -> Loan:
    """What a member asks for. Turns of the owner and the household are taken."""
    business = known.business(work, request.business_id)
    owner = known.owner_of(work, business.owner_id)
    ladder.take_borrowers_turns(work, owner)
    step = min(ladder.open_step(work, owner.id), len(terms.steps))
    ladder.require_may_borrow(work, owner, business, terms, step)
    terms.require_sum(step, request.rupiah, months)
    if owner.household_key is None:  # refused above, by terms.require_eligible
        raise AlreadyBorrowing(whose="household")
    return Loan(
        work.new_id(),
        group_id,
        owner.id,
        business.id,
        owner.household_key,
        kecamatan_of(business.kelurahan_code),
        business.size.size_class,
        step,
        request.rupiah,
        request.use,
        work.now,
        work.actor.subject,
    )


def _tell_joined(work: Work, group: Group, loan: Loan) -> None:
    owner = known.owner_of(work, loan.owner_id)
    told = GroupJoined(
        group_id=group.id, loan_id=loan.id, person_key=owner.person_key, rupiah=loan.rupiah, step=loan.step
    )
    work.emit(loan.id, loan.version, told)
    work.audit(loan.id, group=str(group.id), state=loan.state, step=loan.step)
