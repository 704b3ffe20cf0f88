"""Where the suite keeps its state on this machine: $KOTA_HOME, by default `.local` in the checkout."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

# A unix socket's path may have 108 bytes on Linux and 104 on macOS, its file name included.
SOCKET_PATH_LIMIT = 103
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Home:
    """The folders and files of one installation."""

    root: Path
    checkout: Path = CHECKOUT

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Home:
        """The home named by KOTA_HOME, or `.local` in the checkout."""
        return cls(Path(environment.get("KOTA_HOME") or CHECKOUT / ".local").expanduser().resolve())

    @property
    def secrets_file(self) -> Path:
        return self.root / "secrets.env"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def state_file(self) -> Path:
        return self.run / "state.json"

    @property
    def supervisor_file(self) -> Path:
        return self.run / "supervisord.conf"

    @property
    def lock_file(self) -> Path:
        return self.run / "lock"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def rabbitmq(self) -> Path:
        return self.root / "rabbitmq"

    @property
    def supervisor_socket(self) -> Path:
        return socket_folder(self.run) / "supervisor.sock"

    def create(self) -> None:
        """Make the folders; what they hold is for this user alone."""
        for folder in (self.root, self.run, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        self.run.chmod(0o700)
        self.logs.chmod(0o700)


def socket_folder(wanted: Path) -> Path:
    """`wanted`, or a private folder in the temporary directory when a socket's path in it were too long."""
    if len(os.fsencode(wanted)) + LONGEST_SOCKET_NAME <= SOCKET_PATH_LIMIT:
        wanted.mkdir(parents=True, exist_ok=True)
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"kota-{os.getuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    return short
