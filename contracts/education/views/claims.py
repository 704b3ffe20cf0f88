"""Months and claims."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..waiver_values import ClaimState, Programme


class MonthConfirmed(View):
    """`over_quota` is how many more than the agreement has places for: they are kept, and not paid."""

    confirmed: int = Field(description="New ones.")
    already: int
    absent: int
    over_quota: int


class MonthCorrected(View):
    """`claimed_back` is what the ledger takes back, in rupiah; 0 if it was not approved yet."""

    claimed_back: int


class ConfirmedView(View):
    """One pupil's month. `rupiah` is null until the claim is approved."""

    id: UUID
    pupil_id: UUID
    name: str = Field(description="Masked for whoever is not of the school.")
    programme: Programme
    month: date
    grade: int
    claim_id: UUID | None = None
    rupiah: int | None = None


class ConfirmedPage(Page):
    items: tuple[ConfirmedView, ...]


class ClaimMonth(View):
    """Of one month and grade. `quota` is null where there is none; `paid_for` is how many of the confirmed count."""

    month: date
    grade: int
    confirmed: int
    quota: int | None
    paid_for: int
    monthly_rupiah: int
    rupiah: int


class ClaimView(View):
    """`lines` and `rupiah` are an estimate until it is approved, then what was approved; later changes stand in the
    ledger."""

    id: UUID
    npsn: str
    programme: Programme
    school_year: str
    first_month: date
    last_month: date
    state: ClaimState
    pupil_months: int
    rupiah: int
    lines: tuple[ClaimMonth, ...]
    reason: str | None = None
    submitted_at: AwareDatetime
    approved_at: AwareDatetime | None = None
    version: int


class ClaimPage(Page):
    items: tuple[ClaimView, ...]
