"""Batches cancelled, businesses closed or suspended: their seats are let go, or passed over."""

from __future__ import annotations

import pytest

from contracts import umkm as asked
from tests.umkm.handlers.test_seats import crowd, give_up
from tests.umkm.office import Office, citizen


def test_a_cancelled_batch_lets_everybody_go(office: Office) -> None:
    batch = office.announce(quota=1)
    crowd(office, batch, 2)
    office.ask(asked.CancelBatch(batch_id=batch.id, reason="gedung tidak tersedia"))
    assert office.states(batch) == ["batch_cancelled"] * 2
    assert office.rows("SELECT kind FROM timer") == []
    with pytest.raises(asked.RegistrationClosed):
        office.request(batch, office.verified(9))
    other = office.announce()
    assert office.request(other, office.verified(1, name="Lain")).reasons == ("first_timer",), "it never took place"


def test_a_closed_business_lets_its_seats_go(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second = crowd(office, batch, 2)
    office.ask(asked.CloseBusiness(business_id=first.business_id, reason="usaha berhenti"), citizen(1))
    assert [office.seat(one).state for one in (first, second)] == ["cancelled", "offered"]


def test_a_business_closed_while_its_batch_has_no_dates_lets_its_seat_go(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second = crowd(office, batch, 2)
    office.ask(asked.PostponeBatch(batch_id=batch.id, reason="pengajar sakit"))
    office.later(days=40)
    office.ask(asked.CloseBusiness(business_id=first.business_id, reason="usaha berhenti"))
    assert [office.seat(one).state for one in (first, second)] == ["cancelled", "waiting"]
    office.ask(asked.GiveUpSeat(seat_id=second.id))


def test_a_suspended_business_is_passed_over_and_served_when_it_is_resumed(office: Office) -> None:
    batch = office.announce(quota=1)
    first, second, third = crowd(office, batch, 3)
    suspend = asked.SuspendBusiness(business_id=second.business_id, reason="alamat tidak ditemukan")
    office.ask(suspend)
    give_up(office, first)
    assert [office.seat(one).state for one in (second, third)] == ["waiting", "offered"]
    give_up(office, third)
    assert office.seat(second).state == "waiting" and office.batch(batch).seats.free == 1
    office.ask(asked.ResumeBusiness(business_id=second.business_id))
    assert office.seat(second).state == "offered"
