"""An office on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chassis.runtime import Runtime
from chassis.storage import VARIABLE, Storage

from .office import Office


@pytest.fixture
def office(runtime: Callable[[str], Runtime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Three schools, no pupils."""
    monkeypatch.setenv(VARIABLE, tmp_path.as_uri())
    made = Office(runtime("education"), Storage(tmp_path.as_uri()))
    made.schools()
    return made
