"""A copy of the checkout that holds the language, the mechanism and only the services asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .processes import ROOT

SAMPLE = Path(__file__).parent / "sample"
_IGNORED = shutil.ignore_patterns("__pycache__")


def copy_checkout(target: Path, *services: str) -> Path:
    """Copy contracts, chassis and the services; `sample` is the tests' own one. Returns the new root."""
    for name in ("contracts", "chassis"):
        shutil.copytree(ROOT / name, target / name, ignore=_IGNORED)
    (target / "services").mkdir()
    shutil.copy(ROOT / "services" / "__init__.py", target / "services")
    for name in services:
        source = SAMPLE if name == "sample" else ROOT / "services" / name
        shutil.copytree(source, target / "services" / name, ignore=_IGNORED)
    return target


def run_module(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m …` in that checkout, with nothing else in its environment."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=root,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
