"""From a draft to the market and out of it again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from contracts import umkm as asked
from contracts.context import Actor
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.umkm.office import ASSESS, MANAGER, OFFICER, PUBLIC, Office, citizen

NIB = "1234567890123"


def seller(office: Office, number: int = 1, **more: Any) -> Any:
    """A verified business with a NIB."""
    return office.verified(number, nib=f"12345678901{number:02d}", **more)


def missing(office: Office, listing: Any) -> list[str]:
    """What a listing lacks."""
    with pytest.raises(asked.ListingIncomplete) as refused:
        office.ask(asked.SubmitListing(listing_id=listing.id))
    return list(refused.value.data.extra["missing"])


def decide(office: Office, listing: Any, publish: bool, reason: str | None = None, who: Actor = MANAGER) -> Any:
    """By somebody who may."""
    return office.ask(asked.DecideListing(listing_id=listing.id, publish=publish, reason=reason), who)


def test_drafted_scored_published_found_withdrawn_restored(office: Office) -> None:
    business = seller(office)
    listing = office.submitted(business)
    assert office.found() == [] and not listing.shown
    office.score(listing, "assessor-1")
    office.score(listing, "assessor-2", 3)
    shown = decide(office, listing, True)
    assert (shown.state, shown.shown) == ("published", True)
    assert office.found("tas pandan") == ["Tas anyaman pandan"]
    public = office.ask(asked.ShowListing(listing_id=listing.id), PUBLIC, purpose=None)
    assert (public.business_name, public.kecamatan, public.halal) == ("Keripik Contoh 1", "Tangerang", False)
    assert "Siti" not in public.model_dump_json()
    withdrawn = office.ask(asked.WithdrawListing(listing_id=listing.id), citizen(1))
    assert (withdrawn.state, withdrawn.cause) == ("withdrawn", "owner") and office.found() == []
    with pytest.raises(NotFound):
        office.ask(asked.ShowListing(listing_id=listing.id), PUBLIC)
    assert office.ask(asked.RestoreListing(listing_id=listing.id), citizen(1)).shown
    assert office.found("tas") == ["Tas anyaman pandan"]
    assert office.events("listing") == [
        f"listing-{step}" for step in ("submitted", "assessed", "assessed", "published", "withdrawn", "published")
    ]


def test_what_is_missing_is_named_all_at_once(office: Office) -> None:
    business = office.verified(1)
    listing = office.draft(business, category="packaged_food", description="", price_rupiah=0)
    assert missing(office, listing) == ["photo", "description", "price", "nib", "pirt_or_bpom"]


def test_assessors_are_blind_to_each_other_until_all_have_scored(office: Office) -> None:
    listing = office.submitted(seller(office))
    first = office.score(listing, "assessor-1", 5)
    assert [one.assessor for one in first.assessments] == ["assessor-1"] and first.percent is None

    def seen(who: Actor) -> tuple[int, list[str], int | None]:
        shown = office.ask(asked.GetCuration(listing_id=listing.id), who)
        listed = office.ask(asked.ListCurations(), who).items
        assert listed == () or listed[0].assessments == shown.assessments
        return shown.given, [one.assessor for one in shown.assessments], shown.percent

    second = Actor(subject="assessor-2", scopes=ASSESS)
    for blind in (second, MANAGER, OFFICER):
        assert seen(blind) == (1, [], None)
    with pytest.raises(asked.AlreadyAssessed):
        office.score(listing, "assessor-1", 1)
    with pytest.raises(asked.AssessmentsMissing):
        decide(office, listing, True)
    office.score(listing, "assessor-2", 2)
    assert seen(MANAGER) == (2, ["assessor-1", "assessor-2"], 70)
    with pytest.raises(asked.AlreadyAssessed):
        office.score(listing, "assessor-3", 1)
    with pytest.raises(asked.AssessorDecides):
        decide(office, listing, True, who=second)


def test_other_than_the_sheet_advises_only_with_a_reason(office: Office) -> None:
    listing = office.submitted(seller(office))
    for assessor in ("assessor-1", "assessor-2"):
        office.score(listing, assessor, 2)
    for publish in (True, False):
        with pytest.raises(InvalidRequest) as refused:
            decide(office, listing, publish)
        assert refused.value.data.errors[0].pointer == "/reason"
    back = decide(office, listing, False, "foto terlalu gelap")
    assert (back.state, back.reason) == ("draft", "foto terlalu gelap")
    again = office.ask(asked.SubmitListing(listing_id=listing.id))
    assert (again.reason, office.ask(asked.GetCuration(listing_id=listing.id)).round) == (None, 2)


def test_a_sheet_holds_for_what_was_submitted_under_it(office: Office) -> None:
    business = seller(office)
    before = office.submitted(business)
    criterion = {"criterion": "taste", "indonesian": "Rasa", "english": "Taste", "most_points": 10, "weight": 1}
    told = {"criteria": [criterion], "assessors_needed": 1, "pass_percent": 50}
    sheet = office.ask(asked.SetScoresheet.model_validate(told), MANAGER)
    assert (sheet.version, office.ask(asked.SetScoresheet.model_validate(told), MANAGER).version) == (2, 2)
    assert office.score(before, "assessor-1").scoresheet.version == 1
    after = office.submitted(business, title="Keranjang rotan")
    with pytest.raises(InvalidRequest):
        scores = [{"criterion": "photo", "points": 4}]
        office.ask(asked.AssessListing.model_validate({"listing_id": after.id, "scores": scores}))
    assert office.score(after, "assessor-1", 7).percent == 70
    assert decide(office, after, True).state == "published"
    assert office.ask(asked.GetScoresheet(version=1)).assessors_needed == 2


def test_scores_and_sheets_can_not_be_changed_even_in_the_database(office: Office) -> None:
    listing = office.submitted(seller(office))
    office.score(listing, "assessor-1")
    for statement in ("UPDATE assessment SET percent = 100", "UPDATE scoresheet SET pass_percent = 0"):
        with pytest.raises(DBAPIError):
            office.run_sql(statement)


def test_what_assessors_saw_is_what_shoppers_see(office: Office) -> None:
    listing = office.published(seller(office))
    changed = office.ask(asked.DescribeListing(listing_id=listing.id, price_rupiah=90_000, stock=3))
    assert (changed.state, changed.price_rupiah) == ("published", 90_000)
    for told in (
        {"title": "Tas kulit asli"},
        {"description": "Lain sama sekali dari semula."},
        {"category": "fashion"},
    ):
        with pytest.raises(asked.ListingWrongState):
            office.ask(asked.DescribeListing.model_validate({"listing_id": listing.id, **told}))
    with pytest.raises(asked.ListingWrongState):
        office.photo(listing)
    with pytest.raises(StaleVersion):
        office.ask(asked.WithdrawListing(listing_id=listing.id, version=1))


def test_out_of_curation_it_is_a_draft_and_nobody_scores_it(office: Office) -> None:
    listing = office.submitted(seller(office))
    assert office.ask(asked.WithdrawListing(listing_id=listing.id)).state == "draft"
    assert office.ask(asked.ListCurations()).items == ()
    with pytest.raises(asked.ListingWrongState):
        office.score(listing, "assessor-1")


def test_what_the_office_took_down_is_curated_anew(office: Office) -> None:
    listing = office.published(seller(office))
    down = office.ask(asked.TakeDownListing(listing_id=listing.id, reason="foto bukan milik penjual"), MANAGER)
    assert (down.cause, down.reason, office.found()) == ("office", "foto bukan milik penjual", [])
    with pytest.raises(asked.ListingWrongState):
        office.ask(asked.RestoreListing(listing_id=listing.id), citizen(1))
    assert office.ask(asked.RewriteListing(listing_id=listing.id), citizen(1)).state == "draft"


def test_a_suspended_business_is_hidden_and_comes_back_a_closed_one_does_not(office: Office) -> None:
    business = seller(office)
    listing = office.published(business)
    office.ask(asked.SuspendBusiness(business_id=business.id, reason="alamat tidak ditemukan"))
    assert office.found("tas") == [] and office.ask(asked.GetListing(listing_id=listing.id)).state == "published"
    office.ask(asked.ResumeBusiness(business_id=business.id))
    assert office.found("tas") == ["Tas anyaman pandan"]
    office.ask(asked.DescribeBusiness(business_id=business.id, name="Anyaman Bu Rima"))
    assert office.found("rima") == ["Tas anyaman pandan"] and office.found("keripik") == []
    office.ask(asked.CloseBusiness(business_id=business.id, reason="usaha berhenti"))
    assert office.found("tas") == []
    assert office.ask(asked.GetListing(listing_id=listing.id)).cause == "business_closed"


def test_owners_touch_only_their_own_and_strangers_see_only_what_is_shown(office: Office) -> None:
    listing = office.submitted(seller(office))
    photo = listing.photos[0].id
    stranger = citizen(2)
    for request in (
        asked.GetListing(listing_id=listing.id),
        asked.DescribeListing(listing_id=listing.id, title="Punya saya"),
        asked.WithdrawListing(listing_id=listing.id),
        asked.RemovePhoto(listing_id=listing.id, photo_id=photo),
        asked.GetPhoto(photo_id=photo),
        asked.ShowListing(listing_id=listing.id),
    ):
        with pytest.raises(NotFound):
            office.ask(request, stranger)
    assert office.ask(asked.ListListings(), stranger).items == ()
    with pytest.raises(NotFound):
        office.ask(asked.GetPhoto(photo_id=photo), PUBLIC)
    assert office.ask(asked.GetPhoto(photo_id=photo), citizen(1).model_copy(update={"scopes": {"umkm:sell"}})).content
    assert office.ask(asked.GetPhoto(photo_id=photo)).content


def test_the_market_shows_pages_the_newest_first(office: Office) -> None:
    business = seller(office)
    for number in range(5):
        office.later(minutes=1)
        office.published(business, title=f"Tas nomor {number}")
    for q in (None, "tas"):
        seen, cursor = [], None
        while True:
            page = office.ask(asked.SearchListings(q=q, limit=2, cursor=cursor), PUBLIC)
            seen += [one.title for one in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == [f"Tas nomor {number}" for number in (4, 3, 2, 1, 0)]
    with pytest.raises(InvalidRequest):
        office.ask(asked.SearchListings(cursor=office.ask(asked.SearchListings(q="tas", limit=2)).next))
