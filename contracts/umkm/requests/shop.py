"""The market, for everybody."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ...base import Query
from ...identity import KecamatanCode
from ...paging import PageQuery
from ..values import ProductCategory
from ..views import ShopListing, ShopPage


class SearchListings(PageQuery, operation="umkm.search_listings", scope="umkm:public", reply=ShopPage):
    """Products that hold all words of `q` (of the last one the beginning is enough, while somebody types), in title,
    description or the name of the business; those with the words in the title first, then the newest. Forms of a word
    count (anyaman: anyam, menganyam), spellings (keripik: kripik), and if nothing has it a word nearly like it."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)] | None = None
    category: ProductCategory | None = None
    kecamatan_code: KecamatanCode | None = None
    halal: bool | None = Field(default=None, description="True: only with a halal certificate.")
    pirt: bool | None = Field(default=None, description="True: only with P-IRT.")
    business_id: UUID | None = None


class ShowListing(Query, operation="umkm.show_listing", scope="umkm:public", reply=ShopListing):
    """One product."""

    listing_id: UUID


__all__ = ["SearchListings", "ShowListing"]
