"""Two processes of the service answer 300 officers at once: as many winners as there are times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.hearse.handlers.test_no_overlap import CONFIRMATIONS, OVERLAPS, TIMES
from tests.hearse.office import Office
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller


def test_each_time_is_given_once(office: Office, service: Callable[..., ServiceProcess], vhost: Vhost) -> None:
    office.now = datetime.now(UTC)  # the processes' own clock: what was asked for days ago would expire meanwhile
    office.fleet(vehicles=4, officers=6)
    ids = [office.approved(str(number)) for number in range(CONFIRMATIONS)]
    begin = office.now + timedelta(days=1)
    chosen = [
        {
            "pickup_at": (begin + timedelta(hours=6) * (number // 4)).isoformat(),
            "vehicle_id": f"JNZ-{number % 4 + 1}",
            "officer_ids": [f"PTG-{number % 4 + 1}"],
        }
        for number in range(TIMES)
    ]
    processes = [service("hearse"), service("hearse")]
    with Caller(vhost) as caller:
        sent = [
            caller.send(
                "hearse.confirm_booking", {"booking_id": str(id), **chosen[number % TIMES]}, scopes=["hearse:schedule"]
            )
            for number, id in enumerate(ids)
        ]
        replies = [caller.wait(one, 60) for one in sent]
    told = Counter(reply["error"]["slug"] if reply["error"] else "fixed" for reply in replies)
    assert told == {"fixed": TIMES, "hearse-slot-taken": CONFIRMATIONS - TIMES}
    assert office.rows(OVERLAPS) == []
    fixed = 'kota_requests_total{operation="hearse.confirm_booking",outcome="%s"}'
    both = [sum(each.metric(fixed % outcome) for outcome in ("ok", "hearse-slot-taken")) for each in processes]
    assert sum(both) == CONFIRMATIONS and min(both) > 0
