"""Businesses and their owners."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...identity import Sex
from ...paging import Page
from ..values import BusinessState, PermitKind, SizeBasis, SizeClass, Trade


class SizeView(View):
    """The class by PP 7/2021, what it was reckoned by, and of which year. The amount is shown to its owner only."""

    size_class: SizeClass
    basis: SizeBasis
    year: int
    rupiah: int | None = None


class PermitView(View):
    """`counts`: today is not after `valid_until`."""

    id: UUID
    kind: PermitKind
    number: str
    valid_until: date
    counts: bool


class OwnerView(View):
    """Masked, but for the owner; an officer with a purpose sees name and telephone."""

    id: UUID
    name: str
    nik: str
    phone: str
    sex: Sex
    kelurahan_code: str = Field(description="Of the address on the KTP.")
    resident: bool = Field(description="Whether that is in the city: training is for its own people.")
    disability: bool | None = Field(default=None, description="Shown to the owner only.")
    notices: tuple[str, ...] = Field(default=(), description="What an officer should compare with the KTP.")


class BusinessView(View):
    """A business; `nib` null: pending."""

    id: UUID
    name: str
    trade: Trade
    state: BusinessState
    owner: OwnerView
    kelurahan_code: str
    kecamatan_code: str
    address: str | None = Field(default=None, description="Not in lists.")
    founded_on: date
    size: SizeView
    size_notice: str | None = Field(
        default=None, description="Code: what it means that the class has changed, such as outgrown."
    )
    nib: str | None = None
    permits: tuple[PermitView, ...] = ()
    reason: str | None = None
    registered_at: AwareDatetime
    version: int


class BusinessPage(Page):
    items: tuple[BusinessView, ...]


class OwnerDisclosure(View):
    """All that is kept of an owner, unmasked."""

    id: UUID
    name: str
    nik: str
    phone: str
    household_known: bool
    disability: bool
