"""Shared fixtures: a real PostgreSQL and a real RabbitMQ, started once for the run; a database and a vhost a test."""

from __future__ import annotations

import os

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")
os.environ.setdefault("KOTA_PORTS", "free")  # suites of several workers start side by side

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

import contracts
from chassis.migrate import upgrade
from chassis.runtime import Runtime
from chassis.settings import Settings
from kota.engines import PostgresServer, RabbitmqNode, build_definitions, postgres_server, rabbitmq_node
from tests.support.broker import PASSWORDS, Vhost
from tests.support.processes import ServiceProcess


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A short path: unix sockets allow 108 characters."""
    path = Path(tempfile.mkdtemp(prefix="kota-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(folder: Path) -> Iterator[PostgresServer]:
    """One server for the run."""
    with postgres_server(folder / "pg") as server:
        yield server


@pytest.fixture(scope="session")
def broker(folder: Path) -> Iterator[RabbitmqNode]:
    """One node for the run, with every user of the suite."""
    definitions = build_definitions(contracts.subscriptions(), PASSWORDS)
    with rabbitmq_node(folder / "mq", definitions, PASSWORDS) as node:
        yield node


@pytest.fixture
def vhost(broker: RabbitmqNode) -> Iterator[Vhost]:
    """A vhost of this test alone, with the suite's exchanges, stream and rights."""
    made = Vhost.create(broker)
    yield made
    made.delete()


@pytest.fixture(scope="session")
def templates(postgres: PostgresServer) -> Callable[[str], str]:
    """The name of a migrated database of a service, to be copied."""
    made: dict[str, str] = {}

    def template(service: str) -> str:
        if service not in made:
            name = f"template_{service}"
            _superuser(postgres, f'CREATE DATABASE "{name}"')
            upgrade(service, postgres.url(name))
            made[service] = name
        return made[service]

    return template


@pytest.fixture
def database(postgres: PostgresServer, templates: Callable[[str], str]) -> Iterator[Callable[[str], str]]:
    """Makes a fresh, migrated database of a service; the address of the same one on every call."""
    made: dict[str, str] = {}

    def new(service: str) -> str:
        if service not in made:
            made[service] = f"{service}_{uuid.uuid4().hex[:12]}"
            template = templates(service)
            _superuser(postgres, f'CREATE DATABASE "{made[service]}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return postgres.url(made[service])

    yield new
    for name in made.values():
        _superuser(postgres, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def runtime(database: Callable[[str], str]) -> Iterator[Callable[[str], Runtime]]:
    """A service's runtime on its fresh database, for handlers in this process."""
    made: list[Runtime] = []

    def new(service: str) -> Runtime:
        made.append(Runtime(Settings(service=service, database_url=database(service))))
        return made[-1]

    yield new
    for one in made:
        one.engine.dispose()


@pytest.fixture
def service(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> Iterator[Callable[..., ServiceProcess]]:
    """Starts real service processes on this test's database and vhost."""
    started: list[ServiceProcess] = []

    def start(name: str, **environment: str) -> ServiceProcess:
        log = tmp_path / f"{name}-{len(started)}.log"
        process = ServiceProcess(name, database(name), vhost.uri(name), log, environment)
        started.append(process)
        process.start()
        return process

    yield start
    for process in started:
        process.end()


def _superuser(postgres: PostgresServer, statement: str) -> None:
    with psycopg.connect(postgres.plain_url("postgres"), autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())
