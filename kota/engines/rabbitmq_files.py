"""The files a private RabbitMQ node reads at start."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from kota.engines.definitions import VHOST, access_of
from kota.engines.topology import Document
from kota.ports import LOOPBACK
from kota.private_files import write_private

CONFIGURATION = """\
listeners.tcp.1 = {loopback}:{amqp}
management.tcp.ip = {loopback}
management.tcp.port = {management}
default_vhost = {vhost}
load_definitions = {definitions}
log.file = false
log.console = true
log.console.level = info
# The write-ahead log of the quorum queues: 64 MiB, enough for one machine.
raft.wal_max_size_bytes = 67108864
disk_free_limit.absolute = 200MB
"""


def write_files(folder: Path, definitions: Document, ports: Mapping[str, int]) -> None:
    """Configuration, plugins, users with their rights, and the Erlang cookie, all under `folder`."""
    for place in (folder, folder / "mnesia", folder / "log"):
        place.mkdir(parents=True, exist_ok=True)
    definitions_file = folder / "definitions.json"
    write_private(definitions_file, json.dumps(access_of(definitions), indent=1))
    configuration = CONFIGURATION.format(
        loopback=LOOPBACK,
        amqp=ports["amqp"],
        management=ports["management"],
        vhost=VHOST,
        definitions=definitions_file,
    )
    write_private(folder / "rabbitmq.conf", configuration)
    write_private(folder / "enabled_plugins", "[rabbitmq_management].\n")
    write_private(folder / "advanced.config", "[].\n")
    _ensure_cookie(folder / ".erlang.cookie")


def _ensure_cookie(path: Path) -> None:
    # Erlang would draw a weak one itself, and refuses a cookie that others can read.
    if not path.exists():
        write_private(path, secrets.token_hex(32))
    path.chmod(0o400)
