"""Products, and their photos."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer, RowMapping, Select, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.umkm import ListingState, ListListings, ProductCategory, WithdrawalCause

from ..domain.listing import Listing
from ..domain.photo import Photo
from .business import business
from .columns import CITIZEN, locked, metadata, moment
from .owner import owner

listing = Table(
    "listing",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("price_rupiah", BigInteger, nullable=False),
    Column("unit", Text, nullable=False),
    Column("stock", Integer),
    Column("permit_ids", JSONB, nullable=False),
    Column("round", Integer, nullable=False),
    Column("cause", Text),
    Column("reason", Text),
    moment("published_at"),
    Column("version", Integer, nullable=False),
)
photo = Table(
    "photo",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("listing_id", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("large_key", Text, nullable=False),
    Column("small_key", Text, nullable=False),
)


def put(work: Work, changed: Listing, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    values["permit_ids"] = [str(id) for id in changed.permit_ids]
    if known:
        work.update(listing, {"id": changed.id}, **values)
    else:
        work.insert(listing, id=changed.id, **values)


def get(work: Work, listing_id: UUID, *, lock: bool = False, everybody: bool = False) -> Listing | None:
    """One that the caller may see; `everybody`: whoever asks."""
    wanted = select(listing).where(listing.c.id == listing_id)
    row = work.read(locked(wanted if everybody else _mine(work, wanted), lock)).mappings().first()
    return _entity(row) if row else None


def some(work: Work, ids: Collection[UUID]) -> dict[UUID, Listing]:
    """Several."""
    return {row["id"]: _entity(row) for row in work.read(select(listing).where(listing.c.id.in_(ids))).mappings()}


def published_of(work: Work, business_id: UUID, *, lock: bool = True) -> list[Listing]:
    """Of a business, in the order of their ids."""
    wanted = select(listing).where(listing.c.business_id == business_id, listing.c.state == ListingState.PUBLISHED)
    return [_entity(row) for row in work.read(locked(wanted.order_by(listing.c.id), lock)).mappings()]


def pages(work: Work, query: ListListings) -> tuple[list[Listing], str | None]:
    """Newest first."""
    statement = _mine(work, select(listing))
    for name in ("business_id", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(listing.c[name] == value)
    rows, cursor = page(work, statement, query, listing.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def add_photo(work: Work, new: Photo) -> None:
    """One more."""
    work.insert(photo, **asdict(new))


def remove_photo(work: Work, photo_id: UUID) -> None:
    """The row; its files are swept later."""
    work.delete(photo, {"id": photo_id})


def photos(work: Work, listing_ids: Collection[UUID]) -> dict[UUID, list[Photo]]:
    """By listing, in their order."""
    found: dict[UUID, list[Photo]] = {}
    wanted = select(photo).where(photo.c.listing_id.in_(listing_ids)).order_by(photo.c.listing_id, photo.c.place)
    for row in work.read(wanted).mappings():
        found.setdefault(row["listing_id"], []).append(Photo(**row))
    return found


def get_photo(work: Work, photo_id: UUID) -> Photo | None:
    """One, whoever asks."""
    row = work.read(select(photo).where(photo.c.id == photo_id)).mappings().first()
    return Photo(**row) if row else None


def keys_in_use(work: Work, keys: Collection[str]) -> set[str]:
    """Those of some keys of files that belong to a photo."""
    found: set[str] = set()
    for column in (photo.c.large_key, photo.c.small_key):
        found |= set(work.read(select(column).where(column.in_(keys))).scalars())
    return found


def _mine(work: Work, statement: Select[Any]) -> Select[Any]:
    citizens = work.actor.rows.get(CITIZEN)
    if citizens is None:
        return statement
    owned = select(business.c.id).join(owner, owner.c.id == business.c.owner_id).where(owner.c.citizen.in_(citizens))
    return statement.where(listing.c.business_id.in_(owned))


def _entity(row: RowMapping) -> Listing:
    values = {
        "state": ListingState(row["state"]),
        "category": ProductCategory(row["category"]),
        "permit_ids": tuple(map(UUID, row["permit_ids"])),
        "cause": WithdrawalCause(row["cause"]) if row["cause"] else None,
    }
    return Listing(**{**row, **values})
