"""Shared fixtures: a real PostgreSQL and a real RabbitMQ, started once for the run; a database and a vhost a test."""

from __future__ import annotations

import os

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from chassis.runtime import Runtime
from chassis.settings import Settings
from kota.engines import PostgresServer, RabbitmqNode
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.run.engines import Engines
from tests.support.run.folder import new_home
from tests.support.run.hooks import (  # noqa: F401 - pytest finds them here
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_setup,
    pytest_runtestloop,
    pytest_unconfigure,
    pytest_xdist_auto_num_workers,
    pytest_xdist_make_scheduler,
)
from tests.support.run.order import group_of
from tests.support.run.telling import (  # noqa: F401 - pytest finds them here, too
    pytest_runtest_logreport,
    pytest_runtest_makereport,
    pytest_terminal_summary,
)
from tests.support.suite import Installation, installation

settings.register_profile("suite", deadline=None)  # a machine that is busy for a moment is no fault
settings.load_profile("suite")

SUITE = ExitStack()


@pytest.fixture(scope="session")
def folder() -> Path:
    """A place in the run's folder, with a short path, for engines of one's own."""
    return new_home()


@pytest.fixture(scope="session")
def engines() -> Engines:
    """Those of the run, shared by its workers."""
    return Engines.of_this_run()


@pytest.fixture(scope="session")
def postgres(engines: Engines) -> PostgresServer:
    """One server for the run."""
    return engines.postgres()


@pytest.fixture(scope="session")
def broker(engines: Engines) -> RabbitmqNode:
    """One node for the run, with every user of the suite: who breaks a node brings his own."""
    return engines.broker()


@pytest.fixture(scope="session")
def shared_suite() -> Iterator[Installation]:
    """`kota up`, once for all tests of a worker that leave it well; at the end `kota down` must leave no process."""
    yield SUITE.enter_context(installation())
    SUITE.close()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Stop the suite after the last test that needs it: at the end of the session everybody would wait for it."""
    if nextitem is None or group_of(nextitem.nodeid) != group_of(item.nodeid):
        SUITE.close()


@pytest.fixture
def vhost(broker: RabbitmqNode) -> Iterator[Vhost]:
    """A vhost of this test alone, with the suite's exchanges, stream and rights."""
    made = Vhost.create(broker)
    yield made
    made.delete()


@pytest.fixture
def database(engines: Engines) -> Iterator[Callable[[str], str]]:
    """Makes a fresh, migrated database of a service; the address of the same one on every call."""
    made: dict[str, str] = {}

    def new(service: str) -> str:
        if service not in made:
            made[service] = engines.new_database(engines.template(service))
        return engines.postgres().url(made[service])

    yield new
    engines.drop_databases(made.values())


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
