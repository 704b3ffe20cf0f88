"""A product: draft → curation → published → withdrawn, and back to draft to be written anew.

What the assessors saw is what shoppers see: from curation on only price and stock change.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.umkm import (
    ListingIncomplete,
    ListingState,
    ListingWrongState,
    PermitKind,
    ProductCategory,
    WithdrawalCause,
)

from .business import HIDDEN, Business
from .permit import Permit
from .refusals import wrong_state

SHORTEST_DESCRIPTION = 20
FREE = frozenset({"price_rupiah", "stock"})
"""What changes without curation."""
RESTORABLE = (WithdrawalCause.OWNER, WithdrawalCause.PERMIT_EXPIRED)
NEEDED = {
    ProductCategory.PACKAGED_FOOD: (frozenset({PermitKind.PIRT, PermitKind.BPOM}), "pirt_or_bpom"),
    ProductCategory.PACKAGED_FOOD_BPOM: (frozenset({PermitKind.BPOM}), "bpom"),
    ProductCategory.COSMETICS: (frozenset({PermitKind.BPOM}), "bpom"),
}
"""By category: a permit of one of these kinds, and what is missing without."""


@dataclass(slots=True)
class Listing:
    """`round` counts its curations. `stock` None: made to order."""

    id: UUID
    business_id: UUID
    title: str
    description: str
    category: ProductCategory
    price_rupiah: int
    unit: str
    stock: int | None
    permit_ids: tuple[UUID, ...]
    state: ListingState = ListingState.DRAFT
    round: int = 0
    cause: WithdrawalCause | None = None
    reason: str | None = None
    published_at: datetime | None = None
    version: int = 1

    def shown(self, business: Business) -> bool:
        """Whether shoppers see it."""
        return self.state is ListingState.PUBLISHED and business.state not in HIDDEN

    def describe(self, **told: object) -> bool:
        """Take over what was told; True if anything is new."""
        new = {name: value for name, value in told.items() if value is not None and getattr(self, name) != value}
        if not new:
            return False
        if new.keys() <= FREE:
            self.require("describe_listing", ListingState.DRAFT, ListingState.PUBLISHED)
        else:
            self.require("describe_listing", ListingState.DRAFT)
        for name, value in new.items():
            setattr(self, name, value)
        self.version += 1
        return True

    def submit(self) -> None:
        """To the assessors."""
        self._turn("submit_listing", ListingState.CURATION, ListingState.DRAFT)
        self.round += 1
        self.cause = self.reason = None

    def publish(self, now: datetime) -> None:
        """The assessors' scores were good enough for whoever decides."""
        self._turn("decide_listing", ListingState.PUBLISHED, ListingState.CURATION)
        self.published_at = now

    def send_back(self, reason: str) -> None:
        """Not good enough yet."""
        self._turn("decide_listing", ListingState.DRAFT, ListingState.CURATION)
        self.reason = reason

    def withdraw(self) -> None:
        """By its owner; out of curation it is a draft again."""
        if self.state is ListingState.CURATION:
            self._turn("withdraw_listing", ListingState.DRAFT, ListingState.CURATION)
        else:
            self.take_down("withdraw_listing", WithdrawalCause.OWNER)

    def take_down(self, step: str, cause: WithdrawalCause, reason: str | None = None) -> None:
        """Not shown any more."""
        self._turn(step, ListingState.WITHDRAWN, ListingState.PUBLISHED)
        self.cause, self.reason = cause, reason

    def restore(self) -> None:
        """Shown again as it was; what the office took down is curated anew."""
        if self.cause not in RESTORABLE:
            raise wrong_state(ListingWrongState, "restore_listing", f"{self.state}: {self.cause}", RESTORABLE)
        self._turn("restore_listing", ListingState.PUBLISHED, ListingState.WITHDRAWN)
        self.cause = self.reason = None

    def rewrite(self) -> None:
        """A draft again."""
        self._turn("rewrite_listing", ListingState.DRAFT, ListingState.WITHDRAWN)

    def touch(self, step: str) -> None:
        """Something that belongs to the draft has changed."""
        self._turn(step, ListingState.DRAFT, ListingState.DRAFT)

    def require_complete(self, business: Business, permits: Collection[Permit], photos: int, today: date) -> None:
        """Raise ListingIncomplete, naming all that shoppers or the law need."""
        kinds, what = NEEDED.get(self.category, (frozenset(), ""))
        counting = {one.kind for one in permits if one.counts(today)}
        missing = {
            "photo": not photos,
            "description": len(self.description) < SHORTEST_DESCRIPTION,
            "price": self.price_rupiah <= 0,
            "nib": business.nib is None,
            what: bool(kinds) and not kinds & counting,
            "permit": any(not one.counts(today) for one in permits),
        }
        if found := [name for name, lacks in missing.items() if lacks]:
            raise ListingIncomplete(missing=found)

    def require(self, step: str, *allowed: ListingState) -> None:
        """Raise ListingWrongState in any other state."""
        if self.state not in allowed:
            raise wrong_state(ListingWrongState, step, self.state, allowed)

    def _turn(self, step: str, state: ListingState, *allowed: ListingState) -> None:
        self.require(step, *allowed)
        self.state = state
        self.version += 1
