"""What runs beside the handlers: relay, timers, sealer, gauges and the health server, each in its own green thread.

A fault ends one round, never the process: it is logged and the round begins again after a pause.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from nameko.extensions import DependencyProvider

from . import audit, inbox, outbox, telemetry, timers
from .errors import describe
from .faults import FAULTS
from .firing import fire_one
from .health import HealthServer
from .outbox import Relay
from .repeated import Repeated
from .runtime import Runtime
from .workers import Workers

log = telemetry.logger(__name__)
PAUSE_SECONDS = 0.5
SEAL_SECONDS = 0.5
GAUGE_SECONDS = 5.0
PRUNE_SECONDS = 3600.0
TIMER_WAIT = timedelta(seconds=1)


class Background(DependencyProvider):  # type: ignore[misc]
    """Gives handlers the runtime, and keeps the service's own chores going while it lives."""

    def setup(self) -> None:
        """nameko: before start."""
        config = self.container.config
        self.runtime: Runtime = config["runtime"]
        self.stopping = threading.Event()
        self.repeated = Repeated()
        self.relay = Relay(
            database=self.runtime.connect,
            amqp_uri=self.runtime.settings.amqp_uri.get_secret_value(),
            service=self.container.service_name,
            clock=self.runtime.now,
            wake=self.runtime.wake,
        )
        self.health = HealthServer(self.runtime, config["probes"], config["dispensable"])
        self.jobs: tuple[str, ...] = config["job_kinds"]
        self.workers = Workers(self.runtime, self.container.service_name, self.jobs)

    def start(self) -> None:
        """nameko: after setup of everything."""
        self.health.open()
        chores: tuple[Callable[[], None], ...] = (
            self._relay,
            self._listen,
            self._timers,
            *([self.workers.employ] if self.jobs else []),
            self._seal,
            self._gauges,
            self._prune,
            self._pulse,
        )
        for chore in chores:
            self.container.spawn_managed_thread(self._again_and_again(chore), identifier=chore.__name__)
        self.container.spawn_managed_thread(self.health.serve, identifier="health")

    def stop(self) -> None:
        """nameko: after the last worker."""
        self.relay.stopping = True
        self.stopping.set()
        self.workers.stop()
        self.health.close()

    def get_dependency(self, _worker: Any) -> Runtime:
        """nameko: what handlers see as `self.runtime`."""
        return self.runtime

    def _again_and_again(self, chore: Callable[[], None]) -> Callable[[], None]:
        def loop() -> None:
            while not self.stopping.is_set():
                try:
                    chore()
                except FAULTS as error:
                    reason = describe(error)
                    if self.repeated.is_news(chore.__name__, reason):
                        log.warning("chore_fault", chore=chore.__name__, reason=reason)
                except Exception:
                    log.exception("chore_failed", chore=chore.__name__)
                self.stopping.wait(PAUSE_SECONDS)

        return loop

    def _relay(self) -> None:
        self.relay.lead()

    def _listen(self) -> None:
        while not self.stopping.is_set():
            self.runtime.wake.listen(self.runtime.connect, PAUSE_SECONDS)

    def _timers(self) -> None:
        handlers = self.container.config["timer_handlers"]
        while not self.stopping.is_set():
            with self.runtime.engine.connect() as connection:
                cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
                wait = timers.next_due(cursor, self.runtime.now(), TIMER_WAIT, self.jobs)
                telemetry.TIMERS_DUE.set(timers.due_count(cursor, self.runtime.now()))
            if self.stopping.wait(wait) or wait == TIMER_WAIT.total_seconds():
                continue  # nothing is due: look again, timers may have been set meanwhile
            while fire_one(self.runtime, handlers, self.jobs):
                if self.stopping.is_set():
                    return

    def _seal(self) -> None:
        key = self.runtime.audit_key
        with self.runtime.connect() as connection:
            audit.seal(connection, key, self.runtime.now(), sweep=True)
            while not self.stopping.wait(SEAL_SECONDS):
                while audit.seal(connection, key, self.runtime.now()) == audit.BATCH:
                    continue

    def _gauges(self) -> None:
        with self.runtime.connect() as connection:
            while not self.stopping.wait(GAUGE_SECONDS):
                waiting, age = connection.execute(
                    "SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)"
                    " FROM outbox WHERE published_at IS NULL"
                ).fetchone() or (0, 0)
                for gauge, query in self.container.config["gauges"]:
                    (number,) = connection.execute(query).fetchone() or (0,)
                    gauge.set(float(number))
                telemetry.OUTBOX_LAG.set(waiting)
                telemetry.OUTBOX_AGE.set(float(age))
                telemetry.POOL_IN_USE.set(self.runtime.engine.pool.checkedout())  # type: ignore[attr-defined]
                telemetry.POOL_SIZE.set(self.runtime.engine.pool.size())  # type: ignore[attr-defined]

    def _pulse(self) -> None:
        self.container.config["pulse"].beat(self.stopping)

    def _prune(self) -> None:
        with self.runtime.connect() as connection:
            inbox_rows = inbox.prune(connection.cursor(), self.runtime.now())
            outbox_rows = outbox.prune(connection, self.runtime.now())
        log.info("pruned", inbox=inbox_rows, outbox=outbox_rows)
        self.stopping.wait(PRUNE_SECONDS)
