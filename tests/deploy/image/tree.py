"""What the image's script makes, started without a container."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.support.processes import ROOT

SCRIPT = ROOT / "deploy" / "image" / "build.sh"
MINUTES = 4


def build(part: str, target: Path, source: Path = ROOT) -> Path:
    """Run the script as the Dockerfile does."""
    done = try_to_build(part, target, source)
    assert done.returncode == 0, done.stderr[-3000:]
    return target


def try_to_build(part: str, target: Path, source: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The same, whatever comes of it."""
    kept = ("PATH", "HOME", "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "HTTPS_PROXY", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHON": sys.executable}
    return subprocess.run(
        ["sh", str(SCRIPT), part, str(source), str(target)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )


def bare_python(folder: Path) -> Path:
    """An interpreter that knows of no installed package: what a tree lacks is lacking."""
    wrapper = folder / "bare-python"
    wrapper.write_text(f'#!/bin/sh\nexec "{os.path.realpath(sys.executable)}" -S "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


def run(tree: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`start COMMAND …` with nothing else in its environment."""
    return subprocess.run(
        [str(tree / "start"), *command],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def resident(pid: int) -> int:
    """Bytes of memory of one process that are its own or shared."""
    return int(psutil.Process(pid).memory_info().rss)
