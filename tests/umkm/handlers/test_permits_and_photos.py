"""What a product needs beside words: permits that count, photos that are fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.storage import Storage
from contracts import umkm as asked
from contracts.problems import InvalidRequest
from tests.umkm.handlers.test_businesses import permit
from tests.umkm.handlers.test_market import missing, seller
from tests.umkm.office import Office, citizen


def test_packaged_food_needs_a_permit_that_counts_and_that_it_names(office: Office) -> None:
    business = seller(office)
    listing = office.draft(business, category="packaged_food")
    office.photo(listing)
    assert missing(office, listing) == ["pirt_or_bpom"]
    pirt = permit(office, business, "pirt", "2063671010001-28").permits[0]
    assert missing(office, listing) == ["pirt_or_bpom"], "a permit for another product says nothing of this one"
    office.ask(asked.DescribeListing(listing_id=listing.id, permit_ids=(pirt.id,)))
    milk = office.draft(business, category="packaged_food_bpom", permit_ids=(pirt.id,))
    office.photo(milk)
    assert missing(office, milk) == ["bpom"], "P-IRT does not cover milk, meat and fish"
    assert office.ask(asked.SubmitListing(listing_id=listing.id)).state == "curation"
    with pytest.raises(InvalidRequest):
        office.draft(seller(office, 2), permit_ids=(pirt.id,))


def food(office: Office, valid_until: str) -> tuple[Any, Any]:
    """A business with a packaged food that relies on a P-IRT."""
    business = seller(office)
    pirt = permit(office, business, "pirt", "2063671010001-28", valid_until).permits[0]
    return business, office.published(business, title="Keripik pisang", category="packaged_food", permit_ids=(pirt.id,))


def test_a_permit_is_warned_of_sixty_days_ahead_and_ends_at_midnight_in_wib(office: Office) -> None:
    business, listing = food(office, "2027-03-31")
    office.now = datetime(2027, 1, 30, 16, 59, 59, tzinfo=UTC)
    office.fire()
    assert office.events("permit") == []
    office.later(seconds=1)
    office.fire()
    assert office.events("permit") == ["permit-expiring"]
    office.now = datetime(2027, 3, 31, 16, 59, 59, tzinfo=UTC)
    office.fire()
    assert office.found(pirt=True) == ["Keripik pisang"], "its last day is a whole one"
    office.later(seconds=1)
    office.fire()
    assert office.found() == [] and office.ask(asked.GetListing(listing_id=listing.id)).cause == "permit_expired"
    with pytest.raises(asked.ListingIncomplete):
        office.ask(asked.RestoreListing(listing_id=listing.id), citizen(1))
    permit(office, business, "pirt", "2063671010001-28", "2031-03-31")
    assert office.ask(asked.RestoreListing(listing_id=listing.id), citizen(1)).shown


def test_a_permit_renewed_in_time_withdraws_nothing(office: Office) -> None:
    business, _ = food(office, "2027-03-31")
    permit(office, business, "pirt", "2063671010001-28", "2031-03-31")
    office.now = datetime(2027, 4, 2, tzinfo=UTC)
    office.fire()
    assert office.found("keripik") == ["Keripik pisang"] and office.events("permit") == []


def test_a_permit_recorded_late_is_warned_of_at_once(office: Office) -> None:
    food(office, "2026-12-10")
    office.fire()
    assert office.events("permit") == ["permit-expiring"]


def test_a_file_that_is_gone_or_not_a_photos_is_refused(office: Office) -> None:
    listing = office.draft(seller(office))
    for key in (f"uploadedphotos/{'0' * 64}", f"rosters/{'0' * 64}"):
        file = {"key": key, "name": "foto.jpg", "size": 1, "sha256": "0" * 64}
        with pytest.raises(InvalidRequest) as refused:
            office.ask(asked.AddPhoto.model_validate({"listing_id": listing.id, "file": file}))
        assert refused.value.data.errors[0].code == "gone"


def test_photos_have_an_end_and_files_that_nobody_needs_are_swept(office: Office) -> None:
    listing = office.draft(seller(office))
    for _ in range(6):
        listing = office.photo(listing)
    with pytest.raises(asked.TooManyPhotos):
        office.photo(listing)
    first = listing.photos[0]
    listing = office.ask(asked.RemovePhoto(listing_id=listing.id, photo_id=first.id))
    assert [one.place for one in listing.photos] == [2, 3, 4, 5, 6]

    def files(folder: str) -> int:
        return len(Storage.from_environment().left_over(folder, datetime.now(UTC) + timedelta(days=9), timedelta(0)))

    office.now = datetime.now(UTC) + timedelta(hours=1)  # files have the time of the machine
    office.photo(listing)
    assert (files("photos"), files("uploadedphotos")) == (14, 8)
    office.later(hours=2)
    office.fire()
    assert (files("photos"), files("uploadedphotos")) == (12, 0)
    assert office.ask(asked.GetPhoto(photo_id=listing.photos[-1].id)).content
    assert office.rows("SELECT kind FROM timer") == []
