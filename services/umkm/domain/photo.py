"""A photo of a product, as it is kept: two JPEG files without anything that a camera wrote into them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from contracts.umkm import PhotoSize


@dataclass(frozen=True, slots=True)
class Photo:
    """`place` 1 is the first of its listing; width and height are of the large one, in points."""

    id: UUID
    listing_id: UUID
    place: int
    width: int
    height: int
    large_key: str
    small_key: str

    def key(self, size: PhotoSize) -> str:
        """In storage."""
        return self.large_key if size is PhotoSize.LARGE else self.small_key
