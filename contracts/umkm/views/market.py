"""Products: as their owner and the office see them, and as shoppers do."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import ListingState, PermitKind, ProductCategory, WithdrawalCause


class PhotoView(View):
    """Shown at /v1/umkm/photos/{id}; `place` 1 is the first."""

    id: UUID
    place: int
    width: int
    height: int


class ListingPermitView(View):
    """A permit that the listing relies on."""

    id: UUID
    kind: PermitKind
    number: str
    valid_until: date


class ListingView(View):
    """A product. `stock` null: made to order."""

    id: UUID
    business_id: UUID
    state: ListingState
    title: str
    description: str
    category: ProductCategory
    price_rupiah: int
    unit: str
    stock: int | None = None
    photos: tuple[PhotoView, ...]
    permits: tuple[ListingPermitView, ...]
    shown: bool = Field(description="Whether shoppers see it: published, and its business is not suspended.")
    cause: WithdrawalCause | None = None
    reason: str | None = Field(default=None, description="What the office wrote to the owner.")
    published_at: AwareDatetime | None = None
    version: int


class ListingPage(Page):
    items: tuple[ListingView, ...]


class CriterionView(View):
    """Of a scoresheet; `weight` counts in the percentage."""

    criterion: str
    text: dict[str, str]
    most_points: int
    weight: int


class ScoresheetView(View):
    """A version holds for listings that were submitted while it was the newest."""

    version: int
    criteria: tuple[CriterionView, ...]
    assessors_needed: int
    pass_percent: int
    set_at: AwareDatetime


class AssessmentView(View):
    """What one assessor gave."""

    assessor: str
    scores: dict[str, int]
    percent: int
    remark: str | None = None
    given_at: AwareDatetime


class CurationView(View):
    """A listing before the assessors. Until all have scored each sees their own assessment alone."""

    listing: ListingView
    business_name: str
    round: int
    scoresheet: ScoresheetView
    given: int
    assessments: tuple[AssessmentView, ...]
    percent: int | None = Field(default=None, description="Of all, once all have scored: what the sheet advises.")
    decided: bool
    published: bool | None = None
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None


class CurationPage(Page):
    items: tuple[CurationView, ...]


class ShopListing(View):
    """What shoppers see. Pictures: /v1/umkm/photos/{id}, with ?size=small for a list."""

    id: UUID
    title: str
    description: str
    category: ProductCategory
    price_rupiah: int
    unit: str
    stock: int | None = None
    business_id: UUID
    business_name: str
    kecamatan_code: str
    kecamatan: str
    halal: bool
    pirt: bool
    photos: tuple[UUID, ...]
    published_at: AwareDatetime


class ShopPage(Page):
    """`understood`: the words that were looked for, if they are not those that were typed."""

    items: tuple[ShopListing, ...]
    understood: tuple[str, ...] = ()
