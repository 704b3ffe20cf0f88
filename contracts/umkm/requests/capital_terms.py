"""Terms of the capital programme, and what an owner could borrow by them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Model, Query, Request
from ..capital_values import AdministrationTaken
from ..values import SizeClass
from ..views import CapitalTermsView, LadderView
from .owners import Reason

LoanRupiah = Annotated[StrictInt, Field(ge=1, le=1_000_000_000, description="Whole rupiah.")]
Months = Annotated[StrictInt, Field(ge=1, le=60)]


class LadderStepGiven(Model):
    """One step of the ladder."""

    least_rupiah: LoanRupiah
    most_rupiah: LoanRupiah
    most_months: Months
    certificates: StrictInt = Field(default=1, ge=0, le=9)


class SetCapitalTerms(Request, operation="umkm.set_capital_terms", scope="umkm:terms", reply=CapitalTermsView):
    """The next version, for groups that are formed from now on."""

    bank_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")] = Field(description="Of the partner bank.")
    steps: tuple[LadderStepGiven, ...] = Field(min_length=1, max_length=9)
    least_members: StrictInt = Field(ge=2, le=50)
    most_members: StrictInt = Field(ge=2, le=50)
    least_age: StrictInt = Field(ge=17, le=100)
    most_age: StrictInt = Field(ge=17, le=100)
    classes: tuple[SizeClass, ...] = Field(min_length=1, max_length=3)
    administration_basis_points: StrictInt = Field(ge=0, le=2_000, description="300 is 3 %.")
    administration_taken: AdministrationTaken
    grace_days: StrictInt = Field(default=0, ge=0, le=30)
    office_hours: StrictInt = Field(ge=1, le=720)
    bank_hours: StrictInt = Field(ge=1, le=720)
    note: Reason


class GetCapitalTerms(Query, operation="umkm.get_capital_terms", scope="umkm:public", reply=CapitalTermsView):
    """The newest, or one of before; for everybody."""

    version: int | None = Field(default=None, ge=1, le=1_000_000)


class GetLadder(Query, operation="umkm.get_ladder", scope="umkm:borrow", reply=LadderView):
    """What the owner of a business could borrow now, and what is missing."""

    business_id: UUID


__all__ = ["GetCapitalTerms", "GetLadder", "LadderStepGiven", "SetCapitalTerms"]
