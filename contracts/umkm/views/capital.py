"""Groups, loans and terms of the capital programme. All sums are whole rupiah."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..capital_values import AdministrationTaken, CapitalEntryKind, GroupState, LoanState, RefusalReason
from ..values import SizeClass


class LadderStepView(View):
    """What can be borrowed on one step of the ladder."""

    least_rupiah: int
    most_rupiah: int
    most_months: int
    certificates: int = Field(description="Trainings to be passed first.")


class CapitalTermsView(View):
    """One version of the terms; a group keeps the one under which it was formed."""

    version: int
    set_at: AwareDatetime
    bank_code: str
    steps: tuple[LadderStepView, ...]
    least_members: int
    most_members: int
    least_age: int
    most_age: int
    classes: tuple[SizeClass, ...]
    administration_basis_points: int = Field(description="Hundredths of a percent of the loan.")
    administration_taken: AdministrationTaken
    grace_days: int = Field(description="Days after the due date on which a payment still counts as timely.")
    office_hours: int = Field(description="Until the office is to have checked a group.")
    bank_hours: int
    note: str | None = None


class MemberView(View):
    """A member of a group, as the others may see them: they vouch for each other."""

    loan_id: UUID
    business_id: UUID
    owner_name: str = Field(description="Masked but for oneself.")
    state: LoanState
    step: int
    rupiah: int
    reasons: tuple[RefusalReason, ...] = Field(default=(), description="Only told to the member and to the office.")
    arrears_rupiah: int = 0


class GroupView(View):
    """Members in the order in which they joined."""

    id: UUID
    name: str
    state: GroupState
    months: int
    terms: int = Field(description="Version of the terms.")
    invitation: str | None = Field(default=None, description="What a member tells whom they invite; while it forms.")
    members: tuple[MemberView, ...]
    formed_at: AwareDatetime
    due_at: AwareDatetime | None = Field(default=None, description="Until when it is to be checked.")
    overdue: bool = False
    disbursed_on: date | None = None
    version: int


class GroupSummary(View):
    """A group in a list."""

    id: UUID
    name: str
    state: GroupState
    members: int
    rupiah: int
    arrears_rupiah: int
    due_at: AwareDatetime | None = None
    overdue: bool = False
    formed_at: AwareDatetime
    version: int


class GroupPage(Page):
    items: tuple[GroupSummary, ...]


class InstalmentView(View):
    """Payments count for the oldest first."""

    number: int
    due_on: date
    rupiah: int
    paid_rupiah: int


class LoanView(View):
    """One loan. Figures are reckoned from the ledger, by what the bank's files tell until `covered_until`."""

    id: UUID
    group_id: UUID
    business_id: UUID
    owner_name: str = Field(description="Masked but for oneself.")
    kecamatan_code: str
    size_class: SizeClass
    state: LoanState
    step: int
    rupiah: int
    months: int
    administration_rupiah: int
    use: str
    reasons: tuple[RefusalReason, ...] = ()
    reference: str | None = Field(default=None, description="To be named with every payment.")
    disbursed_on: date | None = None
    schedule: tuple[InstalmentView, ...] = ()
    owed_rupiah: int = 0
    arrears_rupiah: int = 0
    covered_by_others_rupiah: int = 0
    covered_until: date | None = Field(default=None, description="The last day that the bank's files cover.")
    settled_on: date | None = None
    timely: bool | None = Field(default=None, description="Of a settled loan: whether it opens the next step.")
    version: int


class LoanPage(Page):
    items: tuple[LoanView, ...]


class LadderView(View):
    """What an owner could borrow now; `missing` says why not: as in umkm-not-eligible-for-capital, or borrowing."""

    business_id: UUID
    step: int
    least_rupiah: int
    most_rupiah: int
    most_months: int
    missing: tuple[str, ...]


class CapitalEntryView(View):
    """A row of the ledger: above 0 adds to what is owed."""

    number: int
    loan_id: UUID
    kind: CapitalEntryKind
    rupiah: int
    value_date: date
    payer_loan_id: UUID | None = Field(default=None, description="Whose payment it was, if another member's.")
    at: AwareDatetime


class CapitalEntryPage(Page):
    items: tuple[CapitalEntryView, ...]


class BorrowerView(View):
    """What the bank's check needs to know of a member; looking is recorded."""

    loan_id: UUID
    nik: str = Field(repr=False)
    name: str = Field(repr=False)
    phone: str = Field(repr=False)
    business_name: str
    rupiah: int
    months: int
