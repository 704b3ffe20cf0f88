"""A private PostgreSQL from the wheel's binaries: files, command, start and stop.

The wheel's own `get_server` daemonizes and stops with its parent; the suite's supervisor needs a child in the
foreground, so the command is built here and shared by `kota up` and the tests.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kota.engines.postgres_account import open_path, owned_by, system_account
from kota.engines.postgres_address import database_url, sockets
from kota.engines.postgres_binaries import binary, run
from kota.secrets import random_password
from kota.waiting import wait_until

SUPERUSER = "postgres"
START_LIMIT = 30.0
STOP_LIMIT = 30.0

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "password_encryption": "scram-sha-256",
    # Statements and their parameters may hold personal data: neither goes into the log.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# For tests only: a crash of the machine may lose data, a crash of the server may not; several workers share it.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "max_connections": "400"}


class PostgresServer:
    """One cluster in `folder`, reachable by a unix socket only."""

    def __init__(self, folder: Path, password: str, *, durable: bool = True) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
        self.passwords = {SUPERUSER: password}
        self.account = system_account()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def sockets(self) -> Path:
        return sockets(self.folder)

    @property
    def command(self) -> list[str]:
        """The server in the foreground."""
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        return [str(binary("postgres")), "-D", str(self.data), "-k", str(self.sockets), *settings]

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8" if os.uname().sysname == "Linux" else "C"}

    def prepare(self) -> None:
        """Create the cluster unless it is there; let the system account reach its files."""
        for folder in (self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            open_path(folder, self.account)
            owned_by(folder, self.account)
        self.data.chmod(0o700)
        open_path(binary("postgres"), self.account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()

    def _initialise(self) -> None:
        password_file = self.data.parent / "password"
        password_file.write_text(self.passwords[SUPERUSER])
        owned_by(password_file, self.account)
        password_file.chmod(0o600)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--username", SUPERUSER]
        try:
            run("initdb", [*options, f"--pwfile={password_file}", "-D", str(self.data)], self.account)
        finally:
            password_file.unlink()

    def start(self) -> None:
        """Start as a child of this process and wait until it answers."""
        self.prepare()
        with (self.folder / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                user=self.account,
                group=self.account,
                extra_groups=None if self.account is None else [],
                env=self.environment,
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self.is_ready, "PostgreSQL to answer", limit=START_LIMIT)

    def is_ready(self) -> bool:
        """True when the superuser can connect."""
        try:
            psycopg.connect(self.plain_url("postgres", SUPERUSER), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def pids(self) -> list[int]:
        """The server's process, while it runs as a child of this one."""
        return [] if self._process is None else [self._process.pid]

    def stop(self) -> None:
        """End every session and stop cleanly."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """End it at once, like a crash: it recovers on the next start."""
        self._signal(signal.SIGQUIT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(STOP_LIMIT)
            self._process = None

    def plain_url(self, database: str, role: str = SUPERUSER) -> str:
        """The address for psycopg itself."""
        return self.url(database, role).replace("+psycopg:", ":", 1)

    def url(self, database: str, role: str = SUPERUSER) -> str:
        """The address for SQLAlchemy with psycopg 3."""
        return database_url(self.folder, database, self.passwords[role], role)


@contextmanager
def postgres_server(folder: Path, *, password: str = "", durable: bool = False) -> Iterator[PostgresServer]:
    """A running private server in `folder`, for tests; ended at once at the end, since nobody starts it again."""
    server = PostgresServer(folder, password or random_password(), durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.kill()
