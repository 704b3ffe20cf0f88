"""Starts a part's own reading of its settings, in a process of its own, as production would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.processes import ROOT

SERVICE = """
from chassis.run import new_container, service_class  # first: it patches the standard library
import sys
from chassis.refusing import in_one_line
with in_one_line(sys.argv[1]):
    service = service_class(sys.argv[1])
    service.unfit_for_production = classmethod(lambda _: None)
    new_container(service)
"""
"""What is not a setting, such as a triage protocol that nobody has approved, is tested with the service."""
GATEWAY = """
from chassis import secret_files
from chassis.refusing import in_one_line
from gateway.settings import Settings
with in_one_line("gateway"):
    assert Settings(_secrets_dir=secret_files.folder()).citizens
"""
CONSOLE = """
from chassis import secret_files
from chassis.refusing import in_one_line
from console.settings import Settings
with in_one_line("console"):
    assert Settings(_secrets_dir=secret_files.folder()).secure
"""
MIGRATION = """
import sys
from chassis.refusing import in_one_line
from chassis.settings import load
with in_one_line(sys.argv[1]):
    load(sys.argv[1])
"""


def code_of(part: str) -> str:
    """What reads its settings."""
    return {"gateway": GATEWAY, "console": CONSOLE}.get(part, SERVICE)


def refusal(code: str, part: str, environment: Mapping[str, str], secrets: Mapping[str, str], folder: Path) -> str:
    """Empty when it would start, else what it says. `secrets` are the files that it finds, by name."""
    folder.mkdir()
    for name, text in secrets.items():
        (folder / name).write_text(text + "\n")
    given = {"PATH": os.environ["PATH"], **environment, "SECRETS_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code, part],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr.strip()
