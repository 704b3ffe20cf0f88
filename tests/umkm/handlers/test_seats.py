"""Seats are given, offered, passed on, and none is ever a ghost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound
from tests.umkm.office import Office, citizen


def crowd(office: Office, batch: Any, count: int, **more: Any) -> list[Any]:
    """So many owners ask, one after the other."""
    return [office.request(batch, office.verified(number, **more)) for number in range(1, count + 1)]


def give_up(office: Office, seat: Any) -> Any:
    """By an officer, for whoever calls."""
    return office.ask(asked.GiveUpSeat(seat_id=seat.id))


def accept(office: Office, seat: Any) -> Any:
    """By an officer, for whoever calls."""
    return office.ask(asked.AcceptSeat(seat_id=seat.id))


def test_who_comes_when_all_is_taken_waits_in_order(office: Office) -> None:
    batch = office.announce(quota=2)
    seats = crowd(office, batch, 4)
    assert [(one.state, one.place) for one in seats] == [
        ("accepted", None),
        ("accepted", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    shown = office.batch(batch)
    assert (shown.state, shown.seats.taken, shown.seats.waiting, shown.seats.free) == ("full", 2, 2, 0)


def test_a_seat_given_back_is_offered_to_the_next_and_kept_for_a_day(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second, third = crowd(office, batch, 3)
    assert give_up(office, first).state == "cancelled"
    offered = office.seat(second)
    assert (offered.state, offered.expires_at) == ("offered", office.now + timedelta(hours=24))
    assert office.batch(batch).state == "full", "an offer is no free seat"
    office.later(hours=24)
    assert office.fire() == 1
    assert [office.seat(one).state for one in (first, second, third)] == ["cancelled", "expired", "offered"]
    assert accept(office, third).state == "accepted"
    office.later(days=2)
    assert office.fire() == 0 and office.seat(third).state == "accepted"


def test_an_offer_that_is_over_can_not_be_taken_before_its_clock_fires(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second = crowd(office, batch, 2)
    give_up(office, first)
    office.later(hours=24)
    with pytest.raises(asked.SeatWrongState) as refused:
        accept(office, second)
    assert refused.value.data.extra["state"] == "expired"


def test_who_cancels_is_off_the_list_and_not_offered_it_again(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second, third = crowd(office, batch, 3)
    give_up(office, first)
    accept(office, second)
    give_up(office, second)
    assert office.states(batch) == ["cancelled", "cancelled", "offered"]
    give_up(office, third)
    assert office.states(batch) == ["cancelled", "cancelled", "declined"]
    assert office.batch(batch).seats.free == 1, "nobody is asked who has given up"
    assert give_up(office, third).version == office.seat(third).version, "again changes nothing"


def test_who_asks_again_is_last(office: Office) -> None:
    batch = office.announce(quota=1)
    first, *_ = crowd(office, batch, 3)
    give_up(office, first)
    again = office.request(batch, office.ask(asked.ListBusinesses(limit=200)).items[-1])
    assert (again.state, again.place, again.number) == ("waiting", 2, 4)


def test_one_seat_for_an_owner_even_with_two_businesses(office: Office) -> None:
    batch = office.announce(quota=5)
    business = office.verified(1)
    seat = office.request(batch, business)
    other = office.register(1, name="Usaha Lain")
    office.ask(asked.VerifyBusiness(business_id=other.id))
    for one in (business, other):
        with pytest.raises(asked.SeatAsked) as refused:
            office.request(batch, one)
        assert refused.value.data.extra == {"seat_id": str(seat.id), "state": "accepted"}


@pytest.mark.parametrize("hours", [11, 3, 0.5])
def test_within_twelve_hours_of_the_beginning_offers_still_pass_on(office: Office, hours: float) -> None:
    batch = office.announce(quota=1, days=hours / 24)
    first, second, third = crowd(office, batch, 3)
    give_up(office, first)
    expires = office.seat(second).expires_at
    assert expires == office.now + timedelta(hours=min(1, hours))
    office.now = expires
    office.fire()
    assert office.seat(third).state == ("offered" if hours > 1 else "unserved")


def test_the_beginning_ends_offers_and_the_list(office: Office) -> None:
    batch = office.announce(quota=2)
    first, second, third, fourth = crowd(office, batch, 4)
    give_up(office, second)
    office.now = batch.sessions[0].begins_at - timedelta(minutes=10)
    office.fire()
    office.now = batch.sessions[0].begins_at
    office.fire()
    assert [office.seat(one).state for one in (first, second, third, fourth)] == [
        "accepted",
        "cancelled",
        "expired",
        "expired",
    ]
    assert office.batch(batch).state == "running"
    for act in (give_up, accept):
        with pytest.raises(asked.BatchWrongState):
            act(office, first)
    assert office.rows("SELECT kind FROM timer") == []


def test_a_raised_quota_is_offered_and_a_lowered_one_takes_nobodys_seat(office: Office) -> None:
    batch = office.announce(quota=3)
    seats = crowd(office, batch, 6)
    raised = office.ask(asked.ChangeQuota(batch_id=batch.id, quota=4))
    assert (raised.seats.taken, office.seat(seats[3]).state) == (4, "offered")
    lowered = office.ask(asked.ChangeQuota(batch_id=batch.id, quota=2))
    assert (lowered.seats.taken, lowered.seats.free, lowered.state) == (4, 0, "full")
    accept(office, seats[3])
    for seat in seats[:2]:
        give_up(office, seat)
    assert office.states(batch)[4:] == ["waiting", "waiting"], "two of two are taken"
    give_up(office, seats[2])
    assert office.states(batch) == ["cancelled"] * 3 + ["accepted", "offered", "waiting"]
    assert office.ask(asked.ChangeQuota(batch_id=batch.id, quota=10)).seats.free == 7


def test_a_postponed_batch_keeps_its_seats_and_asks_again(office: Office) -> None:
    batch = office.announce(quota=2)
    first, second, third, fourth = crowd(office, batch, 4)
    give_up(office, second)
    office.ask(asked.PostponeBatch(batch_id=batch.id, reason="pengajar sakit"))
    assert office.seat(third).expires_at is None
    office.later(days=30)
    assert office.fire() == 0, "no clock runs while there are no dates"
    assert [office.seat(one).state for one in (first, third, fourth)] == ["accepted", "offered", "waiting"]
    give_up(office, third)
    assert office.seat(fourth).state == "waiting", "nobody is asked for dates that are not known"
    begins = office.now + timedelta(days=10)
    sessions = [{"begins_at": begins, "ends_at": begins + timedelta(hours=3)}]
    with pytest.raises(InvalidRequest):
        moved(office, batch, sessions, closes_at=begins + timedelta(hours=1))
    with pytest.raises(InvalidRequest):
        moved(office, batch, sessions)  # two sessions are needed, and there would be one
    sessions.append({"begins_at": begins + timedelta(days=1), "ends_at": begins + timedelta(days=1, hours=3)})
    shown = moved(office, batch, sessions)
    assert (shown.state, shown.seats.taken) == ("full", 2)
    kept = office.seat(first)
    assert (kept.state, kept.expires_at) == ("offered", office.now + timedelta(hours=72))
    assert office.seat(fourth).expires_at == office.now + timedelta(hours=24)
    accept(office, first)
    office.later(hours=24)
    office.fire()
    assert office.states(batch) == ["accepted", "cancelled", "declined", "expired"]


def moved(office: Office, batch: Any, sessions: list[Any], **more: Any) -> Any:
    """New dates."""
    told = {"batch_id": batch.id, "sessions": sessions} | more
    return office.ask(asked.RescheduleBatch.model_validate(told))


def test_registration_opens_and_closes_by_itself(office: Office) -> None:
    opens = office.now + timedelta(days=1)
    batch = office.announce(opens_at=opens, closes_at=opens + timedelta(days=1))
    business = office.verified()
    assert batch.state == "announced"
    with pytest.raises(asked.RegistrationClosed):
        office.request(batch, business)
    office.now = opens
    assert office.fire() == 1 and office.batch(batch).state == "open"
    office.later(days=1)
    with pytest.raises(asked.RegistrationClosed):
        office.request(batch, business)


def test_an_owner_sees_and_changes_only_their_own(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second = crowd(office, batch, 2)
    assert [one.id for one in office.ask(asked.ListSeats(), citizen(2)).items] == [second.id]
    for request in (
        asked.GetSeat(seat_id=first.id),
        asked.GiveUpSeat(seat_id=first.id),
        asked.AcceptSeat(seat_id=first.id),
        asked.RequestSeat(batch_id=batch.id, business_id=first.business_id),
    ):
        with pytest.raises(NotFound):
            office.ask(request, citizen(2))
    assert office.ask(asked.GetSeat(seat_id=second.id), citizen(2)).owner_name == "Siti Contoh 2"
    assert office.seat(second).owner_name != "Siti Contoh 2", "masked for everybody else"
