"""Businesses: registered by their owners or at the counter, verified by the office."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Model, RecordedQuery, Request
from ...identity import KecamatanCode, KelurahanCode, Nib
from ...paging import PageQuery
from ...times import Day
from ..permits import BpomNumber, HalalNumber, PirtNumber
from ..values import BusinessState, SizeClass, Trade
from ..views import BusinessPage, BusinessView
from .owners import OwnerGiven, Reason

BusinessName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
Rupiah = Annotated[StrictInt, Field(ge=0, le=1_000_000_000_000)]
SEEN = Field(default=None, ge=1, description="As seen; another one is refused.")


class CapitalGiven(Model):
    """At founding: without land and building of the place of business."""

    basis: Literal["capital"]
    rupiah: Rupiah


class TurnoverGiven(Model):
    """Of a running business: of one year that is over."""

    basis: Literal["turnover"]
    rupiah: Rupiah
    year: StrictInt = Field(ge=2000, le=2099)


SizeGiven = Annotated[CapitalGiven | TurnoverGiven, Field(discriminator="basis")]


class RegisterBusiness(Request, operation="umkm.register_business", scope="umkm:register", reply=BusinessView):
    """A business in the city: for oneself in the super app, for whoever stands at the counter by an officer. Without
    a NIB it is registered all the same, as pending."""

    owner: OwnerGiven
    name: BusinessName
    trade: Trade
    kelurahan_code: KelurahanCode
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=200)] = Field(repr=False)
    founded_on: Day
    size: SizeGiven
    nib: Nib | None = None


class DescribeBusiness(Request, operation="umkm.describe_business", scope="umkm:register", reply=BusinessView):
    """What has changed. A verified business with another name, place or NIB is to be verified again."""

    business_id: UUID
    name: BusinessName | None = None
    trade: Trade | None = None
    kelurahan_code: KelurahanCode | None = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=200)] | None = Field(
        default=None, repr=False
    )
    nib: Nib | None = None
    version: StrictInt | None = SEEN


class DeclareSize(Request, operation="umkm.declare_size", scope="umkm:register", reply=BusinessView):
    """Capital at founding or turnover of a year that is over. What was granted to the class before stays."""

    business_id: UUID
    size: SizeGiven
    version: StrictInt | None = SEEN


class PirtGiven(Model):
    """P-IRT: 15 digits, the first names the packaging; valid for five years."""

    kind: Literal["pirt"]
    number: PirtNumber
    valid_until: Day


class BpomGiven(Model):
    """BPOM: MD (made here) or ML (imported), or a notification of cosmetics."""

    kind: Literal["bpom"]
    number: BpomNumber
    valid_until: Day


class HalalGiven(Model):
    """A halal certificate."""

    kind: Literal["halal"]
    number: HalalNumber
    valid_until: Day


PermitGiven = Annotated[PirtGiven | BpomGiven | HalalGiven, Field(discriminator="kind")]


class RecordPermit(Request, operation="umkm.record_permit", scope="umkm:register", reply=BusinessView):
    """A permit, or one of the same kind and number that was renewed."""

    business_id: UUID
    permit: PermitGiven


class VerifyBusiness(Request, operation="umkm.verify_business", scope="umkm:verify", reply=BusinessView):
    """An officer has compared KTP, papers and place."""

    business_id: UUID
    version: StrictInt | None = SEEN


class SuspendBusiness(Request, operation="umkm.suspend_business", scope="umkm:verify", reply=BusinessView):
    """Nothing new for it, and nothing of it is shown to shoppers, until it is resumed."""

    business_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class ResumeBusiness(Request, operation="umkm.resume_business", scope="umkm:verify", reply=BusinessView):
    """As it was before it was suspended."""

    business_id: UUID
    version: StrictInt | None = SEEN


class CloseBusiness(Request, operation="umkm.close_business", scope="umkm:register", reply=BusinessView):
    """It is given up. Its NIB is free again, its certificates stay."""

    business_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


class GetBusiness(RecordedQuery, operation="umkm.get_business", scope="umkm:businesses", reply=BusinessView):
    """One business. Looking is recorded; who does not own it says why (X-Purpose)."""

    business_id: UUID


class ListBusinesses(PageQuery, operation="umkm.list_businesses", scope="umkm:businesses", reply=BusinessPage):
    """Newest first; owners see their own."""

    state: BusinessState | None = None
    size_class: SizeClass | None = None
    kecamatan_code: KecamatanCode | None = None
    nib: Nib | None = None


__all__ = [
    "CloseBusiness",
    "DeclareSize",
    "DescribeBusiness",
    "GetBusiness",
    "ListBusinesses",
    "RecordPermit",
    "RegisterBusiness",
    "ResumeBusiness",
    "SuspendBusiness",
    "VerifyBusiness",
]
