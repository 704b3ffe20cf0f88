"""Services that are killed with kill -9 at a point of every step of a story, and somebody who asks again."""

from __future__ import annotations

import signal
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import contracts
from chassis.failpoints import AFTER_PUBLISH, NAMES, VARIABLE
from kota.simulate.reconcile.stream import count_ids
from tests.support.broker import Vhost
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

SCOPES = sorted({request.scope for request in contracts.REQUESTS.values()})
SETTLED = ("outbox WHERE published_at IS NULL", "timer WHERE due_at <= now() AND kind NOT LIKE '%-retention'")


class Story:
    """One service or two that die at one point, and somebody who asks again."""

    def __init__(
        self, point: str, processes: dict[str, ServiceProcess], vhost: Vhost, database: Callable[[str], str]
    ) -> None:
        self.point, self.processes, self.vhost, self.database = point, processes, vhost, database
        self.since, self.deaths = datetime.now(UTC) - timedelta(minutes=1), 0

    def step(
        self,
        operation: str,
        *,
        heard: Callable[[], bool] | None = None,
        publishes: bool = True,
        quietly: bool = False,
        subject: str = "s-1",
        **request: Any,
    ) -> Any:
        """Ask one service; `heard` tells that the other has done its part, if it has one; `quietly`: and publishes
        nothing. Returns the reply."""
        actor, _, _ = operation.partition(".")
        asked = self.processes[actor]
        other = next((one for name, one in self.processes.items() if name != actor), None)
        self._both(armed=True)
        by = {"subject": subject, "client": "c-1", "scopes": SCOPES}
        given = {"actor": by, "idempotency_key": str(uuid.uuid4())}
        with Caller(self.vhost) as caller:
            caller.send(operation, request, **given)
            dies = publishes or self.point != AFTER_PUBLISH
            self._dies(asked) if dies else asked.kill()
            if heard is None and other is not None:
                other.kill()
            self._again(asked)
            reply = caller.call(operation, request, **given)
        assert reply["error"] is None, reply
        if heard is not None and other is not None:
            quiet = quietly and self.point == AFTER_PUBLISH
            other.kill() if quiet else self._dies(other)
            self._again(other)
            until(heard, f"the other to hear of {operation}", 30)
        self.settled()
        return reply["result"]

    def settled(self) -> None:
        """Nothing waits any more."""
        for name in self.processes:
            for waiting in SETTLED:
                until(lambda name=name, waiting=waiting: count(self.database(name), waiting) == 0, waiting, 30)
            until(lambda name=name: self.vhost.depth(f"{name}.events") == 0, "messages to be handled", 30)

    def one(self, service: str, rows: str) -> Callable[[], bool]:
        """Whether a service has exactly one of such rows by now."""
        return lambda: count(self.database(service), rows) == 1

    def none(self, service: str, rows: str) -> Callable[[], bool]:
        """Whether a service has no such rows any more."""
        return lambda: count(self.database(service), rows) == 0

    def published(self, service: str) -> Counter[str]:
        """How often each type was told, without service and version; each of them is in the stream."""
        rows = select(self.database(service), "SELECT id::text, type FROM outbox")
        ids = {row[0] for row in rows}
        assert ids <= count_ids(self.vhost.uri("kota"), self.since, ids, 20).keys()
        return Counter(row[1].split(".")[1] for row in rows)

    def _both(self, *, armed: bool) -> None:
        for process in self.processes.values():
            process.end()
            process.environment |= {VARIABLE: f"{self.point}:1"} if armed else {}
        with ThreadPoolExecutor() as pool:
            list(pool.map(ServiceProcess.start, self.processes.values()))

    def _dies(self, process: ServiceProcess) -> None:
        until(lambda: process.process and process.process.poll() is not None, f"{process.name} to die", 30)
        assert process.process is not None and process.process.returncode == -signal.SIGKILL
        self.deaths += 1

    @staticmethod
    def _again(process: ServiceProcess) -> None:
        process.environment.pop(VARIABLE, None)
        process.start()


def dying(usual: str) -> pytest.MarkDecorator:
    """At this point in every run, at the others in `make stress`."""
    points = [pytest.param(name, marks=() if name == usual else pytest.mark.stress) for name in NAMES]
    return pytest.mark.parametrize("point", points)


def nothing_is_parked(vhost: Vhost, *services: str) -> None:
    """No message was given up, none waits to be tried again."""
    for name in services:
        assert vhost.depth(f"{name}.events.dead") == 0 and vhost.depth(f"{name}.events.retry.1s") == 0
