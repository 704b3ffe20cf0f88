"""What an overlay comes to, by kustomize."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
OVERLAYS = Path("deploy", "k8s", "overlays")
SECONDS = 60

Manifest = dict[str, Any]


class NotRendered(Exception):
    """kustomize refused, in its own words."""


def tool(name: str) -> str:
    """The program that deploy/tools/fetch.sh brought, or the one on the PATH. Raises NotRendered with what to do."""
    found = shutil.which(name, path=f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        raise NotRendered(f"{name} is not there: run `make tools`, or install it")
    return found


def overlays(root: Path = ROOT) -> list[str]:
    """The names of the overlays."""
    return sorted(path.parent.name for path in (root / OVERLAYS).glob("*/kustomization.yaml"))


def render_text(overlay: str, root: Path = ROOT) -> str:
    """One overlay as YAML. Raises NotRendered."""
    done = subprocess.run(
        [tool("kustomize"), "build", str(root / OVERLAYS / overlay)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise NotRendered(done.stderr.strip()[-2000:])
    return done.stdout


def render(overlay: str, root: Path = ROOT) -> list[Manifest]:
    """One overlay as objects."""
    return [each for each in yaml.safe_load_all(render_text(overlay, root)) if each]


def name_of(manifest: Manifest) -> str:
    """`Deployment kota/hearse`, as messages call it."""
    metadata = manifest.get("metadata", {})
    return f"{manifest.get('kind')} {metadata.get('namespace', '-')}/{metadata.get('name')}"
