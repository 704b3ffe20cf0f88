"""Starting the suite in order: engines, schema, services, issuer, gateway."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from kota.engines import PostgresServer, RabbitmqNode, provision_databases
from kota.engines.given_broker import declare_over_amqp, provision_over_http
from kota.engines.rabbitmq_programs import ensure_installed
from kota.health import is_ready
from kota.home import Home
from kota.interruptions import undisturbed
from kota.migrating import migrate_all
from kota.planning import plan, state_of
from kota.processes import end, left_behind
from kota.programs import (
    EDGE,
    SERVICES,
    Program,
    postgres_of,
    postgres_program,
    python_programs,
    rabbitmq_of,
    rabbitmq_programs,
)
from kota.secrets import BROKER_USERS
from kota.services import subscriptions
from kota.state import read_state, write_state
from kota.steps import Steps
from kota.suite import Suite
from kota.supervisor import Supervisor, stop_supervisor
from kota.supervisor_file import write_supervisor_file
from kota.waiting import wait_until

ENGINE_LIMIT = 120.0
READY_LIMIT = 90.0


class Starter:
    """Starts one planned suite."""

    def __init__(self, suite: Suite, steps: Steps) -> None:
        self.suite = suite
        self.steps = steps
        self.supervisor = Supervisor(suite.home)
        self.server: PostgresServer | None = postgres_of(suite) if suite.own_databases else None
        self.node: RabbitmqNode | None = rabbitmq_of(suite) if suite.own_broker else None
        self.programs = [*self._engines(), *python_programs(suite)]

    def _engines(self) -> list[Program]:
        postgres = [postgres_program(self.suite, self.server)] if self.server else []
        rabbitmq = rabbitmq_programs(self.suite, self.node) if self.node else []
        return [*postgres, *rabbitmq]

    def run(self) -> None:
        """Everything in order; raises on the first step that fails."""
        self._launch()
        self._databases()
        with self.steps.step("Databases have the newest schema"):
            migrate_all(self.suite, only_changed=True)
        self._broker()
        self._python_processes()
        self._demo_city()

    def _demo_city(self) -> None:
        if not self.suite.own_issuer or "ambulance" not in self.suite.services:
            return  # with a city's own log-ins it is the city that brings its units
        from kota.demo.loading import load_demo_city

        with self.steps.step("Demo city loaded"):
            load_demo_city(self.suite.gateway_url, self.suite.issuer_url)

    def _launch(self) -> None:
        if self.server:
            with self.steps.step("PostgreSQL files prepared"):
                self.server.prepare()
        if self.node:
            self.node.prepare()
        write_supervisor_file(self.suite.home, self.programs)
        identity = self.supervisor.launch()
        started_at = datetime.now(UTC).isoformat(timespec="seconds")
        write_state(self.suite.home, replace(state_of(self.suite, started_at), supervisor=identity))
        for program in self._engines():
            self.supervisor.start(program.address)

    def _databases(self) -> None:
        if self.server is None:
            return
        with self.steps.step("PostgreSQL running, one database and role per service"):
            self._wait_for_engine("postgres", self.server)
            suite = self.suite
            passwords = {name: suite.database_password(name) for name in suite.own_databases}
            provision_databases(self.server.plain_url("postgres"), passwords)

    def _broker(self) -> None:
        if self.node is not None:
            with self.steps.step("RabbitMQ running, users with least rights"):
                self._wait_for_engine("rabbitmq", self.node)
                self.node.place_topology()
            return
        with self.steps.step("Your broker provisioned"):
            self._provision_given_broker()

    def _provision_given_broker(self) -> None:
        suite = self.suite
        if suite.shared_broker_user:
            self.steps.tell("No AMQP_MANAGEMENT_URL: all processes share the log-in in AMQP_URI, without least rights")
            declare_over_amqp(suite.given["AMQP_URI"])
            return
        users = [user for user in (*BROKER_USERS, *suite.services) if user != "admin"]
        passwords = {user: suite.broker_password(user) for user in users}
        subscribed = {service: subscriptions(service) for service in suite.services}
        provision_over_http(suite.given["AMQP_MANAGEMENT_URL"], subscribed, passwords, suite.vhost)

    def _wait_for_engine(self, name: str, engine: PostgresServer | RabbitmqNode) -> None:
        def ready() -> bool:
            self.supervisor.check(name)
            return engine.is_ready()

        wait_until(ready, name, limit=ENGINE_LIMIT)

    def _python_processes(self) -> None:
        programs = [program for program in self.programs if program.health_url]
        for program in programs:
            self.supervisor.start(program.address)
        for group, title in ((SERVICES, "Services ready"), (EDGE, "Issuer, gateway and console ready")):
            with self.steps.step(title):
                for program in programs:
                    if program.group == group:
                        self._wait_until_ready(program)

    def _wait_until_ready(self, program: Program) -> None:
        def ready() -> bool:
            self.supervisor.check(program.name)
            return is_ready(program.health_url)

        wait_until(ready, f"{program.name} to be ready ({program.health_url})", limit=READY_LIMIT, interval=0.1)


@contextlib.contextmanager
def started(home: Home, steps: Steps) -> Iterator[Starter]:
    """The running suite; if the start or the block fails, whatever was started is ended."""
    try:
        starter = _start(home, steps)
        yield starter
    except BaseException:
        with undisturbed():
            stop(home, steps)
        raise


def _start(home: Home, steps: Steps) -> Starter:
    stale = left_behind(home)
    if stale:
        with steps.step(f"Cleaning up {len(stale)} processes that an earlier run left behind"):
            end(stale)
    suite = plan(home, steps)
    if suite.own_broker:
        ensure_installed(steps.tell)
    starter = Starter(suite, steps)
    starter.run()
    return starter


def stop(home: Home, steps: Steps) -> None:
    """End the supervisor with all its processes, and remember the ports."""
    state = read_state(home)
    if state.supervisor is not None or left_behind(home):
        with steps.step("Stopped everything"):
            stop_supervisor(home, state.supervisor)
    if home.state_file.exists():
        write_state(home, state.stopped())
