"""PostgreSQL refuses to run as root: then it runs as a system account that may reach only what it needs."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

ACCOUNT = "pgserver"


def system_account() -> str | None:
    """The account to run PostgreSQL as: None for this user's own; made when root has none yet."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, ACCOUNT], check=True, capture_output=True, timeout=30)
    return ACCOUNT


def open_path(path: Path, account: str | None) -> None:
    """Let the account walk through the folders above `path`: search permission only, no listing."""
    if account is None:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def owned_by(path: Path, account: str | None) -> None:
    """Make the account the owner of `path`."""
    if account is not None:
        shutil.chown(path, account, account)
