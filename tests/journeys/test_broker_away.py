"""Dispatch outlives the broker: with RabbitMQ stopped, frozen or out of disk, everything that the dispatch desk and
crews do works as before, clocks run, the board moves; afterwards each event goes out once. Nobody switches anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import contracts
from kota.engines import RabbitmqNode, build_definitions, rabbitmq_node
from kota.engines.definitions import VHOST
from kota.ports import any_free_port
from kota.simulate.reconcile.stream import count_ids
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.support.api import Api
from tests.support.broker import PASSWORDS, Vhost
from tests.support.city import import_city, point
from tests.support.databases import count, select
from tests.support.feed import Listener, listening
from tests.support.processes import ServiceProcess
from tests.support.waiting import until

from .test_call_to_farewell import BASE, UNCONSCIOUS, Story
from .troubles import frozen, full_disk, stopped

AT_ONCE = 2.0
ONSET = 3
"""Events that may be on their way in the moment in which the broker stops to confirm."""
TROUBLES: dict[str, Callable[[RabbitmqNode], AbstractContextManager[None]]] = {
    "stopped": stopped,
    "frozen": frozen,
    "disk full": full_disk,
}


@pytest.fixture(scope="module")
def node(folder: Path) -> Iterator[RabbitmqNode]:
    """A node of these tests alone, which may suffer."""
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(folder / "mq-away", definitions, PASSWORDS) as running:
        yield running


@pytest.fixture
def service(node: RabbitmqNode, database: Callable[[str], str], tmp_path: Path) -> Iterator[ServiceProcess]:
    """The ambulance service with its door."""
    door = {"DIRECT_PORT": str(any_free_port())}
    uri = Vhost(node, VHOST).uri("ambulance")
    process = ServiceProcess("ambulance", database("ambulance"), uri, tmp_path / "ambulance.log", door)
    process.start()
    yield process
    process.end()


@pytest.fixture
def doors(node: RabbitmqNode, service: ServiceProcess, tmp_path: Path) -> Iterator[list[Api]]:
    """The public API of two gateways, with a small city."""
    issuer, uri = Issuer(), Vhost(node, VHOST).uri("gateway")
    urls = f"ambulance=http://127.0.0.1:{service.environment['DIRECT_PORT']}"
    with issuer.running(), ExitStack() as stack:
        logs = [tmp_path / f"gateway-{number}.log" for number in (1, 2)]
        gateways = [stack.enter_context(GatewayProcess(uri, issuer.url, log, DIRECT_URLS=urls)) for log in logs]
        made = [stack.enter_context(Api(gateway.url, issuer.url)) for gateway in gateways]
        import_city(made[0])
        yield made


class Desk(Story):
    """A story of which every step is done at once, whatever the broker does."""

    def post(self, user: str, path: str, body: Any = None) -> Any:
        begun = time.monotonic()
        done = super().post(user, path, body)
        assert time.monotonic() - begun < AT_ONCE, f"{path} took {time.monotonic() - begun:.1f} s"
        return done

    def emergency(self, told: Listener) -> None:
        """From the call to the unit that is free again."""
        self.call()
        incident = f"incidents/{self.incident_id}"
        assert self.post("dispatcher", f"{incident}/triage", UNCONSCIOUS)["triage"] == "merah"
        best = self.api.get("dispatcher", f"{BASE}/{incident}/recommendation")["recommended"]
        sent = self.post("dispatcher", f"{incident}/assignments", {"unit_id": best})
        self.finish(best, sent["id"])
        until(lambda: "ambulance.incident-closed.v1" in told.of(self.id), "the board to show it", 10)

    def finish(self, unit: str, assignment: str) -> None:
        """The crew's part."""
        crew = f"crew-{unit.lower()}"
        self.go(unit, assignment, "acknowledged", "en_route")
        here = {"unit_id": unit, "location": point(1), "at": datetime.now(UTC).isoformat()}
        assert self.post(crew, "positions", {"positions": [here]})["accepted"] == 1
        self.go(unit, assignment, "on_scene")
        self.post(crew, f"incidents/{self.incident_id}/patients/1/outcome", {"outcome": "treated_on_scene"})
        self.go(unit, assignment, "completed")
        self.post("dispatcher", f"incidents/{self.incident_id}/closure", {"outcome": "treated_on_scene"})


