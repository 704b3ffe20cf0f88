"""One PostgreSQL and one broker for all workers of a run.

Whoever needs an engine first starts it, under a lock, and writes down how to reach it; the process that began the run
ends both. They are not stopped but ended: nobody looks at their data again.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

import contracts
from chassis.migrate import upgrade
from kota.engines import PostgresServer, RabbitmqNode, build_definitions
from kota.engines.rabbitmq import free_ports
from kota.ports import VARIABLE
from kota.private_files import write_private
from kota.processes import Identity
from kota.secrets import random_password
from tests.support.broker import PASSWORDS

from . import folder

END_SECONDS = 20.0
ENGINE_PORTS = "KOTA_TEST_ENGINE_PORTS"
"""The block of ports of the run's engines."""


class Engines:
    """The engines of the run in `folder`."""

    def __init__(self, place: Path) -> None:
        self.folder = place

    @classmethod
    def of_this_run(cls) -> Engines:
        """For every process of the run."""
        return cls(folder.of_this_run())

    def postgres(self) -> PostgresServer:
        """The server, started now if nobody has needed it yet."""
        place = self.folder / "pg"

        def start() -> dict[str, Any]:
            password = random_password()
            server = PostgresServer(place, password, durable=False)
            server.start()
            return {"password": password, "processes": server.pids}

        return PostgresServer(place, self._once("postgres", start)["password"], durable=False)

    def broker(self) -> RabbitmqNode:
        """The node with every user of the suite, started now if nobody has needed it yet."""
        place, definitions = self.folder / "mq", build_definitions(contracts.subscriptions(), PASSWORDS)

        def start() -> dict[str, Any]:
            node = RabbitmqNode(place, definitions, PASSWORDS, free_ports({VARIABLE: os.environ[ENGINE_PORTS]}))
            node.start()
            return {"ports": node.ports, "processes": node.pids}

        return RabbitmqNode(place, definitions, PASSWORDS, self._once("broker", start)["ports"])

    def template(self, service: str, migrate: Callable[[str, str], None] = upgrade) -> str:
        """The name of a migrated database of the service, to be copied; `migrate` takes service and address."""
        server, name, unfinished = self.postgres(), f"template_{service}", f"unfinished_{service}"

        def make() -> dict[str, Any]:
            with superuser(server) as connection:
                connection.execute(_sql("DROP DATABASE IF EXISTS {}", unfinished))
                connection.execute(_sql("CREATE DATABASE {}", unfinished))
                migrate(service, server.url(unfinished))
                connection.execute(_sql("ALTER DATABASE {} RENAME TO {}", unfinished, name))
            return {}

        self._once(name, make)
        return name

    def new_database(self, template: str) -> str:
        """Copy a template; returns the copy's name."""
        name = f"{template.removeprefix('template_')}_{uuid.uuid4().hex[:12]}"
        with superuser(self.postgres()) as connection:
            connection.execute(_sql("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template))
        return name

    def drop_databases(self, names: Iterable[str]) -> None:
        """With every session in them."""
        with superuser(self.postgres()) as connection:
            for name in names:
                connection.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))

    def _once(self, name: str, make: Callable[[], dict[str, Any]]) -> Mapping[str, Any]:
        """What `make` returned to the first who asked, in whichever process; if it raised, the next one tries."""
        done = self.folder / f"{name}.json"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                made = make()
                made["processes"] = [asdict(Identity.of(pid)) for pid in made.get("processes", ())]
                write_private(done, json.dumps(made))
            return dict(json.loads(done.read_text()))

    def end(self) -> None:
        """End what runs, and remove the folder of the run."""
        ended: list[psutil.Process] = []
        for file in self.folder.glob("*.lock"):
            with file.open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # one that is just starting is waited for
                ended += _end_processes(file.with_suffix(".json"))
        psutil.wait_procs(ended, timeout=END_SECONDS)
        folder.keep_logs(self.folder, self.folder.name)
        folder.remove(self.folder)


def _end_processes(done: Path) -> list[psutil.Process]:
    identities = json.loads(done.read_text())["processes"] if done.exists() else []
    processes = [process for each in identities if (process := Identity(**each).process())]
    for process in processes:
        # PostgreSQL gives its shared memory back only when it ends itself; SIGQUIT is its quickest way.
        process.send_signal(signal.SIGQUIT if done.stem == "postgres" else signal.SIGKILL)
    return processes


def _sql(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


@contextmanager
def superuser(server: PostgresServer) -> Iterator[psycopg.Connection]:
    """A session that may make and drop databases."""
    with psycopg.connect(server.plain_url("postgres"), autocommit=True, connect_timeout=5) as connection:
        yield connection
