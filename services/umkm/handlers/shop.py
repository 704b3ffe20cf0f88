"""The market, for everybody: what is shown, found by words that shoppers use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from chassis.remembered import Remembered
from chassis.work import Work
from contracts.problems import NotFound
from contracts.umkm import SearchListings, ShopListing, ShopPage, ShowListing

from .. import store
from ..domain.words.query import Market, sought
from . import market_views

WORDS: Remembered[Mapping[str, int]] = Remembered(store.catalogue.every, timedelta(minutes=1))
"""All words of the market: needed only for what was mistyped, and then a minute old is new enough."""


def search_listings(work: Work, query: SearchListings) -> ShopPage:
    """Without words the newest."""
    if query.q is None:
        ids, cursor = store.catalogue.newest(work, query)
        return ShopPage(items=market_views.for_shoppers(work, ids), next=cursor)
    meant = sought(
        query.q,
        Market(
            lambda words: store.catalogue.known(work, words),
            lambda start: store.catalogue.beginning(work, start),
            lambda: WORDS.at_hand(work),
        ),
    )
    if not meant.groups:
        return ShopPage(items=())
    ids, cursor = store.catalogue.search(work, query, meant.groups)
    return ShopPage(items=market_views.for_shoppers(work, ids), next=cursor, understood=meant.understood)


def show_listing(work: Work, query: ShowListing) -> ShopListing:
    """One."""
    if not store.catalogue.is_shown(work, query.listing_id):
        raise NotFound(f"no listing {query.listing_id}", detail_id=f"tidak ada produk {query.listing_id}")
    return market_views.for_shoppers(work, [query.listing_id])[0]
