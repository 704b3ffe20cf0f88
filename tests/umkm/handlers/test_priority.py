"""Who is further ahead and for whom a batch is: reasons, head start, classes, people of the city."""

from __future__ import annotations

import pytest

from contracts import umkm as asked
from tests.umkm.handlers.test_seats import crowd
from tests.umkm.office import Office, family_card


def test_only_for_classes_that_it_is_for_and_people_of_the_city(office: Office) -> None:
    batch = office.announce(classes=["small"])
    with pytest.raises(asked.NotForThisBusiness) as refused:
        office.request(batch, office.verified(1))
    assert refused.value.data.extra["why"] == "size_class"
    outside = office.verified(2, owner={"kelurahan_code": "36.74.01.1001"})
    with pytest.raises(asked.NotForThisBusiness) as refused:
        office.request(office.announce(), outside)
    assert refused.value.data.extra["why"] == "resident"


def test_a_business_that_outgrows_its_class_keeps_its_seat(office: Office) -> None:
    batch, business = office.announce(classes=["micro"]), office.verified()
    seat = office.request(batch, business)
    size = {"basis": "turnover", "rupiah": 2_000_000_001, "year": 2025}
    grown = office.ask(asked.DeclareSize.model_validate({"business_id": business.id, "size": size}))
    assert (grown.size.size_class, grown.size_notice) == ("small", "outgrown")
    assert office.seat(seat).state == "accepted"
    with pytest.raises(asked.NotForThisBusiness):
        office.request(office.announce(classes=["micro"]), business)


def test_those_with_more_reasons_are_further_ahead_and_the_reasons_are_shown(office: Office) -> None:
    office.grant(3)
    batch = office.announce(quota=1)
    crowd(office, batch, 2)
    plain = office.request(batch, office.verified(4))
    disabled = office.request(batch, office.verified(5, owner={"disability": True}))
    family = office.request(batch, office.verified(3, owner={"family_card_number": family_card(3)}))
    assert disabled.reasons == ("disability", "first_timer") and family.reasons == ("household", "first_timer")
    places = {one.id: one.place for one in office.ask(asked.ListSeats(batch_id=batch.id)).items if one.place}
    assert [places[one.id] for one in (disabled, family, plain)] == [1, 2, 4]


def test_priority_begins_and_ends_with_the_waiver_also_for_those_who_wait(office: Office) -> None:
    batch = office.announce(quota=1)
    crowd(office, batch, 2)
    seat = office.request(batch, office.verified(3, owner={"family_card_number": family_card(3)}))
    assert (seat.place, seat.reasons) == (2, ("first_timer",))
    first, second = office.grant(3), office.grant(3)
    assert (office.seat(seat).place, office.seat(seat).reasons) == (1, ("household", "first_timer"))
    office.end(3, first)
    assert office.seat(seat).place == 1, "another child's waiver counts"
    office.end(3, second, days=3)
    assert office.seat(seat).place == 1, "until its last day is over"
    office.later(days=4)
    office.fire()
    assert (office.seat(seat).place, office.seat(seat).reasons) == (2, ("first_timer",))
    assert office.ask(asked.ListPriorityHouseholds()).items == ()


def test_the_head_start_is_for_social_priority_then_the_list_is_served(office: Office) -> None:
    office.grant(2)
    batch = office.announce(quota=2, priority_hours=24)
    plain = office.request(batch, office.verified(1))
    family = office.request(batch, office.verified(2, owner={"family_card_number": family_card(2)}))
    late = office.request(batch, office.verified(3))
    assert [plain.state, family.state, late.state] == ["waiting", "accepted", "waiting"]
    office.later(hours=24)
    office.fire()
    assert office.states(batch) == ["offered", "accepted", "waiting"]


def test_when_the_head_start_is_over_those_who_waited_come_before_who_comes_now(office: Office) -> None:
    batch = office.announce(quota=2, priority_hours=24)
    crowd(office, batch, 2)
    office.later(hours=24)
    late = office.request(batch, office.verified(3))
    assert late.state == "waiting", "the clock has not fired yet"
    assert office.states(batch) == ["offered", "offered", "waiting"]


def test_who_was_trained_is_no_first_timer(office: Office) -> None:
    business = office.verified()
    office.request(office.announce(), business)
    assert office.request(office.announce(), business).reasons == ()
    assert office.request(office.announce(kind="bazaar"), business).reasons == ("first_timer",)
