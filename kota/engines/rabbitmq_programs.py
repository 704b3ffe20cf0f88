"""Finding RabbitMQ on this machine, and installing it where apt is at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chassis.supported import rabbitmq_refusal
from kota.errors import OperatorError

# Debian's wrapper in /usr/sbin changes the user and drops the environment: the script itself comes first.
SERVERS = (
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
    "/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server",
    "/usr/local/opt/rabbitmq/sbin/rabbitmq-server",
)
INSTALLER = Path(__file__).with_name("install-rabbitmq.sh")
INSTALL_LIMIT = 900
VERSION_LIMIT = 60

HOW_TO_GET_ONE = """\
Install it, or point AMQP_URI at a broker of yours:
  Debian, Ubuntu   sudo apt-get install rabbitmq-server
  macOS            brew install rabbitmq
  container        docker run -d -p 127.0.0.1:5672:5672 -p 127.0.0.1:15672:15672 rabbitmq:4.0-management
                   AMQP_URI=amqp://guest:guest@127.0.0.1:5672/ \\
                   AMQP_MANAGEMENT_URL=http://guest:guest@127.0.0.1:15672 make up"""


@dataclass(frozen=True)
class Programs:
    """The node's start script and the Erlang port mapper."""

    server: Path
    port_mapper: Path


def find_programs() -> Programs:
    """RabbitMQ's programs; raises OperatorError that says how to get them."""
    server, port_mapper = find_server(), find_port_mapper()
    if server is None or port_mapper is None:
        raise OperatorError("RabbitMQ is not installed.", HOW_TO_GET_ONE)
    return Programs(server, port_mapper)


def find_server() -> Path | None:
    """The start script that runs in the caller's environment."""
    found = shutil.which("rabbitmq-server")
    candidates = [Path(name) for name in SERVERS] + ([Path(found)] if found else [])
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


def find_port_mapper() -> Path | None:
    """Erlang's epmd: on the path, or among the run-time's own programs."""
    found = shutil.which("epmd")
    if found:
        return Path(found)
    roots = (Path("/usr/lib/erlang"), Path("/opt/homebrew/lib/erlang"), Path("/usr/local/lib/erlang"))
    return next((path for root in roots for path in sorted(root.glob("erts-*/bin/epmd"))), None)


def ensure_installed(tell: Callable[[str], None]) -> Programs:
    """RabbitMQ's programs, installed with apt first when they are missing."""
    if (find_server() is None or find_port_mapper() is None) and shutil.which("apt-get"):
        tell("RabbitMQ is missing: installing rabbitmq-server with apt (it may ask for your password)")
        _install()
    programs = find_programs()
    require_supported(version_of(programs))
    return programs


def version_of(programs: Programs) -> str:
    """Such as 3.10.8, as its own command line tells without a node. Raises OperatorError if it does not."""
    command = [str(programs.server.with_name("rabbitmqctl")), "version"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=VERSION_LIMIT, check=False)
    if done.returncode:
        raise OperatorError("rabbitmqctl does not tell its version.", done.stderr.strip()[-500:])
    return done.stdout.split()[-1]


def require_supported(version: str) -> None:
    """Raise OperatorError for a RabbitMQ with which the suite was never tried."""
    if unfit := rabbitmq_refusal(version):
        raise OperatorError(f"{unfit}.", "Install one of those, or point AMQP_URI at a broker of yours.")


def _install() -> None:
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and shutil.which("sudo") is None:
        raise OperatorError("RabbitMQ is not installed, and sudo is not either.", HOW_TO_GET_ONE)
    result = subprocess.run([*prefix, "sh", str(INSTALLER)], timeout=INSTALL_LIMIT, check=False)
    if result.returncode:
        raise OperatorError("apt could not install rabbitmq-server.", HOW_TO_GET_ONE)
