"""Agreements between the city and partner schools: one for each school year."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, Request
from ...identity import Npsn
from ...paging import PageQuery
from ...times import Day
from ..values import AgreementState, FeeLine, SchoolYear
from ..views import AgreementPage, AgreementView

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


def _once(lines: tuple[FeeLine, ...]) -> tuple[FeeLine, ...]:
    if len(set(lines)) < len(lines):
        raise PydanticCustomError("twice", "a fee line stands twice", {"fix": "send each once"})
    return lines


class PlacesGiven(Model):
    """For one grade: how many pupils, and how much for each in the school year, in rupiah."""

    grade: StrictInt = Field(ge=1, le=9)
    quota: StrictInt = Field(ge=0, le=2_000)
    yearly_rupiah: StrictInt = Field(ge=0, le=100_000_000)


class DraftAgreement(Request, operation="education.draft_agreement", scope="education:manage", reply=AgreementView):
    """Write, or write anew, what is to be agreed with a private school for a school year; a draft binds nobody."""

    npsn: Npsn
    school_year: SchoolYear
    places: tuple[PlacesGiven, ...] = Field(min_length=1, max_length=6)
    covered: Annotated[tuple[FeeLine, ...], AfterValidator(_once)] = Field(min_length=1, max_length=20)


class SignAgreement(Request, operation="education.sign_agreement", scope="education:manage", reply=AgreementView):
    """Both have signed."""

    agreement_id: UUID
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
    signed_on: Day
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class SuspendAgreement(Request, operation="education.suspend_agreement", scope="education:manage", reply=AgreementView):
    """Nothing new under it until it is resumed, such as while a levy is looked into."""

    agreement_id: UUID
    reason: Reason
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ResumeAgreement(Request, operation="education.resume_agreement", scope="education:manage", reply=AgreementView):
    """It holds again."""

    agreement_id: UUID
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class EndAgreement(Request, operation="education.end_agreement", scope="education:manage", reply=AgreementView):
    """It does not hold after that day; a draft is thrown away."""

    agreement_id: UUID
    reason: Reason
    ends_on: Day
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ListAgreements(PageQuery, operation="education.list_agreements", scope="education:read", reply=AgreementPage):
    """Newest first; a school's operator sees those of their own."""

    npsn: Npsn | None = None
    school_year: SchoolYear | None = None
    state: AgreementState | None = None


__all__ = [
    "DraftAgreement",
    "EndAgreement",
    "ListAgreements",
    "PlacesGiven",
    "ResumeAgreement",
    "SignAgreement",
    "SuspendAgreement",
]