def auto_dispatched(api: Api, story: Desk) -> dict[str, Any]:
    """Siaga mode auto: the unit goes without an operator's word, by a clock."""
    api.put("manager", f"{BASE}/configuration/siaga", {"mode": "auto"})
    try:
        story.call()
        story.post("dispatcher", f"incidents/{story.incident_id}/triage", UNCONSCIOUS)
        path = f"{BASE}/incidents/{story.incident_id}"
        shown = until(lambda: api.get("dispatcher", path)["assignments"], "a unit to be sent", 15)
    finally:
        api.put("manager", f"{BASE}/configuration/siaga", {"mode": "confirm"})
    return dict(shown[0])


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.timeout(240)
def test_dispatch_goes_on(
    trouble: str, node: RabbitmqNode, doors: list[Api], service: ServiceProcess, database: Callable[[str], str]
) -> None:
    api, other = doors
    since, url = datetime.now(UTC) - timedelta(minutes=1), database("ambulance")
    api.put("manager", f"{BASE}/configuration/clocks", clocks(api) | {"acknowledge_seconds": 10})
    with listening(api, "auditor") as told, listening(other, "auditor") as told_by_other:
        before, during, auto, restarted, after = (Desk(door) for door in (api, api, other, other, api))
        before.emergency(told)
        with TROUBLES[trouble](node):
            during.emergency(told)
            assignment = auto_dispatched(api, auto)
            until(lambda: "unacknowledged" in alerts(url, auto.incident_id), "the clock of the crew's answer", 20)
            auto.finish(assignment["unit_id"], assignment["id"])
            assert [board.sources[-1] for board in (told, told_by_other)] == ["services"] * 2
            service.kill()
            service.launch()
            until(lambda: answers(api), "it to be back", 20)
            restarted.emergency(told_by_other)
            assert count(url, "outbox WHERE published_at IS NULL") > 20
        until(lambda: count(url, "outbox WHERE published_at IS NULL") == 0, "every event to go out", 30)
        boards = (told, told_by_other)
        until(lambda: all(board.sources[-1] == "stream" for board in boards), "feeds to come from the broker again", 15)
        after.emergency(told)
        until(lambda: "ambulance.incident-closed.v1" in told_by_other.of(after.id), "the other board to show it", 10)
    ids = {row[0] for row in select(url, "SELECT id::text FROM outbox")}
    found = count_ids(Vhost(node, VHOST).uri("kota"), since, ids, 20)
    assert not ids - found.keys(), "lost"
    # Whose confirm was lost with the broker is published a second time, with the same id: subscribers apply it once.
    assert len([id for id in ids if found[id] > 1]) <= ONSET
    for board in boards:
        shown = [event["id"] for event in board.events]
        assert len(shown) == len(set(shown)), "the board was told something twice"
        missing = ids - set(shown) - {row[0] for row in select(url, EARLIER, before.id)}
        assert not missing, "the board was not told everything"


EARLIER = """SELECT id::text FROM outbox WHERE seq < (
    SELECT min(seq) FROM outbox WHERE headers ->> 'ce-correlationid' = %s)"""


def clocks(api: Api) -> dict[str, Any]:
    """The clocks as they are."""
    return dict(api.get("manager", f"{BASE}/configuration")["clocks"])


def alerts(url: str, incident_id: str) -> list[str]:
    """Kinds of the alerts of an incident."""
    return [row[0] for row in select(url, "SELECT kind FROM alert WHERE incident_id = %s", incident_id)]


def answers(api: Api) -> bool:
    """Whether the service can be reached."""
    return api.ask("dispatcher", "GET", f"{BASE}/units?limit=1").status_code == 200
