"""Secrets as files: with SECRETS_DIR set, each file in that folder stands for the variable of its name.

So an orchestrator's secrets need not be in the environment, where child processes, crash reports and `docker inspect`
would show them. A variable that is set wins over its file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "SECRETS_DIR"


def folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where the files are. Raises SystemExit, in one line, when the folder that is named is not there."""
    named = environment.get(VARIABLE, "").strip()
    if not named:
        return None
    if not Path(named).is_dir():
        raise SystemExit(f"{VARIABLE} names {named}, which is no folder: mount the secrets there, or unset it")
    return Path(named)


def value(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """A variable, or the file of its name without the line break at its end; empty when there is neither.

    Raises SystemExit, in one line, for a file that cannot be read."""
    if environment.get(name):
        return environment[name]
    place = folder(environment)
    if place is None or not (place / name).is_file():
        return ""
    try:
        return (place / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{name} cannot be read from {place / name}: {type(error).__name__}") from None
