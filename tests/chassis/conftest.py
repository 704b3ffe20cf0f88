"""One deployment of a service for all tests of a module: database, vhost and process; starting one takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kota.engines import PostgresServer, RabbitmqNode
from kota.ports import any_free_port
from tests.support.broker import Vhost
from tests.support.checkout import copy_checkout, run_module
from tests.support.processes import ROOT, ServiceProcess
from tests.support.run.engines import Engines

RETRY_SECONDS = "[0.2, 0.4, 0.6, 0.8]"


@dataclass
class Deployment:
    """Where one service runs; `start` adds a process on the same database and vhost."""

    name: str
    url: str
    vhost: Vhost
    root: Path
    folder: Path
    user: str
    superuser_url: str
    processes: list[ServiceProcess] = field(default_factory=list)
    direct_port: int = field(default_factory=any_free_port)

    def start(self, **environment: str) -> ServiceProcess:
        """Start one more process of it."""
        log = self.folder / f"{self.name}-{len(self.processes)}.log"
        values = {"RETRY_SECONDS": RETRY_SECONDS} | environment
        process = ServiceProcess(self.name, self.url, self.vhost.uri(self.user), log, values, self.root)
        self.processes.append(process)
        process.start()
        return process

    @property
    def process(self) -> ServiceProcess:
        """The one that runs; a test that ended it gets another."""
        for process in self.processes:
            if process.process is not None and process.process.poll() is None:
                return process
        return self.start()

    def end(self) -> None:
        """Stop every process."""
        for process in self.processes:
            process.end()


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the hearse and the tests' own sample service, and no other."""
    return copy_checkout(tmp_path_factory.mktemp("checkout"), "hearse", "sample")


@pytest.fixture(scope="module")
def deploy(
    postgres: PostgresServer,
    broker: RabbitmqNode,
    tmp_path_factory: pytest.TempPathFactory,
    checkout: Path,
    engines: Engines,
) -> Iterator[Callable[..., Deployment]]:
    """Makes deployments with a fresh database and vhost, ended with the module."""
    made: list[Deployment] = []

    def migrate_sample(_: str, url: str) -> None:
        done = run_module(checkout, "chassis.migrate", "sample", DATABASE_URL_SAMPLE=url)
        assert done.returncode == 0, done.stderr

    def new(name: str, node: RabbitmqNode = broker) -> Deployment:
        sample = name == "sample"
        template = engines.template(name, migrate_sample) if sample else engines.template(name)
        superuser_url, url = postgres.plain_url("postgres"), postgres.url(engines.new_database(template))
        folder = tmp_path_factory.mktemp(name)
        user, root = ("admin", checkout) if sample else (name, ROOT)
        made.append(Deployment(name, url, Vhost.create(node), root, folder, user, superuser_url))
        return made[-1]

    yield new
    for each in made:
        each.end()


@pytest.fixture(scope="module")
def hearse(deploy: Callable[..., Deployment]) -> Deployment:
    """A hearse service with the module's own database and vhost."""
    deployment = deploy("hearse")
    deployment.start()
    return deployment


@pytest.fixture(scope="module")
def sample(deploy: Callable[..., Deployment]) -> Deployment:
    """A sample service with the module's own database and vhost."""
    deployment = deploy("sample")
    deployment.start()
    return deployment


@pytest.fixture(scope="module")
def with_door(deploy: Callable[..., Deployment]) -> Deployment:
    """A sample service that takes requests at a port of its own as well."""
    deployment = deploy("sample")
    deployment.start(DIRECT_PORT=str(deployment.direct_port))
    return deployment
