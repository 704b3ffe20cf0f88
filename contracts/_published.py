"""What was promised before: the schema files on disk, and those of the last release (git tag).

The release counts too, so that deleting a file does not make its promise forgotten.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

GIT_SECONDS = 20


def on_disk(folder: Path) -> dict[str, dict[str, Any]]:
    """File name -> document of every schema in the folder. Raises ValueError naming a file that is not JSON."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            found[path.name] = json.loads(path.read_text("utf-8"))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path.name} is not JSON (line {error.lineno}); restore it from git") from None
    return found


def last_release(folder: Path) -> tuple[str | None, dict[str, dict[str, Any]]]:
    """The last tag before the checked out commit and its schema files; (None, {}) without git, tags or schemas."""
    tag = _git(folder.parent, "describe", "--tags", "--abbrev=0")
    if tag is None:
        return None, {}
    name = tag.decode().strip()
    archive = _git(folder.parent, "archive", "--format=tar", name, folder.name)
    return name, _unpack(archive) if archive else {}


def _unpack(archive: bytes) -> dict[str, dict[str, Any]]:
    documents = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar.getmembers():
            content = tar.extractfile(member) if member.name.endswith(".json") else None
            if content is not None:
                documents[Path(member.name).name] = json.loads(content.read())
    return documents


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Output of a git command; None where git, the repository or the thing asked for does not exist."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
