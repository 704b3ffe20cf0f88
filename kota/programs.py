"""What the supervisor runs, in the order of starting: engines, services, issuer, gateway, console."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from kota.engines import PostgresServer, RabbitmqNode, build_definitions
from kota.environment import base_environment, process_environment
from kota.secrets import BROKER_USERS
from kota.services import subscriptions
from kota.suite import Suite

# The members of a group stop together, the groups one after the other in reverse order of priority.
ENGINES, SERVICES, EDGE = "engines", "services", "edge"


@dataclass(frozen=True)
class Program:
    """One supervised process. `stop_limit` is in seconds, after which it is ended by force."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    priority: int
    group: str = ""
    account: str | None = None
    stop_signal: str = "TERM"
    stop_limit: int = 30
    health_url: str = ""

    @property
    def address(self) -> str:
        """The supervisor's name of it."""
        return f"{self.group or self.name}:{self.name}"


def postgres_of(suite: Suite) -> PostgresServer:
    """The embedded PostgreSQL."""
    return PostgresServer(suite.home.postgres, suite.secrets["POSTGRES_PASSWORD"])


def rabbitmq_of(suite: Suite) -> RabbitmqNode:
    """The private broker node with the definitions for the services of this checkout."""
    subscribed = {service: subscriptions(service) for service in suite.services}
    passwords = {user: suite.broker_password(user) for user in (*BROKER_USERS, *suite.services)}
    return RabbitmqNode(suite.home.rabbitmq, build_definitions(subscribed, passwords), passwords, suite.ports)


def postgres_program(suite: Suite, server: PostgresServer) -> Program:
    """PostgreSQL; SIGINT is its fast shutdown, SIGTERM would wait for every session to leave."""
    environment = base_environment(suite, {}) | server.environment
    return Program(
        "postgres",
        server.command,
        environment,
        Path("/"),
        30,
        group=ENGINES,
        account=server.account,
        stop_signal="INT",
        stop_limit=30,
    )


def rabbitmq_programs(suite: Suite, node: RabbitmqNode) -> list[Program]:
    """The Erlang port mapper and the node."""
    environment = base_environment(suite, {}) | node.environment
    mapper = Program("epmd", node.port_mapper_command, environment, node.folder, 10)
    broker = Program("rabbitmq", node.node_command, environment, node.folder, 30, group=ENGINES, stop_limit=40)
    return [mapper, broker]


def python_programs(suite: Suite) -> list[Program]:
    """Services, issuer, gateway and console."""
    services = [_python(suite, name, ["chassis.run", name], priority=50, group=SERVICES) for name in suite.services]
    issuer = [_python(suite, "issuer", ["kota.issuer"], priority=60, group=EDGE)] if suite.own_issuer else []
    edge = [_python(suite, name, [name], priority=60, group=EDGE) for name in ("gateway", "console")]
    return [*services, *issuer, *edge]


def _python(suite: Suite, name: str, module: list[str], *, priority: int, group: str) -> Program:
    return Program(
        name,
        [sys.executable, "-m", *module],
        process_environment(suite, name),
        suite.home.checkout,
        priority,
        group=group,
        health_url=suite.health_url(name),
    )
