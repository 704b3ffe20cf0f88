"""A private RabbitMQ node: its files, its two processes (the node and its port mapper), start and stop.

Everything listens on loopback, the Erlang distribution and its port mapper (epmd) too. The port mapper has
a port of its own, so that two checkouts do not meet in one, and runs in the foreground, so that it ends with
the node instead of staying behind as a daemon.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import amqp

from chassis.broker import UNROUTED
from kota.engines.definitions import VHOST
from kota.engines.management import Management
from kota.engines.placing import place
from kota.engines.rabbitmq_files import write_files
from kota.engines.rabbitmq_programs import find_programs
from kota.engines.topology import Document, topology
from kota.ports import LOOPBACK, any_free_port, choose_ports, is_free
from kota.waiting import wait_until

START_LIMIT = 90.0
STOP_LIMIT = 40.0
LISTENERS = ("amqp", "management", "distribution", "epmd")
ADMINISTRATOR = "admin"
NODE_NAME = "rabbit@localhost"


class RabbitmqNode:
    """One node in `folder` on the given ports; `passwords` by user, of the users in `definitions`."""

    def __init__(
        self, folder: Path, definitions: Document, passwords: Mapping[str, str], ports: Mapping[str, int]
    ) -> None:
        self.folder = folder
        self.definitions = definitions
        self.passwords = dict(passwords)
        self.ports = {name: ports[name] for name in LISTENERS}
        self.programs = find_programs()
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def node_command(self) -> list[str]:
        return [str(self.programs.server)]

    @property
    def port_mapper_command(self) -> list[str]:
        return [str(self.programs.port_mapper), "-port", str(self.ports["epmd"]), "-address", LOOPBACK]

    @property
    def environment(self) -> dict[str, str]:
        """All that the start script reads; nothing is taken from the machine's own RabbitMQ settings."""
        interface = "{" + LOOPBACK.replace(".", ",") + "}"
        folder = self.folder
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            # The script then replaces itself by the node: signals reach it, its pid is the supervised one.
            "RUNNING_UNDER_SYSTEMD": "true",
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
            "RABBITMQ_NODENAME": NODE_NAME,
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"-kernel inet_dist_use_interface {interface}",
        }

    @property
    def management(self) -> Management:
        """The management API as administrator."""
        return Management(self.management_url, ADMINISTRATOR, self.passwords[ADMINISTRATOR])

    @property
    def management_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['management']}"

    def amqp_uri(self, user: str, vhost: str = VHOST) -> str:
        """The address of a vhost as one of the users."""
        password = quote(self.passwords[user], safe="")
        return f"amqp://{user}:{password}@{LOOPBACK}:{self.ports['amqp']}/{quote(vhost, safe='')}"

    def prepare(self) -> None:
        """Write the configuration, and the users that the node loads at start."""
        write_files(self.folder, self.definitions, self.ports)

    def start(self) -> None:
        """Start as children of this process; wait until the node takes log-ins and has its topology."""
        self.prepare()
        self._spawn(self.port_mapper_command)
        wait_until(lambda: not is_free(self.ports["epmd"]), "the Erlang port mapper", limit=10)
        self._spawn(self.node_command)
        wait_until(self.is_ready, "RabbitMQ to take log-ins", limit=START_LIMIT)
        self.place_topology()

    def place_topology(self) -> list[str]:
        """Make what is missing of exchanges, queues, bindings and policies; returns what was changed.

        A crash in the second after the very first start must not cost the stream: that second is waited for here.
        """
        with self.management as management:
            changed = place(management, VHOST, topology(VHOST))
        if changed:
            self.wait_until_registered(UNROUTED)
            self._wait_for_entry("coordination", "rabbit_stream_coordinator")
        return changed

    def _spawn(self, command: list[str]) -> None:
        with (self.folder / "rabbitmq.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._processes.append(process)

    def is_ready(self) -> bool:
        """True when the administrator can log in: the AMQP port opens after the users are loaded."""
        return can_log_in(self.ports["amqp"], ADMINISTRATOR, self.passwords[ADMINISTRATOR], VHOST)

    @property
    def pids(self) -> list[int]:
        """The port mapper's process and the node's, while they run as children of this one."""
        return [process.pid for process in self._processes]

    def stop(self) -> None:
        """Stop cleanly, then the port mapper."""
        self._end(signal.SIGTERM)

    def wait_until_registered(self, queue: str, vhost: str = VHOST) -> None:
        """Wait until the broker has the quorum queue in its directory on disk.

        It writes that up to a second after the declaration; a queue, or the stream, of a node killed before never gets
        a leader again (seen with 3.10.8 and 4.0.5). A fault test calls this between declaring and `kill()`.
        """
        self._wait_for_entry("quorum", f"{vhost}_{queue}")

    def _wait_for_entry(self, system: str, entry: str) -> None:
        directory = self.folder / "mnesia" / NODE_NAME / system / NODE_NAME / "names.dets"
        wait_until(lambda: entry.encode() in directory.read_bytes(), f"{entry} in the broker's directory", limit=15)

    def kill(self) -> None:
        """End the node at once, like a crash; `start()` brings it back with its data."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        while self._processes:
            process = self._processes.pop()
            process.send_signal(number)
            process.wait(STOP_LIMIT)


def can_log_in(port: int, user: str, password: str, vhost: str) -> bool:
    """True when the broker on this loopback port accepts the log-in."""
    connection = amqp.Connection(
        f"{LOOPBACK}:{port}",
        userid=user,
        password=password,
        virtual_host=vhost,
        connect_timeout=2,
        read_timeout=5,
    )
    try:
        connection.connect()
    except (OSError, amqp.AMQPError):
        return False
    connection.close()
    return True


@contextmanager
def rabbitmq_node(
    folder: Path, definitions: Document, passwords: Mapping[str, str], ports: Mapping[str, int] | None = None
) -> Iterator[RabbitmqNode]:
    """A running private node in `folder` on free ports, for tests; ended at once at the end, since nobody starts it
    again, and a clean stop waits five seconds for the broker's own statistics."""
    node = RabbitmqNode(folder, definitions, passwords, ports or free_ports())
    try:
        node.start()
        yield node
    finally:
        node.kill()


def free_ports(environment: Mapping[str, str] = os.environ) -> dict[str, int]:
    """A free port for each of a node's listeners, of the range in KOTA_PORTS if there is one."""
    another = partial(any_free_port, environment)
    return dict(choose_ports({name: another() for name in LISTENERS}, another=another).chosen)
