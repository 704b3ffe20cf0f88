"""What a school is paid for: months that it confirms, and claims made of them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Request
from ...identity import Npsn
from ...paging import PageQuery
from ..values import SchoolYear
from ..views import ClaimPage, ClaimView, ConfirmedPage, MonthConfirmed, MonthCorrected
from ..waiver_values import ClaimState, Month, Programme

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class ConfirmMonth(Request, operation="education.confirm_month", scope="education:confirm", reply=MonthConfirmed):
    """Confirm that the pupils with a waiver were at the school in a month that is over, but for some. A month belongs
    to the school of the 15th. Pupils who were confirmed before stay so: it can be sent again for those who came late.
    """

    npsn: Npsn
    programme: Programme
    month: Month
    absent: tuple[UUID, ...] = Field(default=(), max_length=2_000, description="Pupils who were not there.")
    only: tuple[UUID, ...] | None = Field(
        default=None, min_length=1, max_length=2_000, description="Confirm these and no others."
    )


class CorrectMonth(Request, operation="education.correct_month", scope="education:confirm", reply=MonthCorrected):
    """Take back the confirmation of one pupil's month: what was paid for it is owed back."""

    pupil_id: UUID
    programme: Programme
    month: Month
    reason: Note = Field(repr=False)


class ListConfirmed(PageQuery, operation="education.list_confirmed", scope="education:confirm", reply=ConfirmedPage):
    """A school's confirmed months, pupil by pupil."""

    npsn: Npsn
    programme: Programme | None = None
    month: Month | None = None


class SubmitClaim(Request, operation="education.submit_claim", scope="education:confirm", reply=ClaimView):
    """Claim all that a school has confirmed from one month to another and not claimed yet. Every month must be over and
    confirmed."""

    npsn: Npsn
    programme: Programme
    first_month: Month
    last_month: Month


class ApproveClaim(Request, operation="education.approve_claim", scope="education:decide", reply=ClaimView):
    """The city owes it from now on: confirmed months by rate, up to the quota of each grade. Not by whoever submitted
    it."""

    claim_id: UUID
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ReturnClaim(Request, operation="education.return_claim", scope="education:decide", reply=ClaimView):
    """Something is wrong with it: the months can be claimed again."""

    claim_id: UUID
    reason: Note
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ListClaims(PageQuery, operation="education.list_claims", scope="education:apply", reply=ClaimPage):
    """Newest first; a school's operator sees those of their own."""

    npsn: Npsn | None = None
    programme: Programme | None = None
    school_year: SchoolYear | None = None
    state: ClaimState | None = None


__all__ = [
    "ApproveClaim",
    "ConfirmMonth",
    "CorrectMonth",
    "ListClaims",
    "ListConfirmed",
    "ReturnClaim",
    "SubmitClaim",
]
