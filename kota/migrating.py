"""Bringing each service's database to the newest schema, all at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from kota.environment import process_environment
from kota.errors import OperatorError
from kota.suite import Suite

LIMIT = 300  # seconds


def migrate_all(suite: Suite) -> None:
    """Migrate every service's database; raise OperatorError with the words of the first that fails."""
    if suite.services:
        with ThreadPoolExecutor(len(suite.services)) as pool:
            list(pool.map(lambda service: migrate(suite, service), suite.services))


def migrate(suite: Suite, service: str) -> None:
    """Migrate one service's database."""
    result = subprocess.run(
        [sys.executable, "-m", "chassis.migrate", service],
        env=process_environment(suite, service),
        cwd=suite.home.checkout,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    if result.returncode:
        raise OperatorError(f"The migration of {service} failed.", (result.stdout + result.stderr).strip()[-1500:])
