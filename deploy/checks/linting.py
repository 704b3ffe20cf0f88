"""A security linter (Checkov, in an environment of its own) over what the overlays come to, and over the Dockerfile."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from .rendering import ROOT, render_text

PROGRAM = ROOT / ".tools" / "linter" / "bin" / "checkov"
SETTINGS = Path(__file__).parent / "linter.yaml"
SECONDS = 180


def findings(overlay: str, root: Path = ROOT) -> str:
    """What it has to say of an overlay and is not silenced in linter.yaml; empty when nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{overlay}.yaml")
        file.write_text(render_text(overlay, root), encoding="utf-8")
        return _run(file, "kubernetes")


def dockerfile_findings(root: Path = ROOT) -> str:
    """The same of the Dockerfile."""
    return _run(root / "Dockerfile", "dockerfile")


def _run(file: Path, framework: str) -> str:
    arguments = ["--config-file", str(SETTINGS), "--framework", framework, "--file", str(file)]
    done = subprocess.run([str(PROGRAM), *arguments], capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode == 0:
        return ""
    return (done.stdout + done.stderr).strip() or f"it ended with {done.returncode}"
