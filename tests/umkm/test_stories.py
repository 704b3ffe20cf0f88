"""A family on its way up, the business of the deceased: what others publish, through the broker, to the process."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from contracts import umkm as asked
from contracts.education import WaiverEnded, WaiverGranted
from contracts.hearse import DeathCorrected, DeathRecorded
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.waiting import until
from tests.umkm.capital.desk import Desk
from tests.umkm.handlers.test_results import at_session, attend, finish
from tests.umkm.office import Office, family_card, nik

Start = Callable[..., ServiceProcess]


@pytest.fixture
def present(office: Office) -> Office:
    """Today, as the service's own clock tells it."""
    office.now = datetime.now(UTC)
    return office


def test_a_family_on_its_way_up(present: Office, service: Start, vhost: Vhost) -> None:
    keys, waiver = present.runtime.person_keys, uuid.uuid4()
    household = keys.household_key(family_card(1))
    present.verified(1, owner={"family_card_number": family_card(1)})
    batch = present.announce(quota=1, priority_hours=24)
    plain = present.request(batch, present.verified(2))
    assert plain.state == "waiting", "the head start is not for everybody"
    service("umkm")
    told = {"programme": "tangerang_cerdas", "school_year": "2026/2027", "term": 1, "person_key": "p"}
    vhost.publish(WaiverGranted(waiver_id=waiver, household_key=household, **told))
    until(lambda: present.ask(asked.ListPriorityHouseholds()).items, "the household to have priority")
    mine = present.ask(asked.ListBusinesses(limit=200)).items[-1]
    assert present.ask(asked.GetLadder(business_id=mine.id)).missing == ("certificate",)
    seat = present.request(batch, mine)
    assert (seat.state, seat.reasons) == ("accepted", ("household", "first_timer"))
    vhost.publish(
        WaiverEnded(
            waiver_id=waiver,
            ends_on=(present.now - timedelta(days=2)).date(),
            reason="left_city",
            household_key=household,
        )
    )
    until(lambda: not present.ask(asked.ListPriorityHouseholds()).items, "the priority to end")
    assert present.seat(seat).state == "accepted", "what was given stays"
    for session in (1, 2):
        at_session(present, batch, session)
        attend(present, batch, session, seat.number)
    finish(present, batch, **{f"s{seat.number}": True})
    business = asked.GetLadder(business_id=mine.id)
    assert present.ask(business).missing == (), "with the certificate a loan may be asked for"
    assert Desk(present).form(mine).state == "forming"
    completed = present.rows("SELECT body FROM outbox WHERE type = 'umkm.training-completed.v1'")
    assert len(completed) == 1 and keys.person_key(nik(1)) in str(completed[0].body)


def test_the_business_of_the_deceased(present: Office, service: Start, vhost: Vhost) -> None:
    _, loans = Desk(present).lent()
    service("umkm")
    key = present.runtime.person_keys.person_key(nik(1))
    booking = uuid.uuid4()
    for _ in range(2):
        vhost.publish(DeathRecorded(booking_id=booking, person_key=key, died_on=present.now.date()))

    def states() -> list[str]:
        return [str(present.ask(asked.GetLoan(loan_id=one.id)).state) for one in loans]

    until(lambda: states() == ["frozen", *["repaying"] * 4], "the loan to be frozen, and no other")
    assert [one.business_id for one in present.ask(asked.ListOwnerTasks()).items] == [loans[0].business_id]
    (told,) = present.rows("SELECT body FROM outbox WHERE type = 'umkm.loan-frozen.v1'")
    assert len(json.loads(told.body)["others"]) == 4, "the group is told"
    mistake = {"reason": "kekeliruan pencatatan", "previous_died_on": present.now.date()}
    vhost.publish(DeathCorrected(booking_id=booking, person_key=key, died_on=None, revision=2, **mistake))
    until(lambda: states() == ["repaying"] * 5, "the loan to stand as before")
    assert present.ask(asked.ListOwnerTasks()).items == ()
