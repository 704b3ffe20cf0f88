"""Two processes answer 500 owners at once: exactly as many seats as there are, and a list in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from contracts import umkm as asked
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.umkm.office import Office, family_card

CROWD, SEATS, FAMILIES = 500, 20, 25
Start = Callable[..., ServiceProcess]


def businesses(office: Office, count: int) -> list[str]:
    """Verified ones of so many owners; the last 25 belong to households with priority."""
    ids = []
    for number in range(1, count + 1):
        family = number > count - FAMILIES
        owner = {"family_card_number": family_card(number)} if family else {}
        if family:
            office.grant(number)
        ids.append(str(office.register(number, owner=owner).id))
    office.run_sql("UPDATE business SET state = 'verified'")
    return ids


def ask_all(caller: Caller, batch: Any, ids: list[str]) -> list[dict[str, Any]]:
    """All at once."""
    sent = [
        caller.send("umkm.request_seat", {"batch_id": str(batch.id), "business_id": id}, scopes=["umkm:seats"])
        for id in ids
    ]
    return [caller.wait(one, 60) for one in sent]


def test_a_crowd_gets_the_seats_there_are_and_a_list_in_order(office: Office, service: Start, vhost: Vhost) -> None:
    office.now = datetime.now(UTC)
    ids = businesses(office, CROWD)
    batch = office.announce(quota=SEATS)
    processes = [service("umkm"), service("umkm")]
    with Caller(vhost) as caller:
        replies = ask_all(caller, batch, ids)
        assert Counter(reply["result"]["state"] for reply in replies) == {"accepted": SEATS, "waiting": CROWD - SEATS}
        again = ask_all(caller, batch, ids[:40])
    assert {reply["error"]["slug"] for reply in again} == {"umkm-seat-asked"}
    assert_whole(office, batch)
    asked_for = 'kota_requests_total{operation="umkm.request_seat",outcome="ok"}'
    both = [each.metric(asked_for) for each in processes]
    assert sum(both) == CROWD and min(both) > 0


def assert_whole(office: Office, batch: Any) -> None:
    """The list is served in its order: those with more reasons first, then who asked first."""
    shown = office.batch(batch)
    assert (shown.state, shown.seats.taken, shown.seats.waiting) == ("full", SEATS, CROWD - SEATS)
    numbers = [row.number for row in office.rows("SELECT number FROM seat ORDER BY number")]
    assert numbers == list(range(1, CROWD + 1)), "no number twice, none left out"
    office.ask(asked.ChangeQuota(batch_id=batch.id, quota=SEATS + 40))
    offered = office.rows("SELECT number, points FROM seat WHERE state = 'offered' ORDER BY points DESC, number")
    waiting = office.rows("SELECT number, points FROM seat WHERE state = 'waiting' ORDER BY points DESC, number")
    assert len(offered) == 40
    last, first = offered[-1], waiting[0]
    assert (-last.points, last.number) < (-first.points, first.number)


def test_the_head_start_gives_a_crowd_no_seat_that_a_family_could_have(
    office: Office, service: Start, vhost: Vhost
) -> None:
    office.now = datetime.now(UTC)
    ids = businesses(office, 60)
    batch = office.announce(quota=SEATS, priority_hours=1)
    service("umkm")
    with Caller(vhost) as caller:
        replies = ask_all(caller, batch, ids)
    seated = [reply["result"] for reply in replies if reply["result"]["state"] == "accepted"]
    assert len(seated) == SEATS and all("household" in one["reasons"] for one in seated)
